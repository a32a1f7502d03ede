import type { Cue } from "@/lib/subtitles/model";

/**
 * One edit of a track. Every operation has an exact inverse, so that undo is one more operation
 * in the log, and says what it touches, so that edits by two people can be merged.
 */
export type SubtitleOperation = {
  kind: "setText";
  cueId: string;
  /** Light markup, see `Cue.text`. */
  text: string;
};

export type OperationResult =
  | { ok: true; cues: readonly Cue[]; inverse: SubtitleOperation }
  /** The cue is not there, most likely because someone else deleted it. */
  | { ok: false; code: "cue_not_found"; cueId: string };

/** A property of a cue; two edits of different ones always merge. */
export interface Touched {
  cueId: string;
  property: "text";
}

/**
 * Applies an operation without changing the given cues. The list that comes back shares every
 * cue that wasn't touched; it is the very same list when nothing changed.
 */
export function applyOperation(
  cues: readonly Cue[],
  operation: SubtitleOperation,
): OperationResult {
  const { cueId, text } = operation;
  const index = cues.findIndex((cue) => cue.id === cueId);
  const before = cues[index];
  if (before === undefined) return { ok: false, code: "cue_not_found", cueId };
  const inverse: SubtitleOperation = { kind: "setText", cueId, text: before.text };
  if (before.text === text) return { ok: true, cues, inverse };
  return { ok: true, cues: cues.with(index, { ...before, text }), inverse };
}

/** What an operation changes. */
export function touches(operation: SubtitleOperation): Touched[] {
  return [{ cueId: operation.cueId, property: "text" }];
}

/**
 * Whether two operations made on the same revision can't both be kept. Two that do the very same
 * thing can.
 */
export function conflictsWith(a: SubtitleOperation, b: SubtitleOperation): boolean {
  const others = touches(b);
  const same = touches(a).some(({ cueId, property }) =>
    others.some((other) => other.cueId === cueId && other.property === property),
  );
  return same && a.text !== b.text;
}
