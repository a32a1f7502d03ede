import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { makePreview, previewSize } from "./preview";
import { probe } from "./probe";
import { aac, decode, h264, picture, tone, twoSeconds, vp8, workshop } from "./testing/clips";
import { makeThumbnail } from "./thumbnail";

const { file, make } = await workshop();
const black = (seconds: number) => [
  "-f",
  "lavfi",
  "-i",
  `color=black:size=320x180:rate=25:d=${seconds}`,
];

/** Grey values of a picture, scaled to `width` by `height`. */
async function grey(path: string, width: number, height: number) {
  return decode(path, "-vf", `scale=${width}:${height}:flags=area,format=gray`, "-f", "rawvideo");
}
const mean = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Red above blue: a turn or a flip shows. */
const flag = [
  ...["-f", "lavfi", "-i", "color=red:size=320x90:rate=25"],
  ...["-f", "lavfi", "-i", "color=blue:size=320x90:rate=25"],
  ...[...tone(), "-filter_complex", "[0][1]vstack[v]", "-map", "[v]", "-map", "2:a", "-t", "1"],
];
const colours = async (path: string, ...select: string[]) =>
  decode(
    path,
    ...select,
    "-frames:v",
    "1",
    "-vf",
    "scale=2:2:flags=area,format=rgb24",
    "-f",
    "rawvideo",
  );

describe("makeThumbnail", () => {
  test("3 s of black at the start don't give a black picture", async () => {
    const graph = ["-filter_complex", "[0:v][1:v]concat=n=2:v=1[v]", "-map", "[v]", "-map", "2:a"];
    await make(
      "black.mp4",
      ...black(3),
      ...picture(),
      ...tone(),
      ...graph,
      "-t",
      "10",
      ...h264,
      ...aac,
    );
    await makeThumbnail({
      input: file("black.mp4"),
      output: file("a.jpg"),
      durationMs: 10_000,
      width: 160,
    });
    const bytes = await readFile(file("a.jpg"));
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(mean(await grey(file("a.jpg"), 16, 9))).toBeGreaterThan(60);
    expect((await probeSize(file("a.jpg"))).join("x")).toBe("160x90");
  });

  test("a video that is black throughout still gets its picture", async () => {
    await make("night.mp4", ...black(1), ...h264);
    await makeThumbnail({
      input: file("night.mp4"),
      output: file("n.webp"),
      durationMs: 1_000,
      width: 160,
    });
    const bytes = await readFile(file("n.webp"));
    expect(bytes.toString("latin1", 8, 12)).toBe("WEBP");
  });

  test("a length that promises too much still finds a picture", async () => {
    await make("short.mp4", ...twoSeconds, ...h264, ...aac);
    await makeThumbnail({
      input: file("short.mp4"),
      output: file("s.jpg"),
      durationMs: 600_000,
      width: 160,
    });
    expect(mean(await grey(file("s.jpg"), 16, 9))).toBeGreaterThan(60);
  });

  test("a phone's upright video is shown upright, a small one isn't enlarged", async () => {
    await make("flag.mp4", ...flag, ...h264, ...aac);
    await make("turned.mp4", "-i", file("flag.mp4"), "-c", "copy", "-metadata:s:v:0", "rotate=90");
    await makeThumbnail({
      input: file("turned.mp4"),
      output: file("t.jpg"),
      durationMs: 1_000,
      width: 640,
    });
    expect(await probeSize(file("t.jpg"))).toEqual([180, 320]);
  });

  async function probeSize(path: string): Promise<number[]> {
    const bytes = await readFile(path);
    // The start-of-frame marker of a JPEG holds height and width.
    const at = bytes.findIndex(
      (byte, i) => byte === 0xff && [0xc0, 0xc2].includes(bytes[i + 1] ?? 0),
    );
    return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
});

describe("makePreview", () => {
  const cases: [string, string[], object][] = [
    ["a.avi", ["-c:v", "mpeg4", "-c:a", "libmp3lame"], { video: "encode", audio: "encode" }],
    ["b.avi", [...h264, "-c:a", "libmp3lame"], { video: "copy", audio: "encode" }],
    [
      "c.mov",
      ["-c:v", "mjpeg", "-pix_fmt", "yuvj422p", ...aac],
      { video: "encode", audio: "copy" },
    ],
    ["d.mov", [...h264, "-c:a", "pcm_s16le"], { video: "copy", audio: "encode" }],
    ["e.mov", ["-c:v", "prores", "-c:a", "pcm_s24le"], { video: "encode", audio: "encode" }],
    [
      "f.mp4",
      [...h264.slice(0, 4), "-pix_fmt", "yuv420p10le", ...aac],
      { video: "encode", audio: "copy" },
    ],
    ["g.webm", [...vp8, "-c:a", "libopus", "-live", "1"], { video: "encode", audio: "encode" }],
  ];

  test.each(cases)("%s plays afterwards", async (name, options, plan) => {
    await make(name, ...twoSeconds, ...options);
    const info = await probe({ path: file(name) });
    expect(info.playableInBrowser).toBe(false);
    const output = file(`${name}.preview.mp4`);
    const seen: number[] = [];
    const done = await makePreview({
      ...{ input: file(name), output, info, durationMs: info.durationMs },
      onProgress: (fraction) => seen.push(fraction),
    });
    expect(done).toEqual(plan);
    expect(seen.at(-1)).toBe(1);
    const preview = await probe({ path: output });
    expect(preview).toMatchObject({
      container: "mp4",
      playableInBrowser: true,
      video: { codec: "h264", pixelFormat: expect.stringMatching(/^yuvj?420p$/), width: 320 },
      audio: [{ codec: "aac" }],
    });
    expect(Math.abs(preview.durationMs - info.durationMs)).toBeLessThan(100);
    const bytes = await readFile(output);
    expect(bytes.indexOf("moov")).toBeLessThan(bytes.indexOf("mdat"));
  });

  test.each([
    ["encoded", ["-c:v", "mpeg4", "-q:v", "2", ...aac]],
    ["copied", [...h264, "-c:a", "pcm_s16le"]],
  ])("a turned picture looks the same, %s", async (name, options) => {
    await make(`${name}.flag.mov`, ...flag, ...options);
    const input = await make(
      `${name}.mov`,
      ...["-i", file(`${name}.flag.mov`), "-c", "copy", "-metadata:s:v:0", "rotate=90"],
    );
    const info = await probe({ path: input });
    expect(info.video).toMatchObject({ width: 180, height: 320 });
    const output = file(`${name}.turned.mp4`);
    await makePreview({ input, output, info, durationMs: 1_000 });
    expect((await probe({ path: output })).video).toMatchObject({ width: 180, height: 320 });
    const [before, after] = [await colours(input), await colours(output)];
    const distances = [...before].map((value, i) => Math.abs(value - (after[i] ?? 0)));
    expect(distances).toHaveLength(12);
    expect(Math.max(...distances)).toBeLessThan(24);
  });

  test("sound that starts late stays late", async () => {
    const late = [...picture(), "-itsoffset", "1", ...tone(), "-t", "3"];
    const input = await make("late.mov", ...late, ...h264, "-c:a", "pcm_s16le");
    const info = await probe({ path: input });
    const output = file("late.preview.mp4");
    await makePreview({ input, output, info, durationMs: info.durationMs });
    const filter = ["-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", "8000"];
    const bytes = await decode(output, "-vn", ...filter, "-f", "s16le");
    const samples = new Int16Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    const onsetMs = samples.findIndex((sample) => Math.abs(sample) > 500) / 8;
    expect(Math.abs(onsetMs - 1_000)).toBeLessThan(50);
  });

  test.each([
    [3840, 2160, 1280, 720],
    [1080, 1920, 720, 1280],
    [640, 361, 640, 362],
    [1, 1, 2, 2],
    [8192, 2, 1280, 2],
  ])("%d x %d becomes %d x %d", (width, height, w, h) => {
    expect(previewSize({ width, height })).toEqual({ width: w, height: h });
  });
});
