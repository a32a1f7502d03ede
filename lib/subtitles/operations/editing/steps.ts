import { touches } from "@/lib/subtitles/operations/touching";
import type {
  CueEdit,
  EditOperation,
  SimpleOperation,
  SubtitleOperation,
  Touched,
} from "@/lib/subtitles/operations/types";

/** An edit with what takes it back. */
export interface Revertible {
  operation: SubtitleOperation;
  inverse: SubtitleOperation;
}

/**
 * Edits as fewer: those of one group that follow each other and set the same property of the same
 * cue become one, which keeps everything of the first but says what the last said. Typing a line is
 * then one edit, and taking it back brings the text that was there before.
 */
export function coalesce<Edit extends { groupId: string; operation: EditOperation }>(
  edits: readonly Edit[],
): Edit[] {
  const kept: Edit[] = [];
  for (const edit of edits) {
    const last = kept.at(-1);
    const together =
      last !== undefined &&
      last.groupId === edit.groupId &&
      setsSame(last.operation, edit.operation);
    if (together) kept[kept.length - 1] = { ...last, operation: edit.operation };
    else kept.push(edit);
  }
  return kept;
}

function setsSame(a: EditOperation, b: EditOperation): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "setTrackStyle") return true;
  return isCueEdit(a) && isCueEdit(b) && a.cueId === b.cueId;
}

function isCueEdit(operation: EditOperation): operation is CueEdit {
  return ["setText", "setTimes", "setSpeaker", "setStyle"].includes(operation.kind);
}

/**
 * What takes a group of edits back, given in the order in which they were made: their inverses in
 * reverse order, as few operations as can be. More than one where the look of the whole track is
 * among them, or a version.
 */
export function invertGroup(edits: readonly Pick<Revertible, "inverse">[]): SubtitleOperation[] {
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
 * What of a step somebody else has changed since, so that taking it back would undo their work:
 * the same property of the same cue, or whether that cue is there. Undefined: it can be taken back.
 * `later`: the edits of others after the step. Their `replace` changes everything.
 */
export function changedSince(
  step: readonly Pick<Revertible, "operation">[],
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

/** Whether a step can be taken back without undoing what others did after it; see `changedSince`. */
export function undoable(
  step: readonly Pick<Revertible, "operation">[],
  later: readonly SubtitleOperation[],
): boolean {
  return changedSince(step, later) === undefined;
}
