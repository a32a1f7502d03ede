import type { Cue } from "@/lib/subtitles/model";

/** Answers which cues are on the screen at a time; made once per list of cues. */
export interface CueIndex {
  /** The cues with startMs <= ms < endMs, in order of their starts. */
  activeAt(ms: number): Cue[];
  /** The cues with startMs <= toMs and fromMs < endMs, in order of their starts. */
  activeBetween(fromMs: number, toMs: number): Cue[];
}

const none: Cue[] = [];

/**
 * Binary search over the starts, then back only as far as the running maximum of the ends says
 * that something may still be showing: a handful of steps unless a cue lasts very long. When
 * nothing is active the very same empty array comes back, so callers can compare by identity.
 */
export function cueIndex(cues: readonly Cue[]): CueIndex {
  const sorted = cues
    .filter((cue) => cue.endMs > cue.startMs)
    .sort((a, b) => a.startMs - b.startMs);
  const starts = Float64Array.from(sorted, (cue) => cue.startMs);
  const latestEnds = new Float64Array(sorted.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (const [i, cue] of sorted.entries()) {
    latest = Math.max(latest, cue.endMs);
    latestEnds[i] = latest;
  }

  const activeBetween = (fromMs: number, toMs: number) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= toMs) low = middle + 1;
      else high = middle;
    }
    const active: Cue[] = [];
    for (let i = low - 1; i >= 0 && (latestEnds[i] ?? 0) > fromMs; i--) {
      const cue = sorted[i];
      if (cue && cue.endMs > fromMs) active.push(cue);
    }
    return active.length === 0 ? none : active.reverse();
  };
  return { activeBetween, activeAt: (ms) => activeBetween(ms, ms) };
}
