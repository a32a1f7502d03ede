import { readdir, readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { extractAudio, extractChunk } from "./audio";
import { readLevels } from "./speech-wav";
import { aac, decode, h264, picture, tone, twoSeconds, vp8, workshop } from "./testing/clips";
import { readWavLayout } from "./wav";

const { folder, file, make } = await workshop();
const RATE = 16_000;

/** Signed samples of a WAV of ours. */
async function samplesOf(path: string): Promise<Int16Array> {
  const bytes = await readFile(path);
  const layout = readWavLayout(bytes, bytes.length);
  expect(layout).toMatchObject({ sampleRate: RATE, channels: 1 });
  return new Int16Array(
    bytes.buffer.slice(
      bytes.byteOffset + layout.dataOffset,
      bytes.byteOffset + layout.dataOffset + layout.dataBytes,
    ),
  );
}

/** When the sound begins, ms. */
const onsetMs = (samples: Int16Array) =>
  samples.findIndex((sample) => Math.abs(sample) > 500) / (RATE / 1000);

describe("extractAudio", () => {
  const late = [...picture(), "-itsoffset", "2", ...tone(), "-t", "4"];

  beforeAll(async () => {
    await make("plain.mp4", ...twoSeconds, ...h264, ...aac);
    await make("late.mp4", ...late, ...h264, ...aac);
    await make("late.mov", ...late, ...h264, "-c:a", "pcm_s16le");
    await make("late.webm", ...late, ...vp8, "-c:a", "libopus");
  });

  test("16 kHz, mono, 16 bit, as long as the sound, progress to 1", async () => {
    const seen: number[] = [];
    await extractAudio({
      input: file("plain.mp4"),
      output: file("plain.wav"),
      durationMs: 2_000,
      onProgress: (fraction) => seen.push(fraction),
    });
    const samples = await samplesOf(file("plain.wav"));
    expect(samples.length / RATE).toBeCloseTo(2, 1);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test.each(["late.mp4", "late.mov", "late.webm"])(
    "%s: sound that starts 2 s late starts at 2 s",
    async (name) => {
      const output = file(`${name}.wav`);
      await extractAudio({ input: file(name), output, durationMs: 4_000 });
      const samples = await samplesOf(output);
      expect(Math.abs(onsetMs(samples) - 2_000)).toBeLessThan(30);
      expect(samples.length / RATE).toBeCloseTo(4, 1);
    },
  );

  test("a file whose clock starts at 5 s: time 0 is its first picture", async () => {
    await make("shifted.webm", ...late, "-output_ts_offset", "5", ...vp8, "-c:a", "libopus");
    const output = file("shifted.wav");
    await extractAudio({ input: file("shifted.webm"), output, durationMs: 4_000 });
    expect(Math.abs(onsetMs(await samplesOf(output)) - 2_000)).toBeLessThan(30);
  });

  test("the default stream is taken, or the one asked for", async () => {
    const quiet = ["-f", "lavfi", "-i", "anullsrc=sample_rate=48000"];
    await make(
      "two.mp4",
      ...[...picture(), ...quiet, ...tone(), "-t", "1", "-map", "0", "-map", "1", "-map", "2"],
      ...[...h264, ...aac, "-disposition:a:0", "0", "-disposition:a:1", "default"],
    );
    const loudest = async (streamIndex?: number) => {
      const output = file("two.wav");
      await extractAudio({ input: file("two.mp4"), output, durationMs: 1_000, streamIndex });
      return (await samplesOf(output)).reduce((max, sample) => Math.max(max, sample), 0);
    };
    expect(await loudest()).toBeGreaterThan(1_000);
    expect(await loudest(1)).toBe(0);
  });

  test("a file without sound says so and leaves nothing", async () => {
    await make("silent.mp4", ...picture(), "-t", "1", ...h264);
    const output = file("none.wav");
    const work = extractAudio({ input: file("silent.mp4"), output, durationMs: 1_000 });
    await expect(work).rejects.toMatchObject({ code: "audio_stream_missing" });
    expect(await readdir(folder)).not.toContain("none.wav");
  });
});

describe("extractChunk", () => {
  beforeAll(async () => {
    const noise = ["-f", "lavfi", "-i", "anoisesrc=sample_rate=16000:seed=7:duration=20"];
    await make("noise.wav", ...noise, "-ac", "1", "-c:a", "pcm_s16le");
  });

  const stretches = [
    [0, 20_000],
    [0, 1],
    [1, 2],
    [1_234, 5_679],
    [9_999, 10_001],
    [7_777, 20_000],
    [19_999, 20_500],
  ] as const;

  test.each(
    stretches.flatMap(([startMs, endMs]) => [
      ["flac", startMs, endMs] as const,
      ["wav", startMs, endMs] as const,
    ]),
  )("%s of %d to %d ms is exact to the sample", async (ending, startMs, endMs) => {
    const output = file(`${startMs}-${endMs}.${ending}`);
    await extractChunk({ input: file("noise.wav"), output, startMs, endMs });
    const bytes = await decode(output, "-f", "s16le");
    const whole = await samplesOf(file("noise.wav"));
    expect(bytes.length).toBe((Math.min(endMs, 20_000) - startMs) * 32);
    expect(Buffer.compare(bytes, slice(whole, startMs * 16, endMs * 16))).toBe(0);
  });

  test("a WAV says how long it is, and past the end there is none of it", async () => {
    const of = async (startMs: number, endMs: number) => {
      const output = file(`layout-${startMs}.wav`);
      await extractChunk({ input: file("noise.wav"), output, startMs, endMs });
      const bytes = await readFile(output);
      return { size: bytes.length, ...readWavLayout(bytes, bytes.length) };
    };
    const layout = { sampleRate: RATE, channels: 1, dataOffset: 44 };
    expect(await of(500, 600)).toEqual({ ...layout, size: 3_244, dataBytes: 3_200 });
    expect(await of(30_000, 31_000)).toEqual({ ...layout, size: 44, dataBytes: 0 });
  });

  test("a WAV of another kind isn't cut, and who stops gets nothing", async () => {
    await make("high.wav", "-f", "lavfi", "-i", "anoisesrc=sample_rate=48000:duration=1");
    const output = file("no.wav");
    const work = extractChunk({ input: file("high.wav"), output, startMs: 0, endMs: 10 });
    await expect(work).rejects.toMatchObject({ code: "file_unreadable" });
    const reason = new Error("stopped by the test");
    const stopped = { input: file("noise.wav"), output, startMs: 0, endMs: 10 };
    await expect(extractChunk({ ...stopped, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    const names = await readdir(folder);
    expect(names.filter((name) => name.endsWith(".part") || name === "no.wav")).toEqual([]);
  });

  test("levels tell how loud each window is, and silence past the end", async () => {
    const sound = "aevalsrc='if(lt(t,0.1),0,0.5*sin(2*PI*400*t))':s=16000:d=0.25";
    await make("step.wav", "-f", "lavfi", "-i", sound, "-c:a", "pcm_s16le");
    const input = file("step.wav");
    const levels = await readLevels({ input, startMs: 50, endMs: 300, windowMs: 50 });
    expect([...levels].map(Math.round)).toEqual([-90, -9, -9, -9, -90]);
  });

  const slice = (samples: Int16Array, from: number, to: number) =>
    Buffer.from(samples.slice(from, to).buffer);

  test.each([
    [5, 5],
    [-1, 5],
    [Number.NaN, 5],
  ])("%d to %d ms is no stretch", async (startMs, endMs) => {
    const output = file("bad.flac");
    const work = extractChunk({ input: file("noise.wav"), output, startMs, endMs });
    await expect(work).rejects.toThrow(RangeError);
  });
});
