import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { startOpenAiStandIn } from "../../../e2e/providers/openai";
import { describeSpeakerContract, rightShare } from "./engine-contract";
import { createChannelEngine } from "./engines/channels";
import { createOpenAiEngine } from "./engines/openai";
import { createSherpaEngine, shippedModels } from "./engines/sherpa";
import type { SpeakerTurn } from "./types";

vi.stubEnv("AUTH_SECRET", "only-for-tests-only-for-tests-only-for-tests");

const folder = await fs.mkdtemp(path.join(os.tmpdir(), "speakers-"));
afterAll(() => fs.rm(folder, { recursive: true, force: true }));
const inFolder = (name: string) => path.join(folder, name);
const ffmpeg = (...args: string[]) => execFileSync("ffmpeg", ["-v", "error", "-y", ...args]);

const wavFormat = ["-ar", "16000", "-ac", "1", "-c:a", "pcm_s16le", "-bitexact"];

/** Six turns of 3 s by two people, half a second apart. */
const turns: SpeakerTurn[] = Array.from({ length: 6 }, (_, index) => ({
  startMs: 500 + index * 3_500,
  endMs: 3_500 + index * 3_500,
  speaker: String((index % 2) + 1),
}));
const durationMs = 22_000;
const speech = turns.map(({ startMs, endMs }) => ({ startMs, endMs }));
const second = (ms: number) => (ms / 1000).toFixed(3);
const during = (speaker: string) =>
  turns
    .filter((turn) => turn.speaker === speaker)
    .map((turn) => `between(t,${second(turn.startMs)},${second(turn.endMs)})`)
    .join("+");

/**
 * A tone for each person, as loud as `own` in their microphone and `leak` in the other's, over
 * noise; the second microphone is set 8 dB lower.
 */
function talk(name: string, { own = 0.5, leak = 0.08 } = {}): string {
  const tone = (hz: number, speaker: string) =>
    `sin(2*PI*${hz}*t)*(0.6+0.4*sin(2*PI*4*t))*(${during(speaker)})`;
  const left = `${own}*${tone(220, "1")}+${leak}*${tone(330, "2")}+0.002*(random(0)-0.5)`;
  const right = `0.4*(${leak}*${tone(220, "1")}+${own}*${tone(330, "2")})+0.002*(random(1)-0.5)`;
  const sound = `aevalsrc=exprs='${left}|${right}':s=16000:d=${second(durationMs)}`;
  const picture = `color=c=black:s=64x64:r=5:d=${second(durationMs)}`;
  const file = inFolder(`${name}.mp4`);
  ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-c:a", "aac", file);
  ffmpeg("-i", file, "-vn", ...wavFormat, inFolder(`${name}.wav`));
  return file;
}

const interview = talk("interview");
const sound = { path: inFolder("interview.wav"), originalPath: interview, durationMs, speech };

describeSpeakerContract("A channel each", async () => ({
  engine: createChannelEngine(),
  sound,
  truth: turns,
}));

describe("createChannelEngine", () => {
  it("says so when both channels are one sound", async () => {
    const mono = inFolder("mono.mp4");
    ffmpeg("-i", interview, "-af", "pan=stereo|c0=c0+c1|c1=c0+c1", "-c:a", "aac", mono);
    await expect(
      createChannelEngine().diarize({ ...sound, originalPath: mono }),
    ).rejects.toMatchObject({ code: "speakers_unavailable", detail: "mono" });
  });

  it("hears both where both speak at once", async () => {
    const shared = inFolder("shared.mp4");
    // The second person answers over the first one's last second.
    const late = "0.15*sin(2*PI*330*t)*between(t,2.5,3.5)";
    const filter =
      "[0:a]channelsplit[l][r];[r][1:a]amix=2:normalize=0[m];[l][m]join=inputs=2:channel_layout=stereo";
    ffmpeg(
      ...["-i", interview, "-f", "lavfi", "-i", `aevalsrc='${late}':s=16000:d=22:c=mono`],
      ...["-filter_complex", filter, "-c:v", "copy", "-c:a", "aac", shared],
    );
    const found = await createChannelEngine().diarize({ ...sound, originalPath: shared });
    const at = (ms: number) =>
      found.filter((turn) => turn.startMs <= ms && ms < turn.endMs).map((turn) => turn.speaker);
    expect(at(1_500)).toEqual(["1"]);
    expect(at(3_000).toSorted()).toEqual(["1", "2"]);
  });
});

/** Whose tone a clip has, by how often it crosses zero. */
function voiceOf(clip: Uint8Array): string | undefined {
  const raw = execFileSync("ffmpeg", ["-v", "error", "-i", "-", "-f", "s16le", "-"], {
    input: clip,
  });
  let crossings = 0;
  for (let at = 2; at + 1 < raw.length; at += 2) {
    if (raw.readInt16LE(at) >= 0 !== raw.readInt16LE(at - 2) >= 0) crossings += 1;
  }
  const hz = crossings / 2 / (raw.length / 32_000);
  return hz < 275 ? "1" : "2";
}

/** As the service hears it in a chunk that begins 300 ms before the first words. */
function heard(from: readonly SpeakerTurn[]) {
  const offset = (from[0]?.startMs ?? 0) - 300;
  const segments = from.map((turn) => ({
    ...turn,
    startMs: turn.startMs - offset,
    endMs: turn.endMs - offset,
    text: " Words.",
  }));
  return { language: "english", segments };
}

describeSpeakerContract("OpenAI", async () => {
  const standIn = await startOpenAiStandIn({ transcript: heard(turns), recognise: voiceOf });
  const { url: baseUrl, apiKey } = standIn;
  const engine = createOpenAiEngine({ model: "gpt-4o-transcribe-diarize", apiKey, baseUrl });
  return { engine, sound, truth: turns, close: standIn.close };
});

describe("createOpenAiEngine", () => {
  it("keeps speakers over chunks by clips of their voices", { timeout: 60_000 }, async () => {
    // 25 minutes are two requests; the second begins with the one who spoke second in the first.
    const long = inFolder("long.wav");
    ffmpeg("-i", sound.path, "-af", "apad=whole_dur=1500", ...wavFormat, long);
    const later = 1_450_000;
    const there = [
      ...turns,
      { startMs: later, endMs: later + 4_000, speaker: "2" },
      { startMs: later + 5_000, endMs: later + 9_000, speaker: "3" },
      { startMs: later + 10_000, endMs: later + 14_000, speaker: "1" },
    ];
    let asked = 0;
    const standIn = await startOpenAiStandIn({
      transcript: () => {
        asked += 1;
        return heard(asked === 1 ? turns : there.slice(6));
      },
      recognise: voiceOf,
    });
    const { url: baseUrl, apiKey } = standIn;
    const engine = createOpenAiEngine({ model: "gpt-4o-transcribe-diarize", apiKey, baseUrl });
    const found = await engine.diarize({
      path: long,
      originalPath: interview,
      durationMs: 1_500_000,
      speech: there.map(({ startMs, endMs }) => ({ startMs, endMs })),
    });
    expect(standIn.requests.map(({ status }) => status)).toEqual([200, 200]);
    expect(standIn.requests.map(({ knownSpeakers }) => knownSpeakers.length)).toEqual([0, 2]);
    expect(found.slice(-3).map(({ speaker }) => speaker)).toEqual(["2", "3", "1"]);
    expect(rightShare(found, there)).toBeGreaterThan(0.85);
    await standIn.close();
  });

  const failures = [
    { fault: { kind: "unauthorized" } as const, code: "speech_unauthorized" },
    { fault: { kind: "insufficient_quota" } as const, code: "speech_quota_exceeded" },
    { fault: { kind: "server_error" } as const, code: "speakers_failed" },
    { fault: { kind: "truncated" } as const, code: "speakers_failed" },
    { fault: { kind: "answer", body: "{}" } as const, code: "speakers_failed" },
  ];
  it.each(failures)("says $code after $fault.kind", async ({ fault, code }) => {
    const standIn = await startOpenAiStandIn({ transcript: heard(turns) });
    standIn.script(fault);
    const { url: baseUrl, apiKey } = standIn;
    const engine = createOpenAiEngine({
      ...{ model: "gpt-4o-transcribe-diarize", apiKey, baseUrl, maxRetries: 0 },
    });
    await expect(engine.diarize(sound)).rejects.toMatchObject({ code });
    await standIn.close();
  });
});

const librivox = "/usr/share/pocketsphinx/test/data/librivox";

/**
 * A reader of LibriVox (Debian's pocketsphinx-testdata, without which the test is skipped) and
 * herself four semitones lower, in turns: to the model they are two people.
 */
function readers() {
  const clip = (number: string) => `${librivox}/sense_and_sensibility_01_austen_64kb-${number}.wav`;
  const lower = "asetrate=16000*0.78,aresample=16000,atempo=1.28";
  const numbers = ["0870", "0890", "0920", "0880", "0930", "0870"];
  const truth: SpeakerTurn[] = [];
  const filters: string[] = [];
  let atMs = 0;
  numbers.forEach((number, index) => {
    const out = inFolder(`turn-${index}.wav`);
    ffmpeg("-i", clip(number), "-af", index % 2 ? lower : "anull", ...wavFormat, out);
    const seconds = execFileSync("ffprobe", [
      ...["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", out],
    ]);
    const lengthMs = Math.round(Number(seconds) * 1000);
    truth.push({ startMs: atMs, endMs: atMs + lengthMs, speaker: String((index % 2) + 1) });
    atMs += lengthMs;
    filters.push(`[${index}]`);
  });
  const file = inFolder("readers.wav");
  ffmpeg(
    ...numbers.flatMap((_, index) => ["-i", inFolder(`turn-${index}.wav`)]),
    ...["-filter_complex", `${filters.join("")}concat=n=${numbers.length}:v=0:a=1`],
    ...[...wavFormat, file],
  );
  return { file, truth, durationMs: atMs };
}

describe.skipIf(!existsSync(librivox))("with real voices", () => {
  describeSpeakerContract("Voices", async () => {
    const { file, truth, ...long } = readers();
    return {
      engine: createSherpaEngine(shippedModels),
      // One stretch: no pause helps to find where one begins and the other ends.
      sound: {
        path: file,
        originalPath: file,
        durationMs: long.durationMs,
        speech: [{ startMs: 0, endMs: long.durationMs }],
      },
      truth,
    };
  });
});

describe("createSherpaEngine", () => {
  it("refuses a file that isn't the one that was checked in", async () => {
    const wrong = { ...shippedModels.embedding, sha256: "0".repeat(64) };
    const engine = createSherpaEngine({ ...shippedModels, embedding: wrong });
    await expect(engine.diarize(sound)).rejects.toMatchObject({
      code: "speakers_failed",
      detail: expect.stringContaining("is not the file that was checked in"),
    });
  });
});
