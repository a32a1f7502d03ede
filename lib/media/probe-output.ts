import { z } from "zod";
import { planPreview } from "./preview-plan";
import type { AudioStream, MediaInfo, VideoStream } from "./schema";
import type { Container } from "./sniff";

/** ffprobe writes numbers as text in some fields and leaves out what it doesn't know. */
const streamSchema = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  field_order: z.string().optional(),
  color_transfer: z.string().optional(),
  has_b_frames: z.number().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  channels: z.number().optional(),
  sample_rate: z.string().optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});

const outputSchema = z.object({
  streams: z.array(streamSchema).default([]),
  format: z
    .object({ duration: z.string().optional(), bit_rate: z.string().optional() })
    .default({}),
});

type Stream = z.output<typeof streamSchema>;

export interface FileFacts {
  container: Container;
  sizeBytes: number;
  truncated: boolean;
}

/**
 * What ffprobe's JSON says, in our words. `durationMs` is 0 when the header doesn't tell.
 * @throws {z.ZodError | SyntaxError} when the text isn't ffprobe's.
 */
export function readProbeOutput(json: string, file: FileFacts): MediaInfo {
  const { streams, format } = outputSchema.parse(JSON.parse(json));
  const pictures = streams.filter(isVideo);
  const main = pictures.find((stream) => stream.disposition?.default) ?? pictures[0];
  const audio = streams
    .filter(({ codec_type }) => codec_type === "audio")
    .map(readAudio)
    .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const durationMs = Math.round(numeric(format.duration) * 1000);
  const bitrate = numeric(format.bit_rate);
  const video = main && readVideo(main);
  const found = { container: file.container, ...(video ? { video } : {}), audio };
  return {
    ...found,
    durationMs,
    sizeBytes: file.sizeBytes,
    ...(bitrate > 0 ? { bitrate } : {}),
    playableInBrowser: video !== undefined && !planPreview(found, durationMs > 0),
    truncated: file.truncated,
  };
}

function isVideo({ codec_type, disposition }: Stream): boolean {
  return codec_type === "video" && !disposition?.attached_pic;
}

function readVideo(stream: Stream): VideoStream {
  const rotation = readRotation(stream);
  const [wide, high] = ratio(stream.sample_aspect_ratio?.replace(":", "/"));
  const stretch = wide > 0 && high > 0 ? wide / high : 1;
  const width = Math.round((stream.width ?? 0) * stretch);
  const height = stream.height ?? 0;
  const turned = rotation === 90 || rotation === 270;
  return {
    index: stream.index,
    codec: stream.codec_name ?? "unknown",
    ...(stream.profile ? { profile: stream.profile } : {}),
    width: turned ? height : width,
    height: turned ? width : height,
    rotation,
    fps: readFps(stream),
    ...(stream.pix_fmt ? { pixelFormat: stream.pix_fmt } : {}),
    bitDepth: Number(
      /(?:p|gray|p0)(9|10|12|14|16)(?:le|be)?$/.exec(stream.pix_fmt ?? "")?.[1] ?? 8,
    ),
    interlaced: ["tt", "bb", "tb", "bt"].includes(stream.field_order ?? ""),
    reordered: (stream.has_b_frames ?? 0) > 0,
    hdr: ["smpte2084", "arib-std-b67"].includes(stream.color_transfer ?? ""),
  };
}

/** Side data counts counter-clockwise and may be negative; the older tag counts clockwise. */
function readRotation(stream: Stream): VideoStream["rotation"] {
  const side = stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation;
  const clockwise = side === undefined ? Number(stream.tags?.rotate ?? 0) : -side;
  const quarter = ((Math.round(clockwise / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[quarter] ?? 0;
}

/** The mean rate; for a stream without one, the rate of its time stamps. */
function readFps(stream: Stream): number {
  for (const text of [stream.avg_frame_rate, stream.r_frame_rate]) {
    const [frames, seconds] = ratio(text);
    if (frames > 0 && seconds > 0) return Math.round((frames / seconds) * 1000) / 1000;
  }
  return 0;
}

function readAudio(stream: Stream): AudioStream {
  const language = stream.tags?.language;
  return {
    index: stream.index,
    codec: stream.codec_name ?? "unknown",
    ...(stream.profile ? { profile: stream.profile } : {}),
    channels: stream.channels ?? 0,
    sampleRate: numeric(stream.sample_rate),
    ...(language && language !== "und" ? { language } : {}),
    isDefault: Boolean(stream.disposition?.default),
  };
}

function numeric(text: string | undefined): number {
  const value = Number(text ?? 0);
  return Number.isFinite(value) && value > 0 ? value : 0;
}

function ratio(text: string | undefined): [number, number] {
  const [top = 0, bottom = 0] = (text ?? "").split("/").map(Number);
  return [top, bottom];
}
