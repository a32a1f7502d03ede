import "server-only";
import { AppError } from "@/lib/errors";
import type { Tx } from "@/lib/transaction";
import { lockTrack } from "./repo";

/**
 * Locks a track for whoever judges it by what they have seen.
 * @param options `revision`: the newest they know; left out: whatever there is
 * @throws {AppError} `conflict` where it has been edited since
 */
export async function lockSeen(
  tx: Tx,
  options: { trackId: string; revision?: number | undefined },
): Promise<void> {
  const { trackId, revision } = options;
  const locked = await lockTrack(tx, trackId);
  if (revision !== undefined && locked && revision < locked.revision) {
    throw new AppError("conflict");
  }
}
