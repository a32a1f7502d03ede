import { pairCues } from "@/lib/subtitles/diff/pairs";
import type { Cue, TrackContent } from "@/lib/subtitles/model";
import { sameStyle } from "@/lib/subtitles/style";

/** What of a cue differs; `style` is all that has to do with looks and place. */
export type CueAspect = "text" | "times" | "speaker" | "style";

/** A cue that isn't the same in both; `before` or `after` is absent where it came or went. */
export interface CueDifference {
  /** `moved`: its times alone differ. */
  kind: "added" | "removed" | "changed" | "moved";
  /** Its id afterwards; of one that went, the one it had. */
  cueId: string;
  before?: Cue;
  after?: Cue;
  /** All of them for what came or went: none. */
  aspects: CueAspect[];
}

export interface TrackDiff {
  /** In order of time, where each stands afterwards, or stood. */
  cues: CueDifference[];
  counts: Record<CueDifference["kind"] | "same", number>;
  /** Whether the look of the whole track differs. */
  style: boolean;
}

/**
 * What differs between two states of a track. Cues belong together by id; those of a new run, which
 * has ids of its own, by text and time, see `pairCues`. What differs inside a text: `diffText`.
 */
export function diffTracks(from: TrackContent, to: TrackContent): TrackDiff {
  const pairs = pairCues(from.cues, to.cues);
  const counts = { added: 0, removed: 0, changed: 0, moved: 0, same: 0 };
  const cues: CueDifference[] = [];
  for (const { before, after } of pairs) {
    const difference = differenceOf(before, after);
    counts[difference?.kind ?? "same"] += 1;
    if (difference) cues.push(difference);
  }
  cues.sort((a, b) => startOf(a) - startOf(b));
  return { cues, counts, style: !sameStyle(from.style, to.style) };
}

/** The cues that differ, told apart by id alone: what an edit does. In order of time. */
export function changedCues(from: readonly Cue[], to: readonly Cue[]): CueDifference[] {
  const old = new Map(from.map((cue) => [cue.id, cue]));
  const changes: CueDifference[] = [];
  for (const cue of to) {
    const difference = differenceOf(old.get(cue.id), cue);
    old.delete(cue.id);
    if (difference) changes.push(difference);
  }
  for (const cue of old.values()) {
    const difference = differenceOf(cue, undefined);
    if (difference) changes.push(difference);
  }
  return changes.sort((a, b) => startOf(a) - startOf(b));
}

const startOf = ({ before, after }: CueDifference): number => (after ?? before)?.startMs ?? 0;

function differenceOf(before: Cue | undefined, after: Cue | undefined): CueDifference | undefined {
  if (!before || !after) {
    if (after) return { kind: "added", cueId: after.id, after, aspects: [] };
    return before && { kind: "removed", cueId: before.id, before, aspects: [] };
  }
  const aspects = aspectsOf(before, after);
  if (aspects.length === 0) return undefined;
  const moved = aspects.length === 1 && aspects[0] === "times";
  return { kind: moved ? "moved" : "changed", cueId: after.id, before, after, aspects };
}

function aspectsOf(a: Cue, b: Cue): CueAspect[] {
  if (a === b) return [];
  const aspects: CueAspect[] = [];
  if (a.text !== b.text) aspects.push("text");
  if (a.startMs !== b.startMs || a.endMs !== b.endMs) aspects.push("times");
  if (a.speaker !== b.speaker) aspects.push("speaker");
  const look = sameStyle(a.styleOverrides ?? null, b.styleOverrides ?? null);
  const place = JSON.stringify(a.settings ?? {}) === JSON.stringify(b.settings ?? {});
  if (!look || !place || a.style !== b.style) aspects.push("style");
  return aspects;
}
