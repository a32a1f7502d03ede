/** What an edge can be drawn to. */
export type SnapKind = "cue" | "playhead" | "shot" | "word" | "speech" | "frame";

export interface Snap {
  ms: number;
  kind: SnapKind;
}

/** Times of one kind, in order. */
export interface SnapTargets {
  kind: Exclude<SnapKind, "frame">;
  times: readonly number[];
}

/** The time of a list in order that is nearest; undefined when there is none. */
export function nearestTime(times: readonly number[], ms: number): number | undefined {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [times[low - 1], times[low]];
  if (before === undefined || after === undefined) return before ?? after;
  return ms - before <= after - ms ? before : after;
}

/**
 * The nearest of the targets within reach; of two at the same place the kind that stands first.
 * Undefined when none is near.
 */
export function nearestSnap(
  ms: number,
  targets: readonly SnapTargets[],
  reachMs: number,
): Snap | undefined {
  let best: Snap | undefined;
  for (const { kind, times } of targets) {
    const time = nearestTime(times, ms);
    if (time === undefined || Math.abs(time - ms) > reachMs) continue;
    if (best && Math.abs(best.ms - ms) <= Math.abs(time - ms)) continue;
    best = { ms: time, kind };
  }
  return best;
}
