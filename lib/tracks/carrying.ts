import type { EditOperation, SimpleOperation } from "@/lib/subtitles/operations";
import type { TrackDraft } from "./track-draft";

interface Times {
  startMs: number;
  endMs: number;
}

/** Cues that an edit moves: from when to when. */
export type CarriedTimes = { cueId: string; from: Times; to: Times }[];

/**
 * The cues that an operation moves, for translations to follow.
 * @param before the track without the operation
 */
export function carriedTimes(operation: EditOperation, before: TrackDraft): CarriedTimes {
  const parts: readonly EditOperation[] =
    operation.kind === "batch" ? operation.operations : [operation];
  const moved = new Map<string, Times>();
  for (const part of parts) {
    if (part.kind === "setTimes") moved.set(part.cueId, part);
  }
  return [...moved].flatMap(([cueId, { startMs, endMs }]) => {
    const cue = before.cue(cueId);
    if (!cue) return [];
    const from = { startMs: cue.startMs, endMs: cue.endMs };
    return [{ cueId, from, to: { startMs, endMs } }];
  });
}

/**
 * What lets a translation follow: those of its cues go along that stood where the source's did.
 * One that has been given times of its own keeps them. Undefined: none goes along.
 */
export function following(times: CarriedTimes, translation: TrackDraft): EditOperation | undefined {
  const operations = times.flatMap(({ cueId, from, to }): SimpleOperation[] => {
    const cue = translation.cue(cueId);
    const together = cue && cue.startMs === from.startMs && cue.endMs === from.endMs;
    return together ? [{ kind: "setTimes", cueId, ...to }] : [];
  });
  const [only] = operations;
  if (!only) return undefined;
  return operations.length === 1 ? only : { kind: "batch", operations };
}
