import type { Cue } from "@/lib/subtitles/model";
import {
  type Edited,
  edited,
  leastTimes,
  type Making,
  refused,
} from "@/lib/subtitles/operations/editing/edited";

/** How long a new cue lasts where nothing is in the way. */
export const newCueMs = 2_000;

export type InsertPlace = { after: string } | { before: string } | { atMs: number };

export interface InsertOptions extends Making {
  /** The track's, in its order. */
  cues: readonly Cue[];
  place: InsertPlace;
  id: string;
  /** Light markup; absent: an empty cue to write into. */
  text?: string;
  /** Length of the video: nothing begins or ends after it. */
  durationMs?: number | undefined;
  /** It may lie over the next cue where there is no room. Absent: that is refused. */
  overlap?: boolean;
}

/** A new cue beside another, or at a time, in the room that the others leave it. */
export function insertCue({ cues, place, id, text = "", ...options }: InsertOptions): Edited {
  const span = spanAt(cues, place, { ...options, wantedMs: newCueMs });
  return "reason" in span
    ? refused(span.reason)
    : edited([{ kind: "insertCue", cue: { id, ...span, text } }]);
}

/** A cue once more, after itself: its text, speaker and looks, not where they came from. */
export function duplicateCue({
  cues,
  cueId,
  id,
  ...options
}: Omit<InsertOptions, "place" | "text"> & { cueId: string }): Edited {
  const cue = cues.find((other) => other.id === cueId);
  if (!cue) return refused("cue_not_found");
  const wantedMs = cue.endMs - cue.startMs;
  const span = spanAt(cues, { after: cueId }, { ...options, wantedMs });
  if ("reason" in span) return refused(span.reason);
  const { words: _, provenance: __, sourceId: ___, ...kept } = cue;
  return edited([{ kind: "insertCue", cue: { ...kept, id, ...span } }]);
}

/** Cues that go; those that are gone already don't matter. */
export function deleteCues(cues: readonly Cue[], ids: ReadonlySet<string>): Edited {
  const going = cues.filter(({ id }) => ids.has(id));
  if (going.length === 0) return refused("cue_not_found");
  return edited(going.map(({ id: cueId }) => ({ kind: "removeCue", cueId })));
}

interface Wish extends Making {
  wantedMs: number;
  durationMs?: number | undefined;
  overlap?: boolean;
}

type Span = { startMs: number; endMs: number } | { reason: "cue_not_found" | "no_room" };

function spanAt(cues: readonly Cue[], place: InsertPlace, wish: Wish): Span {
  const { gapMs } = leastTimes(wish);
  const given = "after" in place ? place.after : "before" in place ? place.before : undefined;
  const at = given === undefined ? -1 : cues.findIndex(({ id }) => id === given);
  const cue = cues[at];
  if (given !== undefined && !cue) return { reason: "cue_not_found" };
  if (cue && "before" in place) return spanBefore(cues, at, wish);
  const afterMs = cue
    ? cue.endMs + gapMs
    : Math.max(0, Math.round("atMs" in place ? place.atMs : 0));
  return spanFrom(cues, afterMs, wish);
}

/** From a time on, or from the end of what shows then, up to the next cue. */
function spanFrom(cues: readonly Cue[], fromMs: number, wish: Wish): Span {
  const { gapMs, cueMs } = leastTimes(wish);
  const endOfVideo = wish.durationMs ?? Number.POSITIVE_INFINITY;
  let startMs = fromMs;
  let nextMs = endOfVideo + gapMs;
  for (const cue of cues) {
    if (cue.startMs - gapMs >= startMs + cueMs) {
      nextMs = Math.min(nextMs, cue.startMs);
      break;
    }
    if (cue.endMs + gapMs > startMs && wish.overlap !== true) startMs = cue.endMs + gapMs;
  }
  const limit = Math.min(endOfVideo, nextMs - gapMs);
  // What comes long after the wanted place isn't there any more.
  if (startMs - fromMs > nearMs || startMs + cueMs > limit) return { reason: "no_room" };
  return { startMs, endMs: Math.min(startMs + wish.wantedMs, limit) };
}

/** A new cue may begin this much later than where it was wanted. */
const nearMs = 1_000;

/** Up to the start of a cue, from the end of what shows before it. */
function spanBefore(cues: readonly Cue[], at: number, wish: Wish): Span {
  const { gapMs, cueMs } = leastTimes(wish);
  const endMs = (cues[at]?.startMs ?? 0) - gapMs;
  let freeMs = 0;
  for (const cue of cues.slice(0, at)) freeMs = Math.max(freeMs, cue.endMs + gapMs);
  const startMs = Math.max(0, endMs - wish.wantedMs);
  if (wish.overlap === true && endMs - startMs >= cueMs) return { startMs, endMs };
  return endMs - Math.max(startMs, freeMs) < cueMs
    ? { reason: "no_room" }
    : { startMs: Math.max(startMs, freeMs), endMs };
}
