import "server-only";
import type { Tx } from "@/lib/transaction";
import { notifyOfTrack, notifyOfTracks } from "./live-repo";
import type { TrackChange } from "./sync-schema";

/**
 * Tells the open pages of a track that something beside its cues has changed, if and only if `tx`
 * commits.
 */
export function notifyTrack(tx: Tx, trackId: string, what: TrackChange): Promise<void> {
  return notifyOfTrack(tx, trackId, `changed ${what}`);
}

/** The same for all tracks of a video, e.g. when somebody may no longer see it. */
export function notifyTracksOf(tx: Tx, videoId: string, what: TrackChange): Promise<void> {
  return notifyOfTracks(tx, videoId, `changed ${what}`);
}

/** Tells them that there is more in its log. */
export function notifyEdits(tx: Tx, trackId: string): Promise<void> {
  return notifyOfTrack(tx, trackId, "edits");
}
