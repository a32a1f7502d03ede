import "server-only";
import { rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { ffmpegArguments } from "./command";
import { type MediaInput, openInput } from "./input";
import { limits } from "./limits";
import { writeWhole } from "./output";
import { run } from "./run";
import type { MakeThumbnailOptions } from "./schema";

/** Where to look, as fractions of the length: past titles first, then further in. */
const places = [0.1, 0.25, 0.5, 0.75];

/** Frames the `thumbnail` filter compares; it keeps the one nearest to their mean histogram. */
const CANDIDATES = 50;

/** Each picture is also judged as grey values on a raster this small. */
const RASTER = { width: 32, height: 18 };

/** Of 255. Limited-range black is 16; faded-in pictures and dark scenes pass from here on. */
const DARKEST_MEAN = 24;

/** Standard deviation of the grey values; a plain card with a small title has about 10. */
const FLATTEST_SPREAD = 6;

interface Look {
  mean: number;
  spread: number;
}

/**
 * A picture of the video that shows something: not black, not one plain colour, unless the whole
 * video is. Upright, with square pixels.
 * @throws {AppError} media_failed when no picture can be decoded, and those of a failed run.
 */
export async function makeThumbnail(options: MakeThumbnailOptions): Promise<void> {
  const { output, durationMs, signal } = options;
  const source = await openInput(options.input);
  await writeWhole(output, async (temporary) => {
    let best: { seekMs: number; look: Look } | undefined;
    let lastTried = -1;
    const attempt = async (seekMs: number) => {
      lastTried = seekMs;
      return takePicture({ ...options, source, seekMs, temporary });
    };
    for (const place of places) {
      const seekMs = Math.floor(durationMs * place);
      const look = await attempt(seekMs);
      if (!look) continue;
      if (!best || look.spread > best.look.spread) best = { seekMs, look };
      if (look.mean >= DARKEST_MEAN && look.spread >= FLATTEST_SPREAD) return;
      signal?.throwIfAborted();
    }
    const seekMs = best?.seekMs ?? 0;
    if (lastTried === seekMs && best) return;
    if (!(await attempt(seekMs))) throw new AppError("media_failed", { detail: "no picture" });
  });
}

interface PictureOptions extends MakeThumbnailOptions {
  source: MediaInput;
  seekMs: number;
  temporary: string;
}

/** Writes one picture; undefined when there was none to write at that place. */
async function takePicture(options: PictureOptions): Promise<Look | undefined> {
  const { source, seekMs, temporary, width, output, signal } = options;
  const webp = path.extname(output) === ".webp";
  const shape = `scale=w='min(${width},trunc(iw*sar/2)*2)':h=-2,setsar=1`;
  const graph = [
    // Scaled first: the filter keeps its candidates, and fifty of 8K would be gigabytes.
    `[0:V:0]${shape},thumbnail=${CANDIDATES},split[picture][small]`,
    `[small]scale=${RASTER.width}:${RASTER.height}:flags=area,format=gray[raster]`,
  ].join(";");
  const args = ffmpegArguments(
    source,
    (command) =>
      command
        .outputOptions(["-filter_complex", graph])
        .outputOptions(["-map", "[picture]", "-frames:v", "1", "-map_metadata", "-1"])
        .outputOptions(
          webp
            ? ["-c:v", "libwebp", "-quality", "80"]
            : ["-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"],
        )
        // Without `update` a percent sign in the path would be read as a frame number.
        .outputOptions(["-f", "image2", "-update", "1"])
        .output(temporary)
        .output("pipe:1")
        .outputOptions(["-map", "[raster]", "-frames:v", "1", "-c:v", "rawvideo"])
        .outputOptions(["-f", "rawvideo"]),
    { seekMs },
  );
  await rm(temporary, { force: true });
  const chunks: Buffer[] = [];
  await run({
    tool: "ffmpeg",
    args,
    lane: "quick",
    limits: limits.thumbnail,
    signal,
    onStdout: (chunk) => chunks.push(chunk),
  });
  const grey = Buffer.concat(chunks);
  return grey.length === RASTER.width * RASTER.height ? judge(grey) : undefined;
}

function judge(grey: Uint8Array): Look {
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const squares = grey.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / grey.length) };
}
