import type { Cue } from "@/lib/subtitles/model";
import {
  type EditOperation,
  type SimpleOperation,
  type SubtitleOperation,
  type Touched,
  touches,
} from "@/lib/subtitles/operations";
import type { CueValue, EditConflict } from "./schema";

/**
 * Why an edit can't be kept beside those it hasn't seen: the first value that both sides set
 * differently. `cues` are those of now. Nothing where the edit would change nothing, and where its
 * cue isn't there any more: applying it tells that better.
 */
export function conflictOf(
  edit: EditOperation,
  missed: readonly { operation: SubtitleOperation }[],
  cues: readonly Cue[],
): Omit<EditConflict, "revision"> | undefined {
  if (missed.length === 0) return undefined;
  const isTouched = touchedBy(missed.map(({ operation }) => operation));
  const now = new Map(cues.map((cue) => [cue.id, cue]));
  for (const part of edit.kind === "batch" ? edit.operations : [edit]) {
    for (const wish of wishesOf(part)) {
      if (!isTouched(wish)) continue;
      const cue = now.get(wish.cueId);
      if (!cue && wish.property !== "existence") continue;
      const theirs = presentValue(cue, wish.property);
      if (!sameValue(wish.yours, theirs)) return { ...wish, theirs };
    }
  }
  return undefined;
}

/** Whether any of the operations touches what somebody else wants to change. */
function touchedBy(operations: readonly SubtitleOperation[]): (wish: Touched) => boolean {
  if (operations.some(({ kind }) => kind === "replace")) return () => true;
  const touched = new Map<string, Set<Touched["property"]>>();
  for (const { cueId, property } of operations.flatMap(touches)) {
    const properties = touched.get(cueId) ?? new Set();
    touched.set(cueId, properties.add(property));
  }
  return ({ cueId, property }) => {
    const properties = touched.get(cueId);
    if (!properties) return false;
    return property === "existence" || properties.has("existence") || properties.has(property);
  };
}

interface Wish extends Touched {
  yours: CueValue;
}

/** What an operation would have each property be. */
function wishesOf(part: SimpleOperation): Wish[] {
  switch (part.kind) {
    case "setText":
      return [{ cueId: part.cueId, property: "text", yours: part.text }];
    case "setTimes": {
      const { cueId, startMs, endMs } = part;
      return [{ cueId, property: "times", yours: { startMs, endMs } }];
    }
    case "setSpeaker":
      return [{ cueId: part.cueId, property: "speaker", yours: part.speaker }];
    case "insertCue":
      return [{ cueId: part.cue.id, property: "existence", yours: part.cue.text }];
    case "removeCue":
      return [{ cueId: part.cueId, property: "existence", yours: null }];
    case "replaceCues":
      return [
        ...part.remove.map((cueId): Wish => ({ cueId, property: "existence", yours: null })),
        ...part.insert.map(
          (cue): Wish => ({ cueId: cue.id, property: "existence", yours: cue.text }),
        ),
      ];
  }
}

function presentValue(cue: Cue | undefined, property: Touched["property"]): CueValue {
  if (!cue) return null;
  switch (property) {
    case "times":
      return { startMs: cue.startMs, endMs: cue.endMs };
    case "speaker":
      return cue.speaker ?? null;
    default:
      return cue.text;
  }
}

function sameValue(a: CueValue, b: CueValue): boolean {
  if (a === null || b === null || typeof a === "string" || typeof b === "string") return a === b;
  return a.startMs === b.startMs && a.endMs === b.endMs;
}
