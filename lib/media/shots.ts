import "server-only";
import { ffmpegArguments } from "./command";
import { openInput } from "./input";
import { shotLimits } from "./limits";
import { probe } from "./probe";
import { run } from "./run";
import type { FindShotChangesOptions } from "./schema";
import { SHOT_RASTER, ShotFinder } from "./shot-finder";

/** Above this rate pictures are left out: a cut is placed to 17 ms then. */
const FASTEST_FPS = 60;
/** For videos that don't tell their rate. */
const USUAL_FPS = 30;

/**
 * From 1080p on, pictures that no other depends on aren't decoded: that takes 40 % off the work,
 * and places a cut late by a picture or two where it falls on one of them.
 */
const MANY_PIXELS = 1_500_000;

const FRAME_BYTES = SHOT_RASTER.width * SHOT_RASTER.height;

/**
 * Where the picture cuts to another shot: times of first pictures, whole ms, in order; none for a
 * file without moving pictures. Decodes the video once, on low priority.
 * @throws {AppError} those of `probe` and of a failed run; media_timeout on a video that this
 * machine can't decode in about its own length.
 */
export async function findShotChanges(options: FindShotChangesOptions): Promise<number[]> {
  const { path, signal, onProgress } = options;
  const [source, info] = await Promise.all([openInput(path), probe({ path, signal })]);
  if (!info.video) return [];
  const known = info.video.fps >= 1 ? info.video.fps : USUAL_FPS;
  const fps = Math.min(FASTEST_FPS, known);
  const heavy = info.video.width * info.video.height > MANY_PIXELS;
  const shape = [
    `scale=w=${SHOT_RASTER.width}:h=${SHOT_RASTER.height}:flags=area`,
    "format=gray",
    // From time 0 on, so that the number of a picture is its time.
    `fps=fps=${fps}:start_time=0`,
  ].join(",");
  const args = ffmpegArguments(source, (command) =>
    command
      .inputOptions([
        "-skip_frame",
        heavy ? "noref" : "default",
        "-skip_loop_filter",
        "all",
        "-an",
        "-sn",
      ])
      .outputOptions(["-map", "0:V:0", "-vf", shape])
      .outputOptions(["-c:v", "rawvideo", "-f", "rawvideo"])
      .output("pipe:1"),
  );
  const finder = new ShotFinder(fps);
  const expected = Math.max(1, (info.durationMs * fps) / 1000);
  const frame = new Uint8Array(FRAME_BYTES);
  let filled = 0;
  let frames = 0;
  await run({
    tool: "ffmpeg",
    args,
    lane: "shots",
    limits: shotLimits(info.durationMs),
    signal,
    onStdout: (chunk) => {
      for (let at = 0; at < chunk.length; ) {
        const taken = Math.min(FRAME_BYTES - filled, chunk.length - at);
        frame.set(chunk.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled < FRAME_BYTES) continue;
        finder.push(frame);
        filled = 0;
        frames++;
      }
      onProgress?.(Math.min(0.99, frames / expected));
    },
  });
  onProgress?.(1);
  return finder.finish();
}
