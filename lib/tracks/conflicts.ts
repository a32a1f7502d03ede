import type { Cue } from "@/lib/subtitles/model";
import {
  type EditOperation,
  type SimpleOperation,
  type SubtitleOperation,
  type Touched,
  touches,
} from "@/lib/subtitles/operations";
import { sameStyle } from "@/lib/subtitles/style/same-style";
import type { CueValue, EditConflict } from "./schema";
import type { LoggedEdit } from "./sync-schema";
import type { TrackDraft } from "./track-draft";

/** A conflict as it is found: `actorId` set the other value. */
export type FoundConflict = Omit<EditConflict, "revision" | "by"> & { actorId: string };

interface Mark {
  revision: number;
  actorId: string;
}

/** Who has touched what, and when last. */
class Marks {
  readonly #byCue = new Map<string, Map<Touched["property"], Mark>>();
  #all: Mark | undefined;

  note(operation: SubtitleOperation, mark: Mark): void {
    if (operation.kind === "replace") this.#all = mark;
    for (const { cueId, property } of touches(operation)) {
      const properties = this.#byCue.get(cueId) ?? new Map<Touched["property"], Mark>();
      this.#byCue.set(cueId, properties.set(property, mark));
    }
  }

  /** The last that changed this property: itself, the cue's existence or the whole track. */
  last({ cueId, property }: Touched): Mark | undefined {
    const properties = this.#byCue.get(cueId);
    return later(this.#all, later(properties?.get(property), properties?.get("existence")));
  }

  /** The last that changed anything about a cue. */
  lastOfAny(cueId: string): Mark | undefined {
    let last = this.#all;
    for (const mark of this.#byCue.get(cueId)?.values() ?? []) last = later(last, mark);
    return last;
  }
}

function later(a: Mark | undefined, b: Mark | undefined): Mark | undefined {
  return !a || (b && b.revision > a.revision) ? b : a;
}

/** What has happened to a track without whoever sends edits having seen it. */
export class UnseenEdits {
  readonly #theirs = new Marks();
  readonly #own = new Marks();

  /** `log`: oldest first, without the sender's own edits that are sent again. */
  constructor(log: readonly LoggedEdit[]) {
    for (const { operation, revision, actorId } of log) {
      this.#theirs.note(operation, { revision, actorId });
    }
  }

  /** An edit of the sender's holds: those they made after it build on it, not on what it met. */
  noteOwn(operation: EditOperation, mark: Mark): void {
    this.#own.note(operation, mark);
  }

  /**
   * Why an edit can't be kept beside them: the first value that both sides set differently.
   * `now`: the track with the edits before this one. Nothing where the edit would change nothing,
   * and where its cue isn't there any more: applying it tells that better.
   */
  conflictOf(edit: EditOperation, now: TrackDraft): FoundConflict | undefined {
    for (const wish of wishesOf(edit)) {
      const { cueId, property } = wish;
      const theirs =
        property === "existence" ? this.#theirs.lastOfAny(cueId) : this.#theirs.last(wish);
      if (!theirs || theirs.revision < (this.#own.last(wish)?.revision ?? -1)) continue;
      const cue = now.cue(cueId);
      if (!cue && cueId !== "" && property !== "existence") continue;
      const present = cueId === "" ? now.style : presentValue(cue, property);
      if (!sameValue(wish.yours, present)) {
        return { ...wish, theirs: present, actorId: theirs.actorId };
      }
    }
    return undefined;
  }
}

interface Wish extends Touched {
  yours: CueValue;
}

/** What an operation would have each property be. */
function* wishesOf(edit: EditOperation): Generator<Wish> {
  if (edit.kind === "setTrackStyle") {
    yield { cueId: "", property: "style", yours: edit.style };
    return;
  }
  for (const part of edit.kind === "batch" ? edit.operations : [edit]) yield* partWishes(part);
}

function partWishes(part: SimpleOperation): Wish[] {
  switch (part.kind) {
    case "setText":
      return [{ cueId: part.cueId, property: "text", yours: part.text }];
    case "setTimes": {
      const { cueId, startMs, endMs } = part;
      return [{ cueId, property: "times", yours: { startMs, endMs } }];
    }
    case "setSpeaker":
      return [{ cueId: part.cueId, property: "speaker", yours: part.speaker }];
    case "setStyle":
      return [{ cueId: part.cueId, property: "style", yours: part.style }];
    case "insertCue":
      return [{ cueId: part.cue.id, property: "existence", yours: part.cue.text }];
    case "removeCue":
      return [{ cueId: part.cueId, property: "existence", yours: null }];
    case "replaceCues": {
      // A cue that goes and comes again is one that changes: a split, a merge.
      const texts = new Map<string, string | null>(part.remove.map((cueId) => [cueId, null]));
      for (const { id, text } of part.insert) texts.set(id, text);
      return [...texts].map(([cueId, yours]) => ({ cueId, property: "existence", yours }));
    }
  }
}

function presentValue(cue: Cue | undefined, property: Touched["property"]): CueValue {
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

function sameValue(a: CueValue, b: CueValue): boolean {
  if (a === null || b === null || typeof a === "string" || typeof b === "string") return a === b;
  if ("startMs" in a || "startMs" in b) {
    return "startMs" in a && "startMs" in b && a.startMs === b.startMs && a.endMs === b.endMs;
  }
  return sameStyle(a, b);
}
