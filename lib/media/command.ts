import "server-only";
import ffmpeg, { type FfmpegCommand } from "fluent-ffmpeg";
import { inputOptions, type MediaInput, pictureLimit } from "./input";
import { threads } from "./limits";

export type { FfmpegCommand };

/**
 * The one place that uses fluent-ffmpeg, and only to write arguments: its own runner knows
 * neither process groups nor limits, asks ffmpeg for its formats and encoders before each run,
 * and reads progress from text meant for people. `run` does those.
 *
 * Options go in as an array made by us; none holds exactly one space, which the library would
 * take for two arguments.
 */
export function ffmpegArguments(
  input: MediaInput,
  shape: (command: FfmpegCommand) => FfmpegCommand,
  { seekMs = 0, lengthMs }: { seekMs?: number; lengthMs?: number } = {},
): string[] {
  const command = ffmpeg().input(input.path).inputOptions(inputOptions(input.kind, "ffmpeg"));
  if (input.kind !== "wav") command.inputOptions(pictureLimit);
  command.inputOptions(["-threads", String(threads)]);
  if (seekMs > 0) command.inputOptions(["-ss", seconds(seekMs)]);
  if (lengthMs !== undefined) command.inputOptions(["-t", seconds(lengthMs)]);
  return [
    ...["-nostdin", "-hide_banner", "-v", "error", "-nostats"],
    ...shape(command)._getArguments().map(String),
  ];
}

/** `1234` ms as `1.234`. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Makes ffmpeg write `key=value` blocks to its standard output; read by `progressReader`. */
export const reportProgress: string[] = ["-progress", "pipe:1"];

/**
 * Turns those blocks into fractions of `durationMs`, at most 0.99: the rest is the file's move
 * into place. `out_time_ms` is in microseconds as well, hence `out_time_us`.
 */
export function progressReader(
  durationMs: number,
  onProgress: ((fraction: number) => void) | undefined,
): (chunk: Buffer) => void {
  let rest = "";
  let last = 0;
  return (chunk) => {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const microseconds = /^out_time_us=(\d+)$/.exec(line.trim())?.[1];
      if (!microseconds || durationMs <= 0) continue;
      const fraction = Math.min(0.99, Number(microseconds) / 1000 / durationMs);
      if (fraction <= last) continue;
      last = fraction;
      onProgress?.(fraction);
    }
  };
}
