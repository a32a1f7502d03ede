import type { Cue } from "@/lib/subtitles/model";
import type {
  CueOperation,
  EditOperation,
  SimpleOperation,
} from "@/lib/subtitles/operations/types";

/**
 * What new times of a source mean for a translation: cues of the same id that had the source's old
 * times get its new ones. Those that were timed on their own stay, and so does everything that
 * isn't time. Undefined where nothing follows.
 *
 * `source`: the source's cues before the operation; `target`: the translation's.
 */
export function carryTimes(
  operation: EditOperation,
  source: readonly Cue[],
  target: readonly Cue[],
): CueOperation | undefined {
  const wanted = newTimes(operation);
  if (wanted.size === 0) return undefined;
  const old = new Map(source.filter(({ id }) => wanted.has(id)).map((cue) => [cue.id, cue]));
  const parts: SimpleOperation[] = [];
  for (const cue of target) {
    const [before, after] = [old.get(cue.id), wanted.get(cue.id)];
    if (!before || !after) continue;
    const shared = cue.startMs === before.startMs && cue.endMs === before.endMs;
    const moves = cue.startMs !== after.startMs || cue.endMs !== after.endMs;
    if (shared && moves) parts.push({ kind: "setTimes", cueId: cue.id, ...after });
  }
  const [only] = parts;
  return parts.length === 1 ? only : only && { kind: "batch", operations: parts };
}

/** The times that an operation leaves cues with; those that it makes or takes away have none. */
function newTimes(operation: EditOperation): Map<string, { startMs: number; endMs: number }> {
  const times = new Map<string, { startMs: number; endMs: number }>();
  if (operation.kind === "setTrackStyle") return times;
  for (const part of operation.kind === "batch" ? operation.operations : [operation]) {
    if (part.kind === "setTimes") {
      times.set(part.cueId, { startMs: part.startMs, endMs: part.endMs });
    }
    if (part.kind === "removeCue") times.delete(part.cueId);
    if (part.kind === "insertCue") times.delete(part.cue.id);
    if (part.kind === "replaceCues") {
      for (const id of [...part.remove, ...part.insert.map((cue) => cue.id)]) times.delete(id);
    }
  }
  return times;
}
