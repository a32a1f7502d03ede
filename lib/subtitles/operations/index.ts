import type { Cue, TrackContent } from "@/lib/subtitles/model";
import { CueDraft } from "@/lib/subtitles/operations/draft";
import type {
  ContentResult,
  CueOperation,
  OperationFailure,
  OperationResult,
  SimpleOperation,
  SubtitleOperation,
} from "@/lib/subtitles/operations/types";
import { sameStyle } from "@/lib/subtitles/style/same-style";

export { compareCues, inTrackOrder } from "@/lib/subtitles/operations/draft";
export { conflictsWith, touches, touchesCue } from "@/lib/subtitles/operations/touching";
export type {
  ContentResult,
  CueEdit,
  CueOperation,
  EditOperation,
  OperationFailure,
  OperationResult,
  SimpleOperation,
  SubtitleOperation,
  Touched,
} from "@/lib/subtitles/operations/types";

/**
 * Applies an operation to a track without changing what is given; see `applyOperation` for cues.
 * The very same track comes back when nothing changed.
 */
export function applyToTrack(content: TrackContent, operation: SubtitleOperation): ContentResult {
  if (operation.kind === "setTrackStyle") {
    const { style } = operation;
    const inverse = { kind: "setTrackStyle" as const, style: content.style };
    const same = sameStyle(style, content.style);
    return { ok: true, content: same ? content : { ...content, style }, inverse };
  }
  if (operation.kind === "replace") return { ok: false, code: "needs_snapshot" };
  const applied = applyOperation(content.cues, operation);
  if (!applied.ok) return applied;
  const { cues, inverse } = applied;
  return { ok: true, content: cues === content.cues ? content : { ...content, cues }, inverse };
}

/**
 * Applies an operation without changing the given cues, which are in a track's order (see
 * `inTrackOrder`), as are those that come back. The list that comes back shares every cue that
 * wasn't touched; it is the very same list when nothing changed.
 */
export function applyOperation(cues: readonly Cue[], operation: CueOperation): OperationResult {
  const draft = new CueDraft(cues);
  const single = operation.kind !== "batch";
  const inverses: SimpleOperation[] = [];
  for (const part of single ? [operation] : operation.operations) {
    const applied = draft.apply(part);
    if (!applied.ok) return applied;
    inverses.push(applied.inverse);
  }
  const [inverse] = inverses;
  if (single && inverse) return { ok: true, cues: draft.list(), inverse };
  const undo = { kind: "batch" as const, operations: inverses.reverse() };
  return { ok: true, cues: draft.list(), inverse: undo };
}

/**
 * Applies many operations to a track, one after the other, for little more than the price of one.
 */
export function applyAllToTrack(
  content: TrackContent,
  operations: Iterable<SubtitleOperation>,
): { ok: true; content: TrackContent } | OperationFailure {
  let style = content.style;
  const cueOperations: CueOperation[] = [];
  for (const operation of operations) {
    if (operation.kind === "replace") return { ok: false, code: "needs_snapshot" };
    if (operation.kind === "setTrackStyle") style = operation.style;
    else cueOperations.push(operation);
  }
  const applied = applyOperations(content.cues, cueOperations);
  if (!applied.ok) return applied;
  const { cues } = applied;
  const same = cues === content.cues && sameStyle(style, content.style);
  return { ok: true, content: same ? content : { cues, style } };
}

/** Applies many operations to cues, one after the other, for little more than the price of one. */
export function applyOperations(
  cues: readonly Cue[],
  operations: Iterable<CueOperation>,
): { ok: true; cues: readonly Cue[] } | OperationFailure {
  const draft = new CueDraft(cues);
  for (const operation of operations) {
    for (const part of operation.kind === "batch" ? operation.operations : [operation]) {
      const applied = draft.apply(part);
      if (!applied.ok) return applied;
    }
  }
  return { ok: true, cues: draft.list() };
}
