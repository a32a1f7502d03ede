import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { writeSubtitles } from "@/lib/subtitles/formats";
import { usualStyle } from "@/lib/subtitles/style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { burnIn, burnInSize, canBurnIn, filterValue, hasAssFilter } from "./burn-in";
import { probe } from "./probe";
import { aac, decode, h264, tone, vp8, workshop } from "./testing/clips";

const { folder, file, make } = await workshop();
const fonts = path.join(folder, "fonts's, [of]: ours");
const flat = ["-f", "lavfi", "-i", "color=c=0x336699:size=640x360:rate=25"];

beforeAll(async () => {
  await mkdir(fonts);
  const shipped = path.resolve("node_modules/pretendard/dist/public/static");
  for (const name of ["Pretendard-Regular.otf", "Pretendard-Bold.otf"]) {
    await symlink(path.join(shipped, name), path.join(fonts, name));
  }
});

/** Cues from 1 to 2 s on a picture of 640 x 360. */
async function ass(name: string, text: string, style: Partial<SubtitleStyle> = {}) {
  const picture = { width: 640, height: 360 };
  const document = {
    ...{ language: "ko", style: { ...usualStyle(picture), ...style } },
    cues: [{ id: "a", startMs: 1_000, endMs: 2_000, text }],
  };
  const options = { playResX: 640, playResY: 360 };
  const written = writeSubtitles({ document, format: "ass", options });
  await writeFile(path.join(folder, name), written.text);
  return path.join(folder, name);
}

interface Burned {
  width?: number;
  shortSide?: number | null;
  onProgress?: (fraction: number) => void;
}

async function burned(input: string, name: string, assFile: string, more: Burned = {}) {
  const info = await probe({ path: input });
  await burnIn({
    ...{ input, output: file(name), info, durationMs: info.durationMs, assFile },
    ...{ fontsFolder: fonts, shortSide: more.shortSide ?? null, quality: "standard" },
    onProgress: more.onProgress,
  });
  return file(name);
}

/** Grey values of one picture, row after row. */
async function greys(video: string, seconds: number): Promise<Buffer> {
  const options = ["-ss", String(seconds), "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo"];
  return decode(video, ...options);
}

/** Share of bright pixels in each third of a picture, from above. */
function brightThirds(grey: Buffer): number[] {
  const third = Math.floor(grey.length / 3);
  return [0, 1, 2].map((i) => {
    const part = grey.subarray(i * third, (i + 1) * third);
    return part.filter((value) => value > 220).length / part.length;
  });
}

describe("burnIn", () => {
  test("draws the text where and when it is said, and copies the sound", async () => {
    const input = await make("in.mp4", ...flat, ...tone(), "-t", "3", ...h264, ...aac);
    const fractions: number[] = [];
    const output = await burned(
      input,
      "out.mp4",
      await ass("it's, a [test]: 1.ass", "안녕하세요"),
      {
        onProgress: (fraction) => fractions.push(fraction),
      },
    );
    const [before, during, after] = await Promise.all(
      [0.5, 1.5, 2.5].map((at) => greys(output, at)),
    );
    if (!before || !during || !after) throw new Error("unreachable");
    expect(brightThirds(before)).toEqual([0, 0, 0]);
    expect(brightThirds(after)).toEqual([0, 0, 0]);
    const [top, middle, bottom = 0] = brightThirds(during);
    expect([top, middle]).toEqual([0, 0]);
    expect(bottom).toBeGreaterThan(0.002);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    const info = await probe({ path: output });
    expect(info).toMatchObject({
      ...{ container: "mp4", playableInBrowser: true },
      video: { codec: "h264", width: 640, height: 360 },
    });
    expect(info.audio.map(({ codec }) => codec)).toEqual(["aac"]);
    const sound = (name: string) => decode(name, "-vn", "-c", "copy", "-f", "adts");
    expect((await sound(output)).equals(await sound(input))).toBe(true);
  });

  test("follows the style", async () => {
    const input = await make("silent.mp4", ...flat, "-t", "3", ...h264);
    const top = await burned(input, "top.mp4", await ass("top.ass", "위", { alignment: 8 }));
    const [above = 0, , below = 1] = brightThirds(await greys(top, 1.5));
    expect(above).toBeGreaterThan(0.0004);
    expect(below).toBe(0);
    const large = await ass("large.ass", "위", { alignment: 8, fontSizePercent: 16 });
    const [more = 0] = brightThirds(await greys(await burned(input, "large.mp4", large), 1.5));
    expect(more).toBeGreaterThan(above * 3);
    expect((await probe({ path: top })).audio).toEqual([]);
  });

  test("makes smaller pictures, and AAC of other sound", async () => {
    const opus = ["-c:a", "libopus"];
    const input = await make("in.webm", ...flat, ...tone(), "-t", "3", ...vp8, ...opus);
    const output = await burned(input, "small.mp4", await ass("s.ass", "작게"), { shortSide: 180 });
    const info = await probe({ path: output });
    expect(info.video).toMatchObject({ width: 320, height: 180 });
    expect(info.audio[0]).toMatchObject({ codec: "aac" });
    expect(brightThirds(await greys(output, 1.5))[2]).toBeGreaterThan(0.0001);
  });

  test("stops when it is told to and leaves nothing", async () => {
    const input = await make("stopped.mp4", ...flat, "-t", "3", ...h264);
    const info = await probe({ path: input });
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    const work = burnIn({
      ...{ input, output: file("never.mp4"), info, durationMs: 3_000, signal: stop.signal },
      ...{ assFile: await ass("n.ass", "x"), fontsFolder: fonts, shortSide: null, quality: "high" },
    });
    await expect(work).rejects.toThrow("enough");
    await expect(probe({ path: file("never.mp4") })).rejects.toThrow();
  });
});

test("says whether ffmpeg has libass", async () => {
  expect(await canBurnIn()).toBe(true);
  expect(await hasAssFilter("/nowhere/ffmpeg")).toBe(false);
  expect(await hasAssFilter(process.execPath)).toBe(false);
});

test.each([
  [{ width: 1920, height: 1080 }, null, { width: 1920, height: 1080 }],
  [{ width: 1920, height: 1080 }, 720, { width: 1280, height: 720 }],
  [{ width: 1080, height: 1920 }, 720, { width: 720, height: 1280 }],
  [{ width: 640, height: 360 }, 1080, { width: 640, height: 360 }],
  [{ width: 853, height: 479 }, null, { width: 854, height: 480 }],
])("burnInSize %o at most %s", (video, shortSide, size) => {
  expect(burnInSize(video, shortSide)).toEqual(size);
});

test.each([
  ["/data/a.ass", "/data/a.ass"],
  ["C:/a.ass", "C\\\\:/a.ass"],
  ["it's", "it\\\\\\'s"],
  ["a,b;[c]", "a\\,b\\;\\[c\\]"],
])("filterValue(%s)", (text, value) => {
  expect(filterValue(text)).toBe(value);
});
