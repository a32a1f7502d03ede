import { chooseAudio } from "./policy";
import type { AudioStream, MediaInfo, VideoStream } from "./schema";

/** What it takes to make a file play in every browser. */
export interface PreviewPlan {
  /** `copy` keeps the picture as it is, without loss and in seconds. */
  video: "copy" | "encode";
  audio: "copy" | "encode" | "none";
}

type Playable = Pick<MediaInfo, "container" | "video" | "audio">;

/**
 * The work a preview takes; undefined when browsers play the original.
 * @param seekable whether the file's header tells its length: browsers can't seek in a WEBM
 * that doesn't (recordings of a browser's MediaRecorder).
 */
export function planPreview(media: Playable, seekable = true): PreviewPlan | undefined {
  const { container, video } = media;
  if (!video) return undefined;
  const audio = chooseAudio(media.audio);
  if (container === "webm") return seekable ? undefined : remake(media, audio);
  const plain = container !== "avi" && playsInMp4(video) && (!audio || soundsInMp4(audio));
  return plain ? undefined : remake(media, audio);
}

function remake({ container, video }: Playable, audio: AudioStream | undefined): PreviewPlan {
  const copy = video !== undefined && canCopy(container, video);
  return { video: copy ? "copy" : "encode", audio: reuse(audio) };
}

function reuse(audio: AudioStream | undefined): PreviewPlan["audio"] {
  if (!audio) return "none";
  return isPlainAac(audio) ? "copy" : "encode";
}

/** 4:2:0 and 8 bits: what hardware decoders of H.264 take. */
function isPlainH264(video: VideoStream): boolean {
  const layout = video.pixelFormat ?? "yuv420p";
  return video.codec === "h264" && ["yuv420p", "yuvj420p"].includes(layout);
}

function playsInMp4(video: VideoStream): boolean {
  return isPlainH264(video) || video.codec === "vp9" || video.codec === "av1";
}

/** AVI stores no presentation times; reordered frames would be shown in the wrong order. */
function canCopy(container: MediaInfo["container"], video: VideoStream): boolean {
  if (container === "avi") return isPlainH264(video) && !video.reordered;
  return playsInMp4(video);
}

/** AAC-LC and HE-AAC, mono to 7.1; the rarer profiles are silent in browsers. */
function isPlainAac(audio: AudioStream): boolean {
  return audio.codec === "aac" && ["LC", "HE-AAC", "HE-AACv2"].includes(audio.profile ?? "LC");
}

function soundsInMp4(audio: AudioStream): boolean {
  return isPlainAac(audio) || ["mp3", "opus", "flac"].includes(audio.codec);
}
