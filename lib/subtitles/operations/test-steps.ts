import { touches } from "@/lib/subtitles/operations/touching";
import type { SimpleOperation, SubtitleOperation, Touched } from "@/lib/subtitles/operations/types";

/**
 * What takes a group of edits back, given in the order in which they were made: their inverses in
 * reverse order, as few operations as can be. More than one where the look of the whole track is
 * among them, or a version.
 */
export function invertGroup(edits: readonly { inverse: SubtitleOperation }[]): SubtitleOperation[] {
  const inverses: SubtitleOperation[] = [];
  let parts: SimpleOperation[] = [];
  const flush = () => {
    const [only] = parts;
    if (parts.length === 1 && only) inverses.push(only);
    else if (parts.length > 1) inverses.push({ kind: "batch", operations: parts });
    parts = [];
  };
  for (const { inverse } of edits.toReversed()) {
    if (inverse.kind === "batch") parts.push(...inverse.operations);
    else if (inverse.kind === "replace" || inverse.kind === "setTrackStyle") {
      flush();
      inverses.push(inverse);
    } else parts.push(inverse);
  }
  flush();
  return inverses;
}

/**
 * What of a step has been changed since by what stays: the same property of the same cue, or
 * whether that cue is there. Undefined: it can be taken back. `later`: the edits of others after the
 * step, and one's own that stay. A `replace` changes everything.
 */
export function changedSince(
  step: readonly { operation: SubtitleOperation }[],
  later: readonly SubtitleOperation[],
): Touched | undefined {
  const mine = step.flatMap(({ operation }) => touches(operation));
  if (later.some(({ kind }) => kind === "replace")) {
    return mine[0] ?? { cueId: "", property: "existence" };
  }
  const theirs = new Map<string, Set<Touched["property"]>>();
  for (const { cueId, property } of later.flatMap(touches)) {
    theirs.set(cueId, (theirs.get(cueId) ?? new Set()).add(property));
  }
  return mine.find(({ cueId, property }) => {
    const properties = theirs.get(cueId);
    if (!properties) return false;
    return property === "existence" || properties.has("existence") || properties.has(property);
  });
}
