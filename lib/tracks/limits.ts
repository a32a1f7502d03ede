import { AppError } from "@/lib/errors";
import type { Cue } from "@/lib/subtitles/model";
import type { EditOperation, SubtitleOperation } from "@/lib/subtitles/operations";

/** As many as a text that is brought may have: a day of talking has fewer. */
const maxCues = 50_000;
/** Of a whole track in UTF-16 units, words with their times included: ten hours have a quarter. */
const maxWeight = 16_000_000;
/** What a word's times and marks come to beside its text. */
const wordWeight = 60;

/** An edit longer than this in JSON is followed by a snapshot, so that it is read once. */
const heavyEdit = 64_000;

function weightOf(cues: readonly Cue[]): number {
  let weight = 0;
  for (const { text, words = [] } of cues) {
    weight += text.length + wordWeight;
    for (const word of words) weight += word.text.length + wordWeight;
  }
  return weight;
}

/**
 * Whether a track may become what an edit makes of it: it is read as a whole at every look, so it
 * can't grow without end. One that is above the bounds already may be edited, but not grow.
 * @throws {AppError} `limit_reached`
 */
export function assertRoom(before: readonly Cue[], after: readonly Cue[]): void {
  const tooMany = after.length > maxCues && after.length > before.length;
  const weight = weightOf(after);
  if (tooMany || (weight > maxWeight && weight > weightOf(before))) {
    throw new AppError("limit_reached", { detail: `${after.length} cues, weight ${weight}` });
  }
}

/** Whether an edit is so long that reading a track through it takes more than a snapshot. */
export function isHeavy(edit: EditOperation): boolean {
  if (edit.kind !== "batch" && edit.kind !== "replaceCues") return false;
  return JSON.stringify(edit).length > heavyEdit;
}

/** Most that an editor is told of what it has missed, in bytes of JSON. */
export const maxMissedBytes = 24 * 1024 ** 2;

/** In place of more edits than can be told: the track is to be read anew. */
export function readAnew(revision: number): {
  revision: number;
  clientOpId: string;
  operation: SubtitleOperation;
} {
  return { revision, clientOpId: "", operation: { kind: "replace", version: 0 } };
}
