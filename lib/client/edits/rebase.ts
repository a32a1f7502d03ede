import type { Cue, TrackContent } from "@/lib/subtitles/model";
import { conflictsWith, type Touched } from "@/lib/subtitles/operations";
import type { LoggedEdit } from "@/lib/tracks/sync-schema";
import { effectsOf, sameCue, sameValue, withEffects } from "./effects";
import { type PendingEdit, type PendingEdits, touchingOf } from "./pending-edits";
import type { TrackDocument } from "./track-document";

interface Taken {
  /** The document can't be brought up to date by the log: the track is to be read anew. */
  stale: boolean;
  /** What is read then may be older than what is here. */
  behind: boolean;
  /** Own edits that the document has from the server now. */
  through: PendingEdit[];
  /** Edits whose `base` no longer follows that of their chain, or does again. */
  refixed: PendingEdit[];
}

/**
 * Takes in the server's log: what others did goes under one's own edits, and one's own edits that
 * are in it are through. An edit that isn't sent has seen, after this, all that doesn't clash with
 * it; one that clashes keeps its base, so that the server finds the same and says so with both
 * values. Entries that are known already change nothing.
 */
export function takeLog(
  log: readonly LoggedEdit[],
  document: TrackDocument,
  pending: PendingEdits,
): Taken {
  let start = (log[0]?.revision ?? 0) - 1;
  let known = start;
  let stale = false;
  const clashing = new Set<PendingEdit>();
  const settled = (isStale: boolean): Taken => {
    const refixed = followChain(pending, clashing, { start, known });
    const through = throughAt(document.revision, pending);
    return { stale: isStale, behind: false, through, refixed };
  };
  for (const entry of log) {
    const { operation, revision, clientOpId } = entry;
    const isReplaced = operation.kind === "replace";
    if (isReplaced && revision <= document.revision && !isBehind(entry, document)) {
      // Read already; what was made before it can't be compared with it any more.
      start = revision;
      known = revision;
      continue;
    }
    if (isReplaced || revision !== known + 1) {
      return { ...settled(false), stale: true, behind: isBehind(entry, document) };
    }
    const own = pending.get(clientOpId);
    // Where the log begins later, it is sent again with those before it, which build its ground.
    if (own && own.base >= start && !hasOpenGround(own, pending)) {
      Object.assign(own, { state: "stored", revision });
    }
    for (const edit of pending.near(touchingOf(operation))) {
      const judged = edit.state === "unsent" && edit.base >= start && edit.base < revision;
      if (!judged || clashing.has(edit) || pending.areKin(edit, clientOpId)) continue;
      if (!conflictsWith(operation, edit.operation)) continue;
      clashing.add(edit);
      edit.base = Math.max(edit.base, known);
    }
    known = revision;
    if (revision <= document.revision) continue;
    if (revision > document.revision + 1 || !document.applyConfirmed(operation, revision)) {
      stale = true;
    }
  }
  return settled(stale);
}

/**
 * Earlier edits of the same are still under way, as their answer got lost: shown without this one,
 * they would bring back what it took away.
 */
function hasOpenGround(edit: PendingEdit, pending: PendingEdits): boolean {
  return pending
    .overlapping(pending.touchingOf(edit))
    .some(({ order, state }) => order < edit.order && (state === "unsent" || state === "sending"));
}

/** The server speaks of a revision that this tab is past: it was set back, or the answer is old. */
function isBehind({ clientOpId, revision }: LoggedEdit, document: TrackDocument): boolean {
  return clientOpId === "" && revision < document.revision;
}

/** What hasn't clashed has seen everything; what couldn't be compared stays where it is. */
function followChain(
  pending: PendingEdits,
  clashing: ReadonlySet<PendingEdit>,
  { start, known }: { start: number; known: number },
): PendingEdit[] {
  const refixed: PendingEdit[] = [];
  for (const edit of pending.all) {
    // A server that was set back knows less than this tab has seen.
    if (known < start) edit.base = Math.min(edit.base, known);
    if (edit.state === "stored" || edit.state === "held" || edit.base >= known) continue;
    const follows = edit.state === "unsent" && edit.base >= start && !clashing.has(edit);
    if (follows) edit.base = known;
    if (edit.fixed === !follows) continue;
    edit.fixed = !follows;
    refixed.push(edit);
  }
  return refixed;
}

function throughAt(revision: number, pending: PendingEdits): PendingEdit[] {
  return pending.in("stored").filter((edit) => edit.revision !== null && edit.revision <= revision);
}

/**
 * Takes in the track read anew. There is no log to compare with, so what there is is: an edit has
 * seen the new revision when what it changes is as it was, or as the person's own edits up to this
 * one have made it.
 */
export function takeContent(
  content: TrackContent,
  revision: number,
  document: TrackDocument,
  pending: PendingEdits,
): Taken {
  const start = document.revision;
  const now = new Map(content.cues.map((cue) => [cue.id, cue]));
  const clashing = new Set<PendingEdit>();
  for (const edit of pending.in("unsent")) {
    if (edit.base < start) continue;
    for (const [cueId, properties] of pending.touchingOf(edit)) {
      const states = cueId === "" ? [] : ownStates(cueId, edit, document, pending);
      const known =
        cueId === ""
          ? ownStyles(edit, document, pending).some((style) => sameValue(style, content.style))
          : [...properties].every((property) =>
              states.some((state) => sameIn(property, state, now.get(cueId))),
            );
      if (!known) clashing.add(edit);
    }
  }
  document.adopt(content, revision);
  const refixed = followChain(pending, clashing, { start, known: revision });
  return { stale: false, behind: false, through: throughAt(revision, pending), refixed };
}

/** The person's edits of a cue, or of the track's look, up to this one and what may be stored. */
function ownUpTo(edit: PendingEdit, cueId: string, pending: PendingEdits): PendingEdit[] {
  return [...pending.near(new Map([[cueId, new Set()]]))]
    .filter(({ order, sent }) => sent || order <= edit.order)
    .sort((a, b) => a.order - b.order);
}

/** What a cue was, and what each of the person's own edits has made of it. */
function ownStates(
  cueId: string,
  edit: PendingEdit,
  document: TrackDocument,
  pending: PendingEdits,
): (Cue | undefined)[] {
  const states = [document.confirmedCue(cueId)];
  for (const { operation } of ownUpTo(edit, cueId, pending)) {
    states.push(withEffects(states.at(-1), effectsOf(operation).get(cueId)));
  }
  return states;
}

function ownStyles(edit: PendingEdit, document: TrackDocument, pending: PendingEdits): unknown[] {
  const own = ownUpTo(edit, "", pending).flatMap(({ operation }) =>
    operation.kind === "setTrackStyle" ? [operation.style] : [],
  );
  return [document.confirmedStyle, ...own];
}

function sameIn(property: Property, a: Cue | undefined, b: Cue | undefined): boolean {
  if (property === "existence" || !a || !b) return sameCue(a, b);
  if (property === "times") return a.startMs === b.startMs && a.endMs === b.endMs;
  if (property === "style") return sameValue(a.styleOverrides ?? null, b.styleOverrides ?? null);
  return a[property] === b[property];
}

type Property = Touched["property"];
