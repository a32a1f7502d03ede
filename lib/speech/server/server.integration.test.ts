import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { prepareSpeech, speechServerCommand } from "@/scripts/bootstrap/speech.mjs";
import { describeEngineContract } from "../engine-contract";
import { createWhisperEngine, localCapabilities } from "../engines/whisper";

const dataDir = path.resolve(process.env.AX2_DATA_DIR ?? ".data");
const clip =
  "/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0870.wav";
const said =
  "and john dashwood had then leisure to consider how much there might be prudently in his power to do for them";

/** What these tests need is made by `npm start` and by Debian's package, and too large to fetch. */
const missing = [
  !existsSync(path.join(dataDir, "speech/venv/ax2-stamp")) && `${dataDir}/speech/venv (npm start)`,
  !existsSync(path.join(dataDir, "speech/models/base/ax2-complete")) && "the Whisper model",
  !existsSync(clip) && "Debian's pocketsphinx-testdata",
].filter(Boolean);

const token = "token-of-the-server-test";

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

async function serverCommand(port: number) {
  const prepared = await prepareSpeech({ dataDir, log: () => {} });
  if (!prepared.ok) throw new Error(prepared.reason);
  return speechServerCommand({ ...prepared, port, token });
}

async function startServer() {
  const port = await freePort();
  const { command, args, env } = await serverCommand(port);
  const child = spawn(command, args, { env, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(async () => expect((await fetch(`${url}/health`)).status).toBe(200), {
    timeout: 30_000,
    interval: 100,
  });
  return { url, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<number> {
  const askedMs = Date.now();
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
  return Date.now() - askedMs;
}

const engineAt = (url: string, apiKey: string) =>
  createWhisperEngine({
    id: "local",
    model: "base",
    apiKey,
    baseUrl: `${url}/v1`,
    capabilities: localCapabilities,
  });

if (missing.length > 0) {
  describe.skip(`the local Whisper server (missing: ${missing.join(", ")})`, () => {
    it("recognises speech", () => {});
  });
} else {
  describeEngineContract("the local Whisper server", async () => {
    const { url, stop: close } = await startServer();
    return {
      engine: engineAt(url, token),
      stranger: engineAt(url, "wrong-token-0123456789"),
      speech: { path: clip, durationMs: 7_100, language: "en", words: said.split(" ") },
      close: async () => void (await close()),
    };
  });

  describe("the local Whisper server", () => {
    let server: Awaited<ReturnType<typeof startServer>>;
    let sound: Blob;
    let folder: string;
    beforeAll(async () => {
      folder = await fs.mkdtemp(path.join(os.tmpdir(), "speech-server-"));
      server = await startServer();
      sound = new Blob([await fs.readFile(clip)]);
    });
    afterAll(async () => {
      await server?.stop();
      await fs.rm(folder, { recursive: true, force: true });
    });

    async function post(fields: [string, string][], options: RequestInit = {}) {
      const form = new FormData();
      form.append("file", sound, "clip.wav");
      for (const [name, value] of fields) form.append(name, value);
      return fetch(`${server.url}/v1/audio/transcriptions`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: form,
        ...options,
      });
    }

    const shapes: [string, [string, string][], (body: string) => void][] = [
      ["json", [], (body) => expect(Object.keys(JSON.parse(body))).toEqual(["text", "usage"])],
      ["text", [], (body) => expect(body).toMatch(/^And Mr\. .*them\.\n$/)],
      ["srt", [], (body) => expect(body).toMatch(/^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\n/)],
      ["vtt", [], (body) => expect(body).toMatch(/^WEBVTT\n\n00:00:0\d\.\d{3} --> /)],
      ["verbose_json", [], (body) => expect(JSON.parse(body)).not.toHaveProperty("words")],
      [
        "verbose_json",
        [["timestamp_granularities[]", "word"]],
        (body) => {
          expect(JSON.parse(body)).not.toHaveProperty("segments");
          expect(JSON.parse(body).words[0]).toMatchObject({ word: "And", start: 0 });
        },
      ],
    ];
    it.each(shapes)("answers %s as whisper-1 does %j", async (format, more, check) => {
      const answer = await post([["model", "whisper-1"], ["response_format", format], ...more]);
      expect(answer.status).toBe(200);
      check(await answer.text());
    });

    const refused: [string, [string, string][], number, string | null][] = [
      [
        "granularities without verbose_json",
        [
          ["model", "base"],
          ["timestamp_granularities[]", "word"],
        ],
        400,
        "timestamp_granularities",
      ],
      [
        "an unknown granularity",
        [
          ["model", "base"],
          ["response_format", "verbose_json"],
          ["timestamp_granularities[]", "letter"],
        ],
        400,
        "timestamp_granularities",
      ],
      [
        "an unknown format",
        [
          ["model", "base"],
          ["response_format", "ass"],
        ],
        400,
        "response_format",
      ],
      [
        "an unknown language",
        [
          ["model", "base"],
          ["language", "tlh"],
        ],
        400,
        "language",
      ],
      [
        "an unknown quality",
        [
          ["model", "base"],
          ["quality", "best"],
        ],
        400,
        "quality",
      ],
      ["no model", [], 400, null],
      ["another model", [["model", "gpt-4o-transcribe"]], 404, null],
    ];
    it.each(refused)("refuses %s in OpenAI's words", async (_name, fields, status, param) => {
      const answer = await post(fields);
      expect(answer.status).toBe(status);
      expect(await answer.json()).toEqual({
        error: expect.objectContaining({ type: "invalid_request_error", param }),
      });
    });

    it("takes nothing without the token but a look at its health", async () => {
      const headers = { authorization: "Bearer " };
      expect((await post([["model", "base"]], { headers })).status).toBe(401);
      expect((await fetch(`${server.url}/v1/models`)).status).toBe(401);
      const health = await fetch(`${server.url}/health`);
      expect(await health.json()).toMatchObject({ status: "ok", model: "base", waiting: 0 });
    });

    it("stops working on what nobody waits for any more", async () => {
      const waiting = () =>
        fetch(`${server.url}/health`).then(async (answer) => (await answer.json()).waiting);
      const controller = new AbortController();
      const asked = post([["model", "base"]], { signal: controller.signal });
      const queued = post([["model", "base"]], { signal: controller.signal });
      await expect.poll(waiting).toBe(2);
      controller.abort();
      await expect(Promise.all([asked, queued])).rejects.toThrow();
      await expect.poll(waiting, { timeout: 15_000 }).toBe(0);
    });

    it("ends within seconds of being asked to, even at work", async () => {
      const other = await startServer();
      const long = path.join(folder, "long.wav");
      execFileSync("ffmpeg", ["-v", "error", "-stream_loop", "19", "-i", clip, "-c", "copy", long]);
      const asked = engineAt(other.url, token).transcribe({ path: long, durationMs: 142_000 });
      const lost = expect(asked).rejects.toMatchObject({ code: "speech_failed" });
      await vi.waitFor(async () => {
        expect(await (await fetch(`${other.url}/health`)).json()).toMatchObject({ waiting: 1 });
      });
      expect(await other.stop()).toBeLessThan(8_000);
      await lost;
    });

    it("ends by itself when who started it is gone", async () => {
      const { command, args, env } = await serverCommand(await freePort());
      const start = `
        const { spawn } = require("node:child_process");
        const args = ${JSON.stringify(args)};
        args[args.indexOf("--parent") + 1] = String(process.pid);
        const child = spawn(${JSON.stringify(command)}, args, { stdio: "ignore", detached: true });
        console.log(child.pid);
        process.exit();`;
      const pid = Number(execFileSync(process.execPath, ["-e", start], { env }).toString());
      await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), {
        timeout: 15_000,
      });
    });
  });
}
