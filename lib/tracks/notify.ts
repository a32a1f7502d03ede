import "server-only";
import type { Tx } from "@/lib/transaction";
import { notifyOfTrack } from "./live-repo";
import type { TrackEvents } from "./sync-schema";

export { tracksChannel } from "./live-repo";

/**
 * Tells the open pages of a track that something beside its cues has changed, if and only if `tx`
 * commits.
 */
export function notifyTrack(
  tx: Tx,
  trackId: string,
  what: TrackEvents["changed"]["what"],
): Promise<void> {
  return notifyOfTrack(tx, trackId, `changed ${what}`);
}
