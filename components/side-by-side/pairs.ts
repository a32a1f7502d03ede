import type { Cue } from "@/lib/subtitles/model";

/** The part of a document that looking for pairs needs. */
export interface PairedTrack {
  cue: (cueId: string) => Cue | undefined;
  activeAt: (ms: number) => readonly Cue[];
}

/**
 * The cue of another language that stands beside a cue: the one of the same id, the one that it
 * translates, or the one that shows with it longest.
 */
export function pairOf(cue: Cue, other: PairedTrack): Cue | undefined {
  const same = other.cue(cue.id) ?? other.cue(cue.provenance?.translation?.sourceCueId ?? "");
  if (same) return same;
  const middleMs = Math.floor((cue.startMs + cue.endMs) / 2);
  let best: { cue: Cue; ms: number } | undefined;
  for (const ms of [cue.startMs, middleMs, cue.endMs - 1]) {
    for (const candidate of other.activeAt(ms)) {
      const shared =
        Math.min(cue.endMs, candidate.endMs) - Math.max(cue.startMs, candidate.startMs);
      if (shared > (best?.ms ?? 0)) best = { cue: candidate, ms: shared };
    }
  }
  return best?.cue;
}
