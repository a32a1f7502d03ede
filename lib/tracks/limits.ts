import { AppError } from "@/lib/errors";
import type { Cue } from "@/lib/subtitles/model";
import type { EditOperation } from "@/lib/subtitles/operations";
import { maxTrackCues } from "@/lib/subtitles/operations/limits";
import type { LoggedEdit } from "./sync-schema";

/** Most versions that are told at once: to choose one of them. */
export const maxVersionsAtOnce = 1_000;

/** Longest name of a version, in UTF-16 units. */
export const maxVersionName = 80;

/** Most findings that are left as they are in one request, and in one track. */
export const maxIgnoredAtOnce = 200;
export const maxIgnored = 20_000;
/** Longest reason, in UTF-16 units. */
export const maxIgnoreReason = 300;

/** Of a whole track in UTF-16 units, words with their times included: ten hours have a quarter. */
const maxWeight = 16_000_000;
/** What a word's times and marks come to beside its text. */
const wordWeight = 60;

/** An edit longer than this in JSON is followed by a snapshot, so that it is read once. */
const heavyEdit = 64_000;

/** How long a track is. */
export interface Extent {
  cues: number;
  /** In UTF-16 units, about. */
  weight: number;
}

/** What a cue adds to a track's weight. */
export function weightOfCue({ text, words = [] }: Cue): number {
  let weight = text.length + wordWeight;
  for (const word of words) weight += word.text.length + wordWeight;
  return weight;
}

/** How long a track of these cues is. */
export function extentOf(cues: readonly Cue[]): Extent {
  let weight = 0;
  for (const cue of cues) weight += weightOfCue(cue);
  return { cues: cues.length, weight };
}

/**
 * Whether a track may become what an edit makes of it: it is read as a whole at every look, so it
 * can't grow without end. One that is above the bounds already may be edited, but not grow.
 */
export function hasRoom(before: Extent, after: Extent): boolean {
  const tooMany = after.cues > maxTrackCues && after.cues > before.cues;
  return !tooMany && (after.weight <= maxWeight || after.weight <= before.weight);
}

/**
 * The same for a track whose cues are all replaced.
 * @throws {AppError} `limit_reached`
 */
export function assertRoom(before: readonly Cue[], after: readonly Cue[]): void {
  const extent = extentOf(after);
  if (!hasRoom(extentOf(before), extent)) {
    throw new AppError("limit_reached", { detail: `${extent.cues} cues, weight ${extent.weight}` });
  }
}

/** Whether an edit is so long that reading a track through it takes more than a snapshot. */
export function isHeavy(edit: EditOperation): boolean {
  if (edit.kind !== "batch" && edit.kind !== "replaceCues") return false;
  return JSON.stringify(edit).length > heavyEdit;
}

/**
 * Most that an account may send as edits in an hour. Whoever writes without a pause sends a
 * megabyte; new times for all 50,000 cues of the longest track are about 6 MB, so that could be
 * done and taken back every 80 seconds. Every edit is kept, so without a bound a disk would fill.
 */
export const editByteRate = { bytes: 512 * 1024 ** 2, windowMs: 3_600_000 };

/** Most that an editor is told of what it has missed, in bytes of JSON. */
export const maxMissedBytes = 24 * 1024 ** 2;

/** In place of more edits than can be told: the track is to be read anew. */
export function readAnew(revision: number, actorId: string): LoggedEdit {
  return {
    revision,
    clientOpId: "",
    groupId: null,
    undoes: null,
    actorId,
    operation: { kind: "replace", version: 0 },
  };
}
