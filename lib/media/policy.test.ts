import { describe, expect, test } from "vitest";
import type { ErrorCode } from "@/lib/errors";
import { chooseAudio, judgeMedia, MAX_DURATION_MS } from "./policy";
import { planPreview } from "./preview-plan";
import type { AudioStream, MediaInfo, VideoStream } from "./schema";

const video: VideoStream = {
  index: 0,
  codec: "h264",
  width: 1920,
  height: 1080,
  rotation: 0,
  fps: 30,
  pixelFormat: "yuv420p",
  bitDepth: 8,
  interlaced: false,
  reordered: true,
  hdr: false,
};
const audio: AudioStream = {
  index: 1,
  codec: "aac",
  profile: "LC",
  channels: 2,
  sampleRate: 48_000,
  isDefault: true,
};
const info: MediaInfo = {
  container: "mp4",
  durationMs: 60_000,
  sizeBytes: 1_000_000,
  video,
  audio: [audio],
  playableInBrowser: true,
  truncated: false,
};
const { video: _, ...withoutVideo } = info;

describe("judgeMedia", () => {
  const cases: [string, MediaInfo, ErrorCode | undefined][] = [
    ["an ordinary video", info, undefined],
    ["the end missing", { ...info, truncated: true }, "file_truncated"],
    ["sound only", withoutVideo, "video_stream_missing"],
    ["nothing at all", { ...withoutVideo, audio: [] }, "file_unreadable"],
    ["silent", { ...info, audio: [] }, "audio_stream_missing"],
    [
      "a codec not on the list",
      { ...info, video: { ...video, codec: "magicyuv" } },
      "codec_unsupported",
    ],
    [
      "sound not on the list",
      { ...info, audio: [{ ...audio, codec: "qdm2" }] },
      "codec_unsupported",
    ],
    ["no size", { ...info, video: { ...video, width: 0 } }, "file_unreadable"],
    ["8K upright", { ...info, video: { ...video, width: 4320, height: 7680 } }, undefined],
    [
      "over 8K",
      { ...info, video: { ...video, width: 16_384, height: 8192 } },
      "video_limits_exceeded",
    ],
    ["12 hours", { ...info, durationMs: MAX_DURATION_MS }, undefined],
    ["over 12 hours", { ...info, durationMs: MAX_DURATION_MS + 1 }, "video_limits_exceeded"],
    ["a sample that doesn't tell the length", { ...info, durationMs: 0 }, undefined],
  ];

  test.each(cases)("%s", (_name, media, code) => {
    expect(judgeMedia(media)).toBe(code);
  });
});

test("chooseAudio passes over what can't be decoded", () => {
  const odd = { ...audio, index: 2, codec: "qdm2" };
  const broken = { ...audio, index: 3, channels: 0 };
  expect(chooseAudio([odd, broken, audio])).toBe(audio);
  expect(chooseAudio([odd])).toBeUndefined();
});

describe("planPreview", () => {
  const media = (
    container: MediaInfo["container"],
    picture: Partial<VideoStream>,
    sound?: Partial<AudioStream>,
  ) => ({
    container,
    video: { ...video, ...picture },
    audio: sound ? [{ ...audio, ...sound }] : [],
  });

  test.each([
    ["H.264 and AAC in MP4", media("mp4", {}, {}), undefined],
    ["H.264 and AAC in MOV", media("mov", {}, {}), undefined],
    ["H.264 alone", media("mp4", {}), undefined],
    ["AV1 and Opus in MP4", media("mp4", { codec: "av1" }, { codec: "opus" }), undefined],
    ["VP8 in WEBM", media("webm", { codec: "vp8" }, { codec: "vorbis" }), undefined],
    ["HEVC", media("mov", { codec: "hevc" }, {}), { video: "encode", audio: "copy" }],
    [
      "H.264 of 10 bits",
      media("mp4", { pixelFormat: "yuv420p10le", bitDepth: 10 }, {}),
      { video: "encode", audio: "copy" },
    ],
    [
      "ProRes and PCM",
      media("mov", { codec: "prores", pixelFormat: "yuv422p10le" }, { codec: "pcm_s24le" }),
      { video: "encode", audio: "encode" },
    ],
    [
      "PCM beside H.264",
      media("mov", {}, { codec: "pcm_s16le" }),
      { video: "copy", audio: "encode" },
    ],
    ["AC-3 beside H.264", media("mp4", {}, { codec: "ac3" }), { video: "copy", audio: "encode" }],
    [
      "AAC Main beside H.264",
      media("mp4", {}, { profile: "Main" }),
      { video: "copy", audio: "encode" },
    ],
    [
      "MPEG-4 in AVI",
      media("avi", { codec: "mpeg4" }, { codec: "mp3" }),
      { video: "encode", audio: "encode" },
    ],
    [
      "H.264 in AVI, in order",
      media("avi", { reordered: false }, {}),
      { video: "copy", audio: "copy" },
    ],
    ["H.264 in AVI, reordered", media("avi", {}, {}), { video: "encode", audio: "copy" }],
    [
      "MJPEG, silent",
      media("mov", { codec: "mjpeg", pixelFormat: "yuvj422p" }),
      { video: "encode", audio: "none" },
    ],
  ] as const)("%s", (_name, file, plan) => {
    expect(planPreview(file)).toEqual(plan);
  });

  test("a recording that can't be seeked is remade", () => {
    const recording = media("webm", { codec: "vp8" }, { codec: "opus" });
    expect(planPreview(recording, false)).toEqual({ video: "encode", audio: "encode" });
  });
});
