import type { Cue } from "@/lib/subtitles/model";
import type {
  CueOperation,
  SimpleOperation,
  SubtitleOperation,
  Touched,
} from "@/lib/subtitles/operations/types";
import { sameStyle, styleKey } from "@/lib/subtitles/style/same-style";

/** What an operation changes. Nothing by name for `replace`, which changes the whole track. */
export function touches(operation: SubtitleOperation): Touched[] {
  if (operation.kind === "replace") return [];
  if (operation.kind === "setTrackStyle") return [{ cueId: "", property: "style" }];
  return parts(operation).flatMap(touchedBy);
}

/** Whether an operation changes this cue. */
export function touchesCue(operation: SubtitleOperation, cueId: string): boolean {
  if (operation.kind === "replace") return true;
  return touches(operation).some((each) => each.cueId === cueId);
}

/**
 * Whether two operations made on the same revision can't both be kept. Two that set the very same
 * value can; a cue can't come or go twice.
 */
export function conflictsWith(a: SubtitleOperation, b: SubtitleOperation): boolean {
  if (a.kind === "replace" || b.kind === "replace") return true;
  if (a.kind === "setTrackStyle" || b.kind === "setTrackStyle") {
    return a.kind === "setTrackStyle" && b.kind === "setTrackStyle" && !sameStyle(a.style, b.style);
  }
  const known = outcomes(a);
  for (const [cueId, properties] of outcomes(b)) {
    const others = known.get(cueId);
    if (others === undefined) continue;
    if (properties.has("existence") || others.has("existence")) return true;
    for (const [property, value] of properties) {
      if (others.has(property) && others.get(property) !== value) return true;
    }
  }
  return false;
}

function parts(operation: CueOperation): SimpleOperation[] {
  return operation.kind === "batch" ? operation.operations : [operation];
}

function touchedBy(operation: SimpleOperation): Touched[] {
  const existence = (cueId: string): Touched => ({ cueId, property: "existence" });
  switch (operation.kind) {
    case "setText":
      return [{ cueId: operation.cueId, property: "text" }];
    case "setTimes":
      return [{ cueId: operation.cueId, property: "times" }];
    case "setSpeaker":
      return [{ cueId: operation.cueId, property: "speaker" }];
    case "setStyle":
      return [{ cueId: operation.cueId, property: "style" }];
    case "insertCue":
      return [existence(operation.cue.id)];
    case "removeCue":
      return [existence(operation.cueId)];
    case "replaceCues":
      return unique([...operation.remove, ...operation.insert.map(idOf)]).map(existence);
  }
}

const idOf = (cue: Cue) => cue.id;
const unique = (ids: string[]) => [...new Set(ids)];

/** What an operation makes of each property that it touches, by cue; a batch's last word counts. */
function outcomes(operation: CueOperation): Map<string, Map<Touched["property"], string | null>> {
  const found = new Map<string, Map<Touched["property"], string | null>>();
  for (const part of parts(operation)) {
    for (const { cueId, property } of touchedBy(part)) {
      const properties = found.get(cueId) ?? new Map<Touched["property"], string | null>();
      properties.set(property, outcome(part));
      found.set(cueId, properties);
    }
  }
  return found;
}

function outcome(operation: SimpleOperation): string | null {
  switch (operation.kind) {
    case "setText":
      return operation.text;
    case "setTimes":
      return `${operation.startMs} ${operation.endMs}`;
    case "setSpeaker":
      return operation.speaker;
    case "setStyle":
      return styleKey(operation.style);
    default:
      return null;
  }
}
