import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { readSubtitles } from "@/lib/subtitles/formats";
import { plainText } from "@/lib/subtitles/markup";
import { confirmSignUp, freshAccount, makeAccount } from "../fixtures/account";
import { speechVideo, spokenWords } from "../fixtures/media";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

interface CommandResult {
  code: number | null;
  events: {
    event: string;
    stage?: string;
    files?: string[];
    code?: string;
    total?: number;
    captured?: number;
  }[];
  errors: string;
}

/** `npm run caption -- ...` against the product under test. */
function caption(args: string[], password: string): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "scripts/caption.mjs"), ...args], {
      env: { ...process.env, CAPTION_PASSWORD: password },
    });
    let out = "";
    let errors = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      errors += data;
    });
    child.on("exit", (code) => {
      const lines = out.split("\n").filter((line) => line.startsWith("{"));
      resolve({ code, events: lines.map((line) => JSON.parse(line)), errors });
    });
  });
}

/** Cues as ffmpeg reads them. */
async function readByFfmpeg(file: string) {
  const { stdout } = await run("ffmpeg", ["-v", "error", "-i", file, "-f", "srt", "pipe:1"]);
  return readSubtitles({ text: stdout, format: "srt" }).document.cues.map((cue) => ({
    startMs: cue.startMs,
    endMs: cue.endMs,
    text: plainText(cue.text).replace(/\{\\an\d\}/g, ""),
  }));
}

test("the main job from a terminal: MP4, MOV, AVI and WEBM to SRT, VTT and ASS", async ({
  baseURL,
}) => {
  const out = await mkdtemp(path.join(os.tmpdir(), "ax2-caption-"));
  const account = freshAccount();
  const { email, password } = account;
  const videos = await Promise.all((["mp4", "mov", "avi", "webm"] as const).map(speechVideo));
  const common = ["--url", baseURL ?? "", "--email", email, "--format", "srt,vtt,ass", "--json"];
  for (const [index, video] of videos.entries()) {
    const folder = path.join(out, String(index));
    const first = index === 0;
    const args = [video, ...common, ...(first ? ["--sign-up"] : []), "--out", folder];
    const [result] = await Promise.all([
      caption(args, password),
      first ? confirmSignUp(baseURL ?? "", account) : undefined,
    ]);
    expect(result.errors).toContain(first ? `Open the link in the mail to ${email}` : "");
    expect(result.code).toBe(0);
    expect(result.events.some((event) => event.stage === "upload")).toBe(true);
    const told = (name: string) => result.events.find(({ event }) => event === name);
    // What was charged is what was shown before.
    expect(told("quote")?.total).toBeGreaterThan(0);
    expect(told("charged")?.captured).toBe(told("quote")?.total);
    const files = result.events.find((event) => event.event === "done")?.files ?? [];
    expect(files.map((file) => path.basename(file))).toEqual([
      "speech.en.srt",
      "speech.en.vtt",
      "speech.en.ass",
    ]);
    const [srt = "", vtt = "", ass = ""] = files;
    const own = readSubtitles({ text: await readFile(srt, "utf8") }).document.cues;
    const text = own
      .map((cue) => cue.text)
      .join(" ")
      .toLowerCase();
    for (const word of spokenWords) expect(text, path.extname(video)).toContain(word);

    // ffmpeg reads each export with the same cues, texts and times (ASS holds centiseconds).
    const expected = own.map(({ startMs, endMs, text }) => ({
      startMs,
      endMs,
      text: plainText(text),
    }));
    expect(await readByFfmpeg(srt)).toEqual(expected);
    expect(await readByFfmpeg(vtt)).toEqual(expected);
    const fromAss = await readByFfmpeg(ass);
    expect(fromAss.map((cue) => cue.text)).toEqual(expected.map((cue) => cue.text));
    for (const [at, cue] of fromAss.entries()) {
      expect(Math.abs(cue.startMs - (expected[at]?.startMs ?? 0))).toBeLessThanOrEqual(10);
      expect(Math.abs(cue.endMs - (expected[at]?.endMs ?? 0))).toBeLessThanOrEqual(10);
    }
  }
});

test("says why it failed, and fails", async ({ baseURL }) => {
  const { email, password } = await makeAccount(baseURL ?? "");
  const url = ["--url", baseURL ?? "", "--email", email, "--json"];
  const folder = await mkdtemp(path.join(os.tmpdir(), "ax2-caption-"));
  const notVideo = path.join(folder, "notes.mp4");
  await writeFile(notVideo, "these are notes\n".repeat(1000));
  const wrong = await caption([notVideo, ...url], "not the password at all");
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.errors).toContain("credentials_rejected");
  const refused = await caption([notVideo, ...url], password);
  expect(refused.code).toBe(1);
  expect(refused.events.at(-1)).toMatchObject({ event: "failed", code: "file_type_unsupported" });
  const missing = await caption([path.join(folder, "missing.mp4"), ...url], password);
  expect(missing.events.at(-1)).toMatchObject({ event: "failed", code: "file_unreadable" });
  expect(await caption(["--format", "doc"], password)).toMatchObject({ code: 2 });
});
