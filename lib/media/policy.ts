import type { ErrorCode } from "@/lib/errors";
import type { AudioStream, MediaInfo } from "./schema";
import { isAllowedAudio, isAllowedVideo } from "./whitelist";

/** 8K of cinema (8192 x 4320) with the rows that codecs round up to. */
export const MAX_PIXELS = 8192 * 4352;

/** 12 hours. */
export const MAX_DURATION_MS = 12 * 60 * 60 * 1000;

/**
 * Why this file can't become a captioned video; undefined when it can.
 * A duration of 0 is left alone: a sample may not tell it.
 */
export function judgeMedia(info: MediaInfo): ErrorCode | undefined {
  if (info.truncated) return "file_truncated";
  const video = info.video;
  if (!video && info.audio.length === 0) return "file_unreadable";
  if (!video) return "video_stream_missing";
  if (!isAllowedVideo(video.codec)) return "codec_unsupported";
  if (video.width <= 0 || video.height <= 0) return "file_unreadable";
  if (video.width * video.height > MAX_PIXELS) return "video_limits_exceeded";
  if (info.durationMs > MAX_DURATION_MS) return "video_limits_exceeded";
  if (info.audio.length === 0) return "audio_stream_missing";
  if (!info.audio.some(isUsableAudio)) return "codec_unsupported";
  return undefined;
}

/** The stream to caption: the first that can be decoded, the file's default one first. */
export function chooseAudio(audio: readonly AudioStream[]): AudioStream | undefined {
  return audio.find(isUsableAudio);
}

function isUsableAudio(stream: AudioStream): boolean {
  return isAllowedAudio(stream.codec) && stream.channels > 0 && stream.sampleRate > 0;
}
