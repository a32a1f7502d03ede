import type { ErrorCode } from "@/lib/errors";
import type { Cue } from "@/lib/subtitles/model";
import {
  conflictsWith,
  type EditOperation,
  type SimpleOperation,
  type Touched,
  touches,
} from "@/lib/subtitles/operations";
import type { CueValue, EditConflict, Person } from "@/lib/tracks/schema";
import type { EditOutcome, LoggedEdit } from "@/lib/tracks/sync-schema";
import { type CueEffect, effectsOf, partsOf, sameCue, sameValue, withEffects } from "./effects";
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
function subjectOf(objection: Objection, operation: EditOperation): Touched {
  if (objection.status === "conflict") return objection.conflict;
  if (objection.status === "gone") return { cueId: objection.cueId, property: "existence" };
  return { cueId: firstCueOf(operation), property: "existence" };
}

const firstCueOf = (operation: EditOperation): string => [...effectsOf(operation).keys()][0] ?? "";

/** A cue of this id is there already: as much a clash as two texts of one cue. */
const isTaken = (objection: Objection) =>
  objection.status === "refused" && objection.code === "conflict";

/** The question that an objection to an edit leads to, or to a part of it that waits by itself. */
export function conflictFrom(
  objection: Objection,
  edit: Pick<PendingEdit, "clientOpId" | "operation" | "cues">,
  document: TrackDocument,
): OpenConflict {
  const { operation, clientOpId } = edit;
  const whole = subjectOf(objection, operation);
  const touched = effectsOf(operation);
  const isOfAnother = !touched.has(whole.cueId) && whole.cueId !== "";
  const found: EditConflict | undefined =
    objection.status === "conflict" && !isOfAnother ? objection.conflict : undefined;
  const cueId = isOfAnother ? firstCueOf(operation) : whole.cueId;
  const property = isOfAnother ? propertyIn(operation, whole.property) : whole.property;
  const refused = objection.status === "refused" && !isTaken(objection);
  return {
    ...{ id: clientOpId, cueId, property, clientOpIds: [clientOpId] },
    kind: refused ? "refused" : objection.status === "gone" ? "gone" : "changed",
    yours: found ? found.yours : (ownText(edit, cueId) ?? shownValue(document, cueId, property)),
    theirs: found ? found.theirs : confirmedValue(document, cueId, property),
    by: found?.by ?? null,
    code: refused ? objection.code : null,
  };
}

/** What a part of a bulk edit changes, where another part was objected to. */
function propertyIn(operation: EditOperation, otherwise: Touched["property"]): Touched["property"] {
  if (otherwise === "existence") return otherwise;
  return touches(operation)[0]?.property ?? otherwise;
}

function ownText(
  { operation, cues }: Pick<PendingEdit, "operation" | "cues">,
  cueId: string,
): string | undefined {
  const kept = cues?.find(({ id }) => id === cueId);
  return withEffects(kept, effectsOf(operation).get(cueId))?.text;
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

/** What edits would make of what a question is about. */
export function valueAfter(
  document: TrackDocument,
  about: Pick<OpenConflict, "cueId" | "property">,
  edits: readonly EditOperation[],
): CueValue {
  const { cueId } = about;
  let cue = document.confirmedCue(cueId);
  let style: CueValue = document.confirmedStyle;
  for (const operation of edits) {
    if (operation.kind === "setTrackStyle") style = operation.style;
    cue = withEffects(cue, effectsOf(operation).get(cueId));
  }
  return propertyOf(cue, style, about);
}

/** Whether everything is on the server already as edits, one after the other, would make it. */
export function changesNothing(document: TrackDocument, edits: readonly EditOperation[]): boolean {
  const all = new Map<string, CueEffect[]>();
  let style = document.confirmedStyle;
  for (const operation of edits) {
    if (operation.kind === "setTrackStyle") style = operation.style;
    for (const [cueId, effects] of effectsOf(operation)) {
      all.set(cueId, [...(all.get(cueId) ?? []), ...effects]);
    }
  }
  const changed = [...all].some(([cueId, effects]) => {
    const cue = document.confirmedCue(cueId);
    // What was written into a cue that is gone isn't there, however the cue is looked at.
    if (!cue) return effects.at(-1)?.kind !== "drop";
    return !sameCue(cue, withEffects(cue, effects));
  });
  return !changed && sameValue(style, document.confirmedStyle);
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

interface Divided {
  /** What the person is asked about: cue by cue, or everything at once. */
  waiting: EditOperation[];
  /** What can go on without the answers. */
  going: EditOperation | null;
}

/**
 * What of an edit an objection is about. Parts that need each other wait together; of others, those
 * that nobody objects to go on. What has come about by itself is left out, and so is what a bulk
 * edit would do to cues that are gone, texts excepted.
 */
export function divide(
  edit: PendingEdit,
  objection: Objection,
  { foreign, document }: { foreign: readonly LoggedEdit[]; document: TrackDocument },
): Divided {
  const { operation } = edit;
  const parts = partsOf(operation);
  const [only] = parts;
  const isThere = (cueId: string) => document.confirmedCue(cueId) !== undefined;
  if (isTaken(objection) && parts.length === 1 && only?.kind === "insertCue") {
    const same = sameCue(document.confirmedCue(only.cue.id), only.cue);
    return { waiting: same ? [] : [operation], going: null };
  }
  if (objection.status === "refused" || !parts.every(setsOneThing) || parts.length === 0) {
    return { waiting: [operation], going: null };
  }
  const subject = subjectOf(objection, operation);
  const unseen = foreign.filter(({ revision }) => revision > edit.base);
  const objected = (part: SimpleOperation) => {
    if (effectsOf(part).has(subject.cueId) && concerns(part, subject)) return true;
    if (objection.status === "gone") return "cueId" in part && !isThere(part.cueId);
    return unseen.some((other) => conflictsWith(other.operation, part));
  };
  const isMoot = (part: SimpleOperation) =>
    objection.status === "gone" &&
    (part.kind === "removeCue" || (parts.length > 1 && part.kind !== "setText"));
  const held = parts.filter(objected);
  const byCue = Map.groupBy(
    held.filter((part) => !isMoot(part)),
    (part) => ("cueId" in part ? part.cueId : ""),
  );
  return {
    waiting: [...byCue.values()].flatMap((each) => joined(each) ?? []),
    going: joined(parts.filter((part) => !held.includes(part))),
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

/** Most cues that are kept beside an edit. */
const mostKeptCues = 20;

/** What an edit has made of its cues, so that one that is gone can be brought back. */
export function cuesToKeep(ids: readonly string[], document: TrackDocument): Cue[] | undefined {
  if (ids.length > mostKeptCues) return undefined;
  return ids.flatMap((id) => document.cue(id) ?? []).map(({ words: _, ...cue }) => cue);
}

/**
 * An edit made to fit what there is now: cues that are gone come back as the person had them, and
 * what is to go and is gone is left out. Null: nothing is left to do.
 */
export function mended(edit: PendingEdit, document: TrackDocument): EditOperation | null {
  if (edit.operation.kind === "setTrackStyle") return edit.operation;
  const there = new Set<string>();
  const exists = (id: string) => there.has(id) || document.cue(id) !== undefined;
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
