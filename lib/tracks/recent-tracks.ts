import "server-only";
import type { TrackContent } from "@/lib/subtitles/model";
import { applyAllToTrack } from "@/lib/subtitles/operations";
import type { Tx } from "@/lib/transaction";
import type { Extent } from "./limits";
import { operationsAfter } from "./log-repo";
import { contentOf } from "./reading";
import { TrackDraft } from "./track-draft";

/** A track as this process has stored it last. */
interface Kept {
  revision: number;
  /** Of the edit at that revision: it tells whether the log is still the one that was stored. */
  clientOpId: string;
  content: TrackContent;
  extent: Extent;
}

/** Of all that are kept, in UTF-16 units, about: one track of the greatest length, or ten films. */
const maxKeptWeight = 20_000_000;
/** Further behind than this a track is read from its newest snapshot, as any reader does. */
const maxBehind = 200;

/** By track, the one used last at the end. */
const kept = new Map<string, Kept>();

/**
 * A locked track as it is, to be changed. Somebody who types sends an edit a second: the track that
 * this process stored last is at hand, so that twenty thousand cues aren't read for each word.
 * @param revision the track's
 */
export async function presentDraft(tx: Tx, trackId: string, revision: number): Promise<TrackDraft> {
  const known = kept.get(trackId);
  const behind = known ? revision - known.revision : maxBehind + 1;
  if (known && behind >= 0 && behind <= maxBehind) {
    const [own, ...since] = await operationsAfter(tx, trackId, known.revision - 1);
    const isSame = own?.revision === known.revision && own.clientOpId === known.clientOpId;
    if (isSame && since.length === 0) return new TrackDraft(known.content, known.extent);
    const operations = since.map(({ operation }) => operation);
    const applied = isSame ? applyAllToTrack(known.content, operations) : undefined;
    if (applied?.ok) return new TrackDraft(applied.content);
  }
  return new TrackDraft(await contentOf(tx, trackId));
}

/** Keeps what has just been stored, once the transaction holds. */
export function keepRecent(trackId: string, track: Kept): void {
  kept.delete(trackId);
  kept.set(trackId, track);
  let weight = 0;
  for (const each of kept.values()) weight += each.extent.weight;
  for (const [id, each] of kept) {
    if (weight <= maxKeptWeight) return;
    weight -= each.extent.weight;
    kept.delete(id);
  }
}
