import "server-only";
import { AppError } from "@/lib/errors";
import { type FfmpegCommand, ffmpegArguments, progressReader, reportProgress } from "./command";
import { openInput } from "./input";
import { previewLimits, threads } from "./limits";
import { writeWhole } from "./output";
import { chooseAudio } from "./policy";
import { type PreviewPlan, planPreview } from "./preview-plan";
import { run } from "./run";
import type { MakePreviewOptions, VideoStream } from "./schema";

/** px; enough to judge captions by, a quarter of the work of 1080p. */
const LONGEST_SIDE = 1280;

/** Seconds between key frames: how far a player decodes at most after a jump. */
const KEY_FRAME_SECONDS = 2;

/**
 * An MP4 that every browser plays, with the picture upright and time 0 where the original's is.
 * What browsers can already decode is copied; a file that plays as it is is still remade into
 * an MP4 with its index at the front.
 * @returns what was copied and what encoded.
 * @throws {AppError} video_stream_missing, and those of a failed run.
 */
export async function makePreview(options: MakePreviewOptions): Promise<PreviewPlan> {
  const { input, output, info, durationMs, signal, onProgress } = options;
  const video = info.video;
  if (!video) throw new AppError("video_stream_missing");
  const plan = planPreview(info, info.playableInBrowser) ?? { video: "copy", audio: "copy" };
  const audio = chooseAudio(info.audio);
  const source = await openInput(input);
  await writeWhole(output, async (temporary) => {
    const args = ffmpegArguments(source, (command) => {
      command.outputOptions(["-map", `0:${video.index}`]);
      if (audio && plan.audio !== "none") command.outputOptions(["-map", `0:${audio.index}`]);
      describeVideo(command, plan, video);
      describeAudio(command, plan);
      return command
        .outputOptions(["-map_metadata", "-1", "-max_muxing_queue_size", "4096"])
        .outputOptions(["-movflags", "+faststart", ...reportProgress])
        .format("mp4")
        .output(temporary);
    });
    await run({
      tool: "ffmpeg",
      args,
      lane: "preview",
      limits: previewLimits(durationMs),
      signal,
      onStdout: progressReader(durationMs, onProgress),
    });
  });
  onProgress?.(1);
  return plan;
}

function describeVideo(command: FfmpegCommand, plan: PreviewPlan, video: VideoStream): void {
  if (plan.video === "copy") {
    command.videoCodec("copy");
    return;
  }
  const { width, height } = previewSize(video);
  const gop = Math.max(1, Math.round((video.fps || 30) * KEY_FRAME_SECONDS));
  command
    .videoCodec("libx264")
    .videoFilters([
      ...(video.interlaced ? ["yadif"] : []),
      `scale=${width}:${height}:flags=bicubic`,
      "setsar=1",
    ])
    .outputOptions(["-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p"])
    .outputOptions(["-g", String(gop), "-threads", String(threads)]);
}

function describeAudio(command: FfmpegCommand, plan: PreviewPlan): void {
  if (plan.audio === "none") command.noAudio();
  else if (plan.audio === "copy") command.audioCodec("copy");
  else {
    command
      .audioFilters("aresample=async=1:first_pts=0")
      .audioCodec("aac")
      .audioChannels(2)
      .audioFrequency(48_000)
      .audioBitrate(128);
  }
}

/** Fits into `LONGEST_SIDE`, never larger than the original; H.264 in 4:2:0 wants even sides. */
export function previewSize({ width, height }: Pick<VideoStream, "width" | "height">) {
  const factor = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const even = (px: number) => Math.max(2, Math.round((px * factor) / 2) * 2);
  return { width: even(width), height: even(height) };
}
