import { copyFile, readFile, truncate, writeFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { judgeMedia } from "./policy";
import { probe, probeSample } from "./probe";
import { aac, h264, picture, samplePlan, tone, twoSeconds, vp8, workshop } from "./testing/clips";

const { file, make } = await workshop();

beforeAll(async () => {
  await make("plain.mp4", ...twoSeconds, ...h264, ...aac, "-movflags", "+faststart");
  await make("plain.mov", ...twoSeconds, ...h264, ...aac);
  await make("plain.avi", ...twoSeconds, "-c:v", "mpeg4", "-c:a", "libmp3lame");
  await make("plain.webm", ...twoSeconds, ...vp8, "-c:a", "libopus");
  await make("recorded.webm", ...twoSeconds, ...vp8, "-c:a", "libopus", "-live", "1");
  await make(
    "fragments.mp4",
    ...twoSeconds,
    ...h264,
    ...aac,
    "-movflags",
    "frag_keyframe+empty_moov",
  );
  await make("silent.mp4", ...picture(), "-t", "1", ...h264);
  await make("sound.mp4", ...tone(), "-t", "1", ...aac);
  await make(
    "magicyuv.avi",
    ...picture("size=64x64:rate=5"),
    ...tone(),
    "-t",
    "1",
    "-c:v",
    "magicyuv",
  );
});

const codeOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return undefined;
  } catch (error) {
    return AppError.is(error) ? error.code : String(error);
  }
};

/** What a person is told, before and after the upload. */
async function verdicts(path: string) {
  const plan = await samplePlan(path);
  const early =
    plan.problem ??
    (await codeOf(
      probeSample(plan).then((info) => {
        const code = judgeMedia(info);
        if (code) throw new AppError(code);
      }),
    ));
  const late = await codeOf(
    probe({ path }).then((info) => {
      const code = judgeMedia(info);
      if (code) throw new AppError(code);
    }),
  );
  return { early, late };
}

describe("probe", () => {
  test.each([
    ["plain.mp4", "mp4", "h264", "aac", true],
    ["plain.mov", "mov", "h264", "aac", true],
    ["plain.avi", "avi", "mpeg4", "mp3", false],
    ["plain.webm", "webm", "vp8", "opus", true],
    ["recorded.webm", "webm", "vp8", "opus", false],
    ["fragments.mp4", "mp4", "h264", "aac", true],
  ])("%s", async (name, container, video, audio, playableInBrowser) => {
    const info = await probe({ path: file(name) });
    expect(info).toMatchObject({
      container,
      playableInBrowser,
      truncated: false,
      video: { codec: video, width: 320, height: 180, fps: expect.closeTo(25, 0) },
      audio: [{ codec: audio, channels: 1, sampleRate: 48_000 }],
    });
    expect(info.durationMs).toBeGreaterThanOrEqual(1_990);
    expect(info.durationMs).toBeLessThan(2_080);
    expect(judgeMedia(info)).toBeUndefined();
  });

  test("subtitles and a cover picture don't get in the way", async () => {
    await writeFile(file("s.srt"), "1\n00:00:00,000 --> 00:00:01,000\nhi\n");
    await make("cover.png", "-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1");
    const inputs = ["plain.mp4", "s.srt", "cover.png"].flatMap((name) => ["-i", file(name)]);
    const maps = ["-map", "0", "-map", "1", "-map", "2", "-c", "copy", "-c:s", "mov_text"];
    await make("companions.mp4", ...inputs, ...maps, "-disposition:v:1", "attached_pic");
    const info = await probe({ path: file("companions.mp4") });
    expect(info).toMatchObject({ video: { codec: "h264" }, audio: [{ codec: "aac" }] });
    expect(await verdicts(file("companions.mp4"))).toEqual({});
  });

  test("AVI whose index was never written", async () => {
    const bytes = await readFile(file("plain.avi"));
    const cut = bytes.subarray(0, bytes.lastIndexOf("idx1"));
    cut.writeUInt32LE(0, 4);
    await writeFile(file("no-index.avi"), cut);
    const info = await probe({ path: file("no-index.avi") });
    expect(info.durationMs).toBeGreaterThanOrEqual(1_990);
    expect(info.durationMs).toBeLessThan(2_080);
    expect(judgeMedia(info)).toBeUndefined();
  });

  test("AVI cut in half with a header that hides it", async () => {
    const source = await make(
      "six.avi",
      ...picture(),
      ...tone(),
      "-t",
      "6",
      "-c:v",
      "mpeg4",
      "-c:a",
      "libmp3lame",
    );
    const bytes = await readFile(source);
    const cut = bytes.subarray(0, Math.floor(bytes.length / 2));
    cut.writeUInt32LE(0, 4);
    await writeFile(file("hidden.avi"), cut);
    const info = await probe({ path: file("hidden.avi") });
    expect(info.durationMs).toBeLessThan(4_000);
    expect(judgeMedia(info)).toBe("file_truncated");
  });

  test("a name with everything in it", async () => {
    const odd = file(`-i "한글" '$(x)' 100%d 🎬 a:b.mp4`);
    await copyFile(file("plain.mp4"), odd);
    expect(await probe({ path: odd })).toMatchObject({ durationMs: 2_000 });
  });
});

describe("what is refused, before and after the upload", () => {
  test.each([
    "plain.mp4",
    "plain.mov",
    "plain.avi",
    "plain.webm",
    "recorded.webm",
    "fragments.mp4",
  ])("%s is not", async (name) => {
    expect(await verdicts(file(name))).toEqual({ early: undefined, late: undefined });
  });

  test.each([
    ["silent.mp4", "audio_stream_missing"],
    ["sound.mp4", "video_stream_missing"],
    ["magicyuv.avi", "codec_unsupported"],
  ])("%s: %s", async (name, code) => {
    expect(await verdicts(file(name))).toEqual({ early: code, late: code });
  });

  test.each([
    ["plain.mov", 0.7],
    ["plain.mp4", 0.7],
    ["plain.avi", 0.5],
    ["plain.webm", 0.5],
  ])("%s cut to %d of its size: file_truncated", async (name, part) => {
    const cut = file(`cut-${name}`);
    await copyFile(file(name), cut);
    const { sizeBytes } = await samplePlan(cut);
    await truncate(cut, Math.floor(sizeBytes * part));
    const { early, late } = await verdicts(cut);
    expect(early).toBe("file_truncated");
    expect(late).toBe("file_truncated");
  });

  test.each([
    ["nothing", "", "file_empty"],
    ["text", "a text file named like a video", "file_type_unsupported"],
    ["a playlist", "#EXTM3U\n#EXTINF:2,\nfile:///etc/hostname\n", "file_type_unsupported"],
  ])("%s: %s", async (name, content, code) => {
    await writeFile(file(`${name}.mp4`), content);
    expect(await verdicts(file(`${name}.mp4`))).toEqual({ early: code, late: code });
  });

  test("noise behind a right beginning: file_unreadable", async () => {
    const bytes = Buffer.alloc(50_000, 0x55);
    bytes.write("\0\0\0\x18ftypisom\0\0\0\0isommp42", 0, "latin1");
    bytes.writeUInt32BE(49_976, 24);
    bytes.write("moov", 28);
    await writeFile(file("noise.mp4"), bytes);
    const { early, late } = await verdicts(file("noise.mp4"));
    expect(early).toBe("file_unreadable");
    expect(late).toBe("file_unreadable");
  });
});

test("a sample with pieces outside the file is refused", async () => {
  const bytes = new Uint8Array(10);
  for (const offset of [-1, 95, Number.NaN]) {
    const work = probeSample({ ranges: [{ offset, bytes }], sizeBytes: 100 });
    expect(await codeOf(work)).toBe("validation_failed");
  }
});

test("a sample of 2 GB with its index at the end is read without the middle", async () => {
  const { ranges, sizeBytes } = await samplePlan(file("plain.mov"));
  const size = 2_000_000_000;
  const shift = size - sizeBytes;
  // The same file, its data box stretched to 2 GB: the index moves, the data's start stays.
  const head = Buffer.from(ranges[0]?.bytes ?? []);
  const at = head.indexOf("mdat") - 4;
  const dataSize = head.readUInt32BE(at);
  head.writeUInt32BE(dataSize + shift, at);
  const whole = Buffer.concat(ranges.map(({ bytes }) => bytes));
  const index = whole.subarray(whole.lastIndexOf("moov") - 4);
  const info = await probeSample({
    ranges: [
      { offset: 0, bytes: head.subarray(0, at + dataSize) },
      { offset: size - index.length, bytes: index },
    ],
    sizeBytes: size,
  });
  expect(info).toMatchObject({ durationMs: 2_000, sizeBytes: size, truncated: false });
});

test("an aborted probe throws the reason", async () => {
  const stop = new AbortController();
  const work = probe({ path: file("plain.mp4"), signal: stop.signal });
  stop.abort(new Error("enough"));
  await expect(work).rejects.toThrow("enough");
});
