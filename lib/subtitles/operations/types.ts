import type { Cue, TrackContent } from "@/lib/subtitles/model";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

/** One property of one cue set to a value. */
export type CueEdit =
  | {
      kind: "setText";
      cueId: string;
      /** Light markup, see `Cue.text`. */
      text: string;
    }
  | { kind: "setTimes"; cueId: string; startMs: number; endMs: number }
  /** `null`: nobody in particular. */
  | { kind: "setSpeaker"; cueId: string; speaker: string | null }
  /** All that the cue has of its own; `null`: nothing. */
  | { kind: "setStyle"; cueId: string; style: StyleOverrides | null };

/** An edit of some cues that needs nothing but the cues. */
export type SimpleOperation =
  | CueEdit
  | { kind: "insertCue"; cue: Cue }
  | { kind: "removeCue"; cueId: string }
  /** One cue becomes several, or several one: those of `remove` go, those of `insert` come. */
  | { kind: "replaceCues"; remove: string[]; insert: Cue[] };

/** What changes nothing but cues. */
export type CueOperation =
  | SimpleOperation
  /** All of them or none, one after the other. */
  | { kind: "batch"; operations: SimpleOperation[] };

/**
 * What a person does to a track in one step. Every such operation has an exact inverse, so that
 * undo is one more operation in the log, and says what it touches, so that edits by two people can
 * be merged.
 */
export type EditOperation =
  | CueOperation
  /** How the whole track looks; `null`: the usual look. */
  | { kind: "setTrackStyle"; style: SubtitleStyle | null };

/** One entry in the log of a track. */
export type SubtitleOperation =
  | EditOperation
  /**
   * The whole track was replaced by the cues that are kept with this revision; `version` is their
   * number in the track's versions. Made by jobs and by going back to a version, never sent.
   */
  | { kind: "replace"; version: number };

export type OperationFailure =
  /** The cue is not there, most likely because someone else deleted it. */
  | { ok: false; code: "cue_not_found"; cueId: string }
  /** A cue of this id is there already. */
  | { ok: false; code: "cue_exists"; cueId: string }
  /** `replace` brings cues of its own: whoever meets it reads the track anew. */
  | { ok: false; code: "needs_snapshot" };

export type OperationResult =
  | { ok: true; cues: readonly Cue[]; inverse: CueOperation }
  | OperationFailure;

export type ContentResult =
  | { ok: true; content: TrackContent; inverse: EditOperation }
  | OperationFailure;

/** A property of a cue; edits of different ones always merge. */
export interface Touched {
  /** "" for what belongs to the track as a whole. */
  cueId: string;
  /** `existence`: the cue comes or goes, with all that it has. `style` without a cue: the track's. */
  property: "text" | "times" | "speaker" | "style" | "existence";
}
