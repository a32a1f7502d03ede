import { describe, expect, test } from "vitest";
import { readProbeOutput } from "./probe-output";

const file = { container: "mp4", sizeBytes: 1000, truncated: false } as const;
const read = (...streams: object[]) =>
  readProbeOutput(
    JSON.stringify({
      streams: streams.map((stream, index) => ({ index, ...stream })),
      format: { duration: "12.3456", bit_rate: "800" },
    }),
    file,
  );
const picture = {
  codec_type: "video",
  codec_name: "h264",
  width: 1920,
  height: 1080,
  pix_fmt: "yuv420p",
};
const sound = { codec_type: "audio", codec_name: "aac", channels: 2, sample_rate: "48000" };

describe("readProbeOutput", () => {
  test("a plain file", () => {
    const info = read({ ...picture, avg_frame_rate: "30000/1001" }, sound);
    expect(info).toMatchObject({
      durationMs: 12_346,
      bitrate: 800,
      sizeBytes: 1000,
      playableInBrowser: true,
      video: { index: 0, width: 1920, height: 1080, fps: 29.97, rotation: 0, bitDepth: 8 },
      audio: [{ index: 1, codec: "aac", channels: 2, sampleRate: 48_000, isDefault: false }],
    });
  });

  test.each([
    ["side data, phone upright", { side_data_list: [{}, { rotation: -90 }] }, 90, [1080, 1920]],
    ["side data, other way", { side_data_list: [{ rotation: 90 }] }, 270, [1080, 1920]],
    ["side data, upside down", { side_data_list: [{ rotation: -180 }] }, 180, [1920, 1080]],
    ["side data, none", { side_data_list: [{ rotation: 0 }] }, 0, [1920, 1080]],
    ["older tag", { tags: { rotate: "90" } }, 90, [1080, 1920]],
    [
      "side data over tag",
      { tags: { rotate: "90" }, side_data_list: [{ rotation: -90 }] },
      90,
      [1080, 1920],
    ],
  ])("rotation by %s", (_, more, rotation, [width, height]) => {
    expect(read({ ...picture, ...more }).video).toMatchObject({ rotation, width, height });
  });

  test.each([
    ["16:15", 720, 576, 768],
    ["0:1", 720, 576, 720],
    ["1:1", 720, 576, 720],
  ])("pixels of %s are squared", (sample_aspect_ratio, width, height, shown) => {
    const { video } = read({ ...picture, width, height, sample_aspect_ratio });
    expect(video).toMatchObject({ width: shown, height });
  });

  test.each([
    ["yuv420p", 8],
    ["yuv420p10le", 10],
    ["yuv422p12be", 12],
    ["p010le", 10],
    ["gray16le", 16],
    ["nv12", 8],
    ["rgb24", 8],
    ["yuyv422", 8],
  ])("%s has %d bits", (pix_fmt, bits) => {
    expect(read({ ...picture, pix_fmt }).video?.bitDepth).toBe(bits);
  });

  test("a cover picture is no video, and the default streams come first", () => {
    const info = read(
      {
        codec_type: "video",
        codec_name: "mjpeg",
        width: 500,
        height: 500,
        disposition: { attached_pic: 1 },
      },
      { ...sound, tags: { language: "eng" }, disposition: { default: 0 } },
      { ...sound, tags: { language: "kor" }, disposition: { default: 1 } },
      { codec_type: "data" },
    );
    expect(info.video).toBeUndefined();
    expect(info.playableInBrowser).toBe(false);
    expect(info.audio.map(({ index, language }) => [index, language])).toEqual([
      [2, "kor"],
      [1, "eng"],
    ]);
  });

  test("unknown values are left out, not invented", () => {
    const info = readProbeOutput(
      JSON.stringify({
        streams: [
          { index: 0, ...picture, avg_frame_rate: "0/0", r_frame_rate: "0/0", pix_fmt: undefined },
          { index: 1, ...sound, tags: { language: "und" } },
        ],
        format: { duration: "N/A" },
      }),
      file,
    );
    expect(info).not.toHaveProperty("bitrate");
    expect(info.durationMs).toBe(0);
    expect(info.video).toMatchObject({ fps: 0 });
    expect(info.video).not.toHaveProperty("pixelFormat");
    expect(info.audio[0]).not.toHaveProperty("language");
  });

  test.each(["", "[]", '{"streams":[{}]}'])("refuses %j", (json) => {
    expect(() => readProbeOutput(json, file)).toThrow();
  });
});
