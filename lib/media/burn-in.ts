import "server-only";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AppError } from "@/lib/errors";
import { type FfmpegCommand, ffmpegArguments, progressReader, reportProgress } from "./command";
import { openInput } from "./input";
import { burnInLimits, threads } from "./limits";
import { writeWhole } from "./output";
import { chooseAudio } from "./policy";
import { run } from "./run";
import type { BurnInOptions, BurnInQuality, VideoStream } from "./schema";
import { mediaTools } from "./tools";

const exec = promisify(execFile);

/** What MP4 players everywhere decode; anything else becomes AAC. */
const copiedAudio = ["aac", "mp3"];

/** x264: the smaller the number, the closer to the original, and the larger the file. */
const encoding: Record<BurnInQuality, readonly string[]> = {
  standard: ["-preset", "veryfast", "-crf", "21"],
  high: ["-preset", "fast", "-crf", "17"],
};

const withAss = new Map<string, Promise<boolean>>();

/** Whether the ffmpeg in use draws ASS: some are built without libass. */
export async function canBurnIn(): Promise<boolean> {
  const { ffmpeg } = await mediaTools();
  const known = withAss.get(ffmpeg.path) ?? hasAssFilter(ffmpeg.path);
  withAss.set(ffmpeg.path, known);
  return known;
}

/** Whether an ffmpeg has the filter; false for one that can't be asked. */
export async function hasAssFilter(ffmpeg: string): Promise<boolean> {
  try {
    const { stdout } = await exec(ffmpeg, ["-hide_banner", "-filters"], { timeout: 20_000 });
    return stdout.split("\n").some((line) => line.trim().split(/\s+/)[1] === "ass");
  } catch {
    return false;
  }
}

/**
 * Writes an MP4 with an ASS file drawn into the picture by libass: H.264, upright, square pixels,
 * the sound copied where players take it.
 * @throws {AppError} `video_stream_missing`, `render_unavailable`, and those of a failed run.
 */
export async function burnIn(options: BurnInOptions): Promise<void> {
  const { input, output, info, durationMs, assFile, fontsFolder, signal, onProgress } = options;
  const { video } = info;
  if (!video) throw new AppError("video_stream_missing");
  if (!(await canBurnIn())) throw new AppError("render_unavailable");
  const audio = chooseAudio(info.audio);
  const source = await openInput(input);
  const { width, height } = burnInSize(video, options.shortSide);
  const filters = [
    ...(video.interlaced ? ["yadif"] : []),
    `scale=${width}:${height}:flags=bicubic`,
    "setsar=1",
    // After scaling: letters are drawn as sharp as the picture is.
    `ass=filename=${filterValue(assFile)}:fontsdir=${filterValue(fontsFolder)}`,
  ];
  await writeWhole(output, async (temporary) => {
    const args = ffmpegArguments(source, (command) => {
      command.outputOptions(["-map", `0:${video.index}`]);
      if (audio) command.outputOptions(["-map", `0:${audio.index}`]);
      command
        .videoCodec("libx264")
        .videoFilters(filters)
        .outputOptions([...encoding[options.quality], "-pix_fmt", "yuv420p"])
        .outputOptions(["-g", String(keyFrames(video)), "-threads", String(threads)]);
      describeSound(command, audio?.codec);
      return command
        .outputOptions(["-map_metadata", "-1", "-max_muxing_queue_size", "4096"])
        .outputOptions(["-movflags", "+faststart", ...reportProgress])
        .format("mp4")
        .output(temporary);
    });
    await run({
      ...{ tool: "ffmpeg", args, lane: "render", limits: burnInLimits(durationMs), signal },
      onStdout: progressReader(durationMs, onProgress),
    });
  });
  onProgress?.(1);
}

function describeSound(command: FfmpegCommand, codec: string | undefined): void {
  if (codec === undefined) command.noAudio();
  else if (copiedAudio.includes(codec)) command.audioCodec("copy");
  else {
    command
      .audioFilters("aresample=async=1:first_pts=0")
      .audioCodec("aac")
      .audioChannels(2)
      .audioFrequency(48_000)
      .audioBitrate(192);
  }
}

/** Seconds between key frames: how far a player decodes at most after a jump. */
const keyFrameSeconds = 2;
const keyFrames = ({ fps }: VideoStream) => Math.max(1, Math.round((fps || 30) * keyFrameSeconds));

/**
 * A picture whose shorter side is at most `shortSide` px (null: as it is), never larger than the
 * original. H.264 in 4:2:0 wants even sides.
 */
export function burnInSize(
  { width, height }: Pick<VideoStream, "width" | "height">,
  shortSide: number | null,
) {
  const factor = shortSide === null ? 1 : Math.min(1, shortSide / Math.min(width, height));
  const even = (px: number) => Math.max(2, Math.round((px * factor) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/**
 * A value inside a filter's description: read once as the option of a filter, and before that as
 * a part of the chain.
 */
export function filterValue(text: string): string {
  const option = text.replace(/[\\':]/g, "\\$&");
  return option.replace(/[\\'[\],;]/g, "\\$&");
}
