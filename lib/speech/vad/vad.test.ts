import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findSpeech } from ".";

const librivox = "/usr/share/pocketsphinx/test/data/librivox";
/** From Debian's pocketsphinx-testdata, without which the test is skipped: each clip is one sentence without a pause of note. */
const clips = [
  { file: `${librivox}/sense_and_sensibility_01_austen_64kb-0870.wav`, durationMs: 7_100 },
  { file: `${librivox}/sense_and_sensibility_01_austen_64kb-0880.wav`, durationMs: 2_990 },
  { file: `${librivox}/sense_and_sensibility_01_austen_64kb-0890.wav`, durationMs: 5_280 },
];

let folder: string;
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "vad-"));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

/** Makes a WAV, 16 kHz mono 16 bit, with ffmpeg. */
function make(name: string, args: string[]): string {
  const file = path.join(folder, name);
  const format = ["-ar", "16000", "-ac", "1", "-c:a", "pcm_s16le", "-bitexact"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...args, ...format, file]);
  return file;
}

const generated = (name: string, source: string, seconds = 20) =>
  make(name, ["-f", "lavfi", "-i", source, "-t", String(seconds)]);

describe("findSpeech", () => {
  const wordless: [string, string][] = [
    ["silence", "anullsrc=r=16000:cl=mono"],
    ["pink noise", "anoisesrc=c=pink:r=16000:a=0.3:seed=1"],
    ["white noise", "anoisesrc=c=white:r=16000:a=0.3:seed=1"],
    [
      "a chord",
      "aevalsrc='0.2*sin(2*PI*261.6*t)+0.2*sin(2*PI*329.6*t)+0.2*sin(2*PI*392*t)':s=16000",
    ],
    [
      "a melody",
      "aevalsrc='0.5*sin(2*PI*220*pow(2,floor(mod(t*4,12))/12)*t)*exp(-3*mod(t*4,1))':s=16000",
    ],
  ];
  it.each(wordless)("finds no speech in %s", async (name, source) => {
    const file = generated(`${name.replaceAll(" ", "-")}.wav`, source);
    expect(await findSpeech({ path: file })).toEqual([]);
  });

  it.skipIf(!existsSync(librivox))(
    "finds real speech between silences and noise, near where it is",
    async () => {
      const pauseMs = 4_000;
      const inputs = clips.flatMap(({ file }) => [
        ...["-f", "lavfi", "-t", "4", "-i", "anoisesrc=c=pink:r=16000:a=0.005:seed=2"],
        ...["-i", file],
      ]);
      const parts = clips.flatMap((_, index) => [`[${index * 2}]`, `[${index * 2 + 1}]`]).join("");
      const file = make("speech.wav", [
        ...inputs,
        ...["-filter_complex", `${parts}concat=n=${clips.length * 2}:v=0:a=1`],
      ]);
      const progress: number[] = [];
      const speech = await findSpeech({ path: file, onProgress: (done) => progress.push(done) });
      let atMs = 0;
      for (const clip of clips) {
        atMs += pauseMs;
        const inside = speech.filter((s) => s.startMs >= atMs - 200 && s.startMs < atMs + 8_000);
        // The clips begin and end with up to half a second without a voice.
        expect(inside[0]?.startMs).toBeLessThan(atMs + 500);
        const endMs = atMs + clip.durationMs;
        const covered = speech
          .filter((s) => s.endMs > atMs && s.startMs < endMs)
          .reduce((sum, s) => sum + s.endMs - s.startMs, 0);
        expect(covered).toBeGreaterThan(clip.durationMs * 0.8);
        expect(covered).toBeLessThan(clip.durationMs + 500);
        atMs = endMs;
      }
      const pauses = speech.slice(1).map((s, index) => s.startMs - (speech[index]?.endMs ?? 0));
      for (const ms of pauses) expect(ms).toBeGreaterThanOrEqual(60);
      expect(progress.at(-1)).toBe(1);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    },
  );

  it("keeps the event loop free and stops when told to", async () => {
    const file = generated("long.wav", "anoisesrc=c=pink:r=16000:a=0.1", 900);
    const controller = new AbortController();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    const reason = new Error("cancelled");
    const found = findSpeech({
      path: file,
      signal: controller.signal,
      onProgress: (done) => {
        if (done > 0.05) controller.abort(reason);
      },
    });
    await expect(found).rejects.toBe(reason);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  it("answers nothing for a file without a sample", async () => {
    expect(await findSpeech({ path: generated("empty.wav", "anullsrc=r=16000", 0) })).toEqual([]);
  });

  it("refuses what isn't a WAV of 16 kHz in mono", async () => {
    const stereo = path.join(folder, "stereo.wav");
    execFileSync("ffmpeg", [
      "-v",
      "error",
      "-f",
      "lavfi",
      "-i",
      "anullsrc=r=44100",
      "-t",
      "1",
      stereo,
    ]);
    await expect(findSpeech({ path: stereo })).rejects.toMatchObject({ code: "file_unreadable" });
    const text = path.join(folder, "text.wav");
    await fs.writeFile(text, "no sound");
    await expect(findSpeech({ path: text })).rejects.toMatchObject({ code: "file_unreadable" });
  });
});
