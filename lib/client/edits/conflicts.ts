import type { ErrorCode } from "@/lib/errors";
import type { Cue } from "@/lib/subtitles/model";
import {
  conflictsWith,
  type EditOperation,
  type SimpleOperation,
  type Touched,
} from "@/lib/subtitles/operations";
import type { CueValue, EditConflict, Person } from "@/lib/tracks/schema";
import type { EditOutcome, LoggedEdit } from "@/lib/tracks/sync-schema";
import { effectsOf, partsOf, withEffects } from "./effects";
import type { PendingEdit } from "./pending-edits";
import type { TrackDocument } from "./track-document";

/** Something that only the person can decide. Until then the person's own value is shown. */
export interface OpenConflict {
  id: string;
  /**
   * `changed`: somebody else set the same meanwhile. `gone`: the cue isn't there any more.
   * `refused`: the server won't take it, see `code`.
   */
  kind: "changed" | "gone" | "refused";
  /** "": the track's style. */
  cueId: string;
  property: Touched["property"];
  yours: CueValue;
  theirs: CueValue;
  by: Person | null;
  code: ErrorCode | null;
  /** The edits that wait for the answer. */
  clientOpIds: readonly string[];
}

/** What the server says against an edit. */
export type Objection = Exclude<EditOutcome, { status: "stored" | "held" }>;

/** The cue and property that an objection is about. */
export function subjectOf(objection: Objection, edit: PendingEdit): Touched {
  if (objection.status === "conflict") return objection.conflict;
  if (objection.status === "gone") return { cueId: objection.cueId, property: "existence" };
  const [cueId = ""] = effectsOf(edit.operation).keys();
  return { cueId, property: "existence" };
}

/** The question that an objection leads to. */
export function conflictFrom(
  objection: Objection,
  edit: PendingEdit,
  document: TrackDocument,
): OpenConflict {
  const { cueId, property } = subjectOf(objection, edit);
  const found: EditConflict | undefined =
    objection.status === "conflict" ? objection.conflict : undefined;
  return {
    id: edit.clientOpId,
    kind: objection.status === "conflict" ? "changed" : objection.status,
    cueId,
    property,
    yours: found ? found.yours : (ownText(edit, cueId) ?? document.cue(cueId)?.text ?? null),
    theirs: found ? found.theirs : confirmedValue(document, cueId, property),
    by: found?.by ?? null,
    code: objection.status === "refused" ? objection.code : null,
    clientOpIds: [edit.clientOpId],
  };
}

function ownText(edit: PendingEdit, cueId: string): string | undefined {
  const effects = effectsOf(edit.operation).get(cueId);
  const kept = edit.cues?.find(({ id }) => id === cueId);
  return withEffects(kept, effects)?.text;
}

/** What the server has for a property. */
export function confirmedValue(
  document: TrackDocument,
  cueId: string,
  property: Touched["property"],
): CueValue {
  return propertyOf(document.confirmedCue(cueId), document.confirmedStyle, { cueId, property });
}

/** What is shown for a property, the person's own edits included. */
export function shownValue(
  document: TrackDocument,
  cueId: string,
  property: Touched["property"],
): CueValue {
  return propertyOf(document.cue(cueId), document.style, { cueId, property });
}

function propertyOf(cue: Cue | undefined, style: CueValue, { cueId, property }: Touched): CueValue {
  if (cueId === "") return style;
  if (!cue) return null;
  switch (property) {
    case "times":
      return { startMs: cue.startMs, endMs: cue.endMs };
    case "speaker":
      return cue.speaker ?? null;
    case "style":
      return cue.styleOverrides ?? null;
    default:
      return cue.text;
  }
}

const setsOneThing = (part: SimpleOperation) =>
  part.kind !== "insertCue" && part.kind !== "replaceCues";

/**
 * What of an edit the objection is about, and what can go on without it. Only of edits whose parts
 * don't need each other; of others everything waits. A cue that was to go and is gone leaves nothing
 * to do.
 */
export function divide(
  edit: PendingEdit,
  objection: Objection,
  log: readonly LoggedEdit[],
): { waiting: EditOperation | null; going: EditOperation | null } {
  const parts = partsOf(edit.operation);
  if (objection.status === "refused" || !parts.every(setsOneThing) || parts.length === 0) {
    return { waiting: edit.operation, going: null };
  }
  const subject = subjectOf(objection, edit);
  const others = log.filter(({ clientOpId }) => clientOpId !== edit.clientOpId);
  const objected = (part: SimpleOperation) =>
    (effectsOf(part).has(subject.cueId) && concerns(part, subject)) ||
    (objection.status === "conflict" &&
      others.some((other) => other.revision > edit.base && conflictsWith(other.operation, part)));
  const settled = (part: SimpleOperation) =>
    objection.status === "gone" && part.kind === "removeCue" && part.cueId === objection.cueId;
  return {
    waiting: joined(parts.filter((part) => objected(part) && !settled(part))),
    going: joined(parts.filter((part) => !objected(part))),
  };
}

function concerns(part: SimpleOperation, { property }: Touched): boolean {
  if (property === "existence" || part.kind === "removeCue") return true;
  const kinds = { text: "setText", times: "setTimes", speaker: "setSpeaker", style: "setStyle" };
  return part.kind === kinds[property];
}

function joined(parts: SimpleOperation[]): EditOperation | null {
  const [only] = parts;
  if (!only) return null;
  return parts.length === 1 ? only : { kind: "batch", operations: parts };
}

/**
 * An edit made to fit what there is now: cues that are gone come back as the person had them, and
 * what is to go and is gone is left out. Null: nothing is left to do.
 */
export function mended(edit: PendingEdit, document: TrackDocument): EditOperation | null {
  if (edit.operation.kind === "setTrackStyle") return edit.operation;
  const there = new Set<string>();
  const exists = (id: string) => there.has(id) || document.confirmedCue(id) !== undefined;
  const parts: SimpleOperation[] = [];
  for (const part of partsOf(edit.operation)) {
    if (part.kind === "replaceCues" || part.kind === "insertCue") {
      const insert = part.kind === "insertCue" ? [part.cue] : part.insert;
      const asked = part.kind === "insertCue" ? [] : part.remove;
      const remove = [...new Set([...asked, ...insert.map(({ id }) => id)])].filter(exists);
      for (const { id } of insert) there.add(id);
      parts.push({ kind: "replaceCues", remove, insert });
    } else if (exists(part.cueId)) {
      parts.push(part);
    } else if (part.kind !== "removeCue") {
      const kept = edit.cues?.find(({ id }) => id === part.cueId);
      if (!kept) continue;
      there.add(kept.id);
      parts.push({ kind: "insertCue", cue: kept });
    }
  }
  return joined(parts);
}
