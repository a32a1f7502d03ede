import type { Cue, TrackContent } from "@/lib/subtitles/model";
import {
  conflictsWith,
  type EditOperation,
  type SimpleOperation,
} from "@/lib/subtitles/operations";
import type { LoggedEdit } from "@/lib/tracks/sync-schema";
import { partsOf, sameValue } from "./effects";
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
    if (own) Object.assign(own, { state: "stored", revision });
    const chain = pending.chainOf(clientOpId);
    for (const edit of pending.near(touchingOf(operation))) {
      const judged = edit.state === "unsent" && edit.base >= start && edit.base < revision;
      if (!judged || edit.chain === chain || clashing.has(edit)) continue;
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
 * Takes in the track read anew. There is no log to compare with, so values are: an edit has seen
 * the new revision when what it changes is as it was, or as the person has made it.
 */
export function takeContent(
  content: TrackContent,
  revision: number,
  document: TrackDocument,
  pending: PendingEdits,
): Taken {
  const start = document.revision;
  const was = reader(
    (id) => document.confirmedCue(id),
    () => document.confirmedStyle,
  );
  const cues = new Map(content.cues.map((cue) => [cue.id, cue]));
  const is = reader(
    (id) => cues.get(id),
    () => content.style,
  );
  const unsent = pending.in("unsent").filter(({ base }) => base >= start);
  const own = ownWishes(unsent.length > 0 ? pending.all : []);
  const clashing = new Set(
    unsent.filter((edit) =>
      wishes(edit.operation).some(({ cueId, property }) => {
        const now = is(cueId, property);
        const mine = own.get(wishKey(cueId, property)) ?? [];
        const made = mine.some(({ order, value }) => order <= edit.order && sameValue(value, now));
        return !made && !sameValue(was(cueId, property), now);
      }),
    ),
  );
  document.adopt(content, revision);
  const refixed = followChain(pending, clashing, { start, known: revision });
  return { stale: false, behind: false, through: throughAt(revision, pending), refixed };
}

type Property = "text" | "times" | "speaker" | "style" | "existence";
type Reader = (cueId: string, property: Property) => unknown;

function reader(cueOf: (id: string) => Cue | undefined, style: () => unknown): Reader {
  return (cueId, property) => {
    if (cueId === "") return style();
    const cue = cueOf(cueId);
    if (!cue || property === "existence") return cue;
    if (property === "times") return { startMs: cue.startMs, endMs: cue.endMs };
    return (property === "style" ? cue.styleOverrides : cue[property]) ?? null;
  };
}

interface Wish {
  cueId: string;
  property: Property;
  value: unknown;
}

/** What an operation would have each property be. */
function wishes(operation: EditOperation): Wish[] {
  if (operation.kind === "setTrackStyle") {
    return [{ cueId: "", property: "style", value: operation.style }];
  }
  return partsOf(operation).flatMap(wishesOf);
}

function wishesOf(part: SimpleOperation): Wish[] {
  switch (part.kind) {
    case "setText":
      return [{ cueId: part.cueId, property: "text", value: part.text }];
    case "setTimes": {
      const { cueId, startMs, endMs } = part;
      return [{ cueId, property: "times", value: { startMs, endMs } }];
    }
    case "setSpeaker":
      return [{ cueId: part.cueId, property: "speaker", value: part.speaker }];
    case "setStyle":
      return [{ cueId: part.cueId, property: "style", value: part.style }];
    case "insertCue":
      return [{ cueId: part.cue.id, property: "existence", value: part.cue }];
    case "removeCue":
      return [{ cueId: part.cueId, property: "existence", value: undefined }];
    case "replaceCues": {
      const coming = new Map(part.insert.map((cue) => [cue.id, cue]));
      return [...new Set([...part.remove, ...coming.keys()])].map(
        (cueId): Wish => ({ cueId, property: "existence", value: coming.get(cueId) }),
      );
    }
  }
}

const wishKey = (cueId: string, property: Property) => `${property} ${cueId}`;

/** What the person's own edits would make of each property, and when. */
function ownWishes(edits: readonly PendingEdit[]) {
  const own = new Map<string, { order: number; value: unknown }[]>();
  for (const { operation, order } of edits) {
    for (const { cueId, property, value } of wishes(operation)) {
      const key = wishKey(cueId, property);
      own.set(key, [...(own.get(key) ?? []), { order, value }]);
    }
  }
  return own;
}
