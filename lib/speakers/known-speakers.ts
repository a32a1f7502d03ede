import type { SpeakerTurn } from "@/lib/speech/diarization/types";

/** A stretch whose speaker is known from before: a cue of the track that a job makes anew. */
export interface KnownStretch {
  startMs: number;
  endMs: number;
  /** Key of a speaker. */
  speaker?: string | undefined;
}

/** So much of the time of both must be shared before two are held to be one person. */
const sharedShare = 0.6;

/**
 * Which speakers of the new turns are those known before: names that people gave, and lines that
 * they corrected, then hold for the new subtitles too. Each is matched with one at most.
 */
export function matchKnownSpeakers(
  turns: readonly SpeakerTurn[],
  known: readonly KnownStretch[],
): Map<string, string> {
  const shared = new Map<string, Map<string, number>>();
  const before = new Map<string, number>();
  const after = new Map<string, number>();
  const stretches = known.toSorted((a, b) => a.startMs - b.startMs);
  let first = 0;
  for (const { startMs, endMs, speaker } of turns.toSorted((a, b) => a.startMs - b.startMs)) {
    while (first < stretches.length && (stretches[first]?.endMs ?? 0) <= startMs) first += 1;
    for (let at = first; at < stretches.length; at++) {
      const stretch = stretches[at];
      if (!stretch || stretch.startMs >= endMs) break;
      const ms = Math.min(endMs, stretch.endMs) - Math.max(startMs, stretch.startMs);
      if (ms <= 0 || stretch.speaker === undefined) continue;
      const row = shared.get(speaker) ?? new Map<string, number>();
      row.set(stretch.speaker, (row.get(stretch.speaker) ?? 0) + ms);
      shared.set(speaker, row);
      after.set(speaker, (after.get(speaker) ?? 0) + ms);
      before.set(stretch.speaker, (before.get(stretch.speaker) ?? 0) + ms);
    }
  }
  const matches = new Map<string, string>();
  for (const [speaker, row] of shared) {
    for (const [key, ms] of row) {
      const least = sharedShare * Math.max(after.get(speaker) ?? 0, before.get(key) ?? 0);
      if (ms >= least) matches.set(speaker, key);
    }
  }
  return matches;
}
