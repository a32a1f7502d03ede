import type { UploadProgress } from "./types";

/** Parts finish in bursts, several at once; fewer of them would make the figure jump. */
const WINDOW_PARTS = 16;
/** A figure from less time than this says nothing. */
const MIN_SPAN_MS = 500;

/** Speed over the last finished parts. */
export interface SpeedMeter {
  /** Sending starts, or goes on after a pause: what came before doesn't count. */
  start(sentBytes: number, nowMs: number): void;
  /** A part has finished. */
  add(sentBytes: number, nowMs: number): void;
  progress(sentBytes: number, totalBytes: number, nowMs: number): UploadProgress;
}

export function createSpeedMeter(): SpeedMeter {
  let points: { atMs: number; sentBytes: number }[] = [];
  return {
    start(sentBytes, nowMs) {
      points = [{ atMs: nowMs, sentBytes }];
    },
    add(sentBytes, nowMs) {
      points = [...points, { atMs: nowMs, sentBytes }].slice(-WINDOW_PARTS - 1);
    },
    progress(sentBytes, totalBytes, nowMs) {
      const bytesPerSecond = speed(points);
      const lastMs = points.at(-1)?.atMs ?? nowMs;
      const msLeft =
        bytesPerSecond === null
          ? null
          : Math.max(0, ((totalBytes - sentBytes) / bytesPerSecond) * 1000 - (nowMs - lastMs));
      return { sentBytes, totalBytes, bytesPerSecond, msLeft };
    },
  };
}

function speed(points: { atMs: number; sentBytes: number }[]): number | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || last.sentBytes <= first.sentBytes) return null;
  const spanMs = last.atMs - first.atMs;
  return spanMs < MIN_SPAN_MS ? null : ((last.sentBytes - first.sentBytes) / spanMs) * 1000;
}
