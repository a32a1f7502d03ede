import "server-only";
import { AppError } from "@/lib/errors";
import type { Tx } from "@/lib/transaction";
import { type Access, accessToVideo, videoOfTrack } from "./access-repo";
import { acceptInvitation } from "./invitations";
import { allows, type VideoRole } from "./roles";

export type { Access } from "./access-repo";

/**
 * Whose video it is, for somebody who may do what takes `need` with it. An invitation that waits
 * for them is accepted by it.
 * @throws {AppError} `not_found` to whoever has nothing to do with it, `forbidden` to those who may
 * do less
 */
export async function videoAccess(options: {
  userId: string;
  videoId: string;
  need: VideoRole;
}): Promise<Access> {
  const { userId, videoId, need } = options;
  const known = await accessToVideo(userId, videoId);
  if (!known) throw new AppError("not_found");
  const role = known.invited ? await acceptInvitation({ userId, videoId }) : known.role;
  if (!role) throw new AppError("not_found");
  if (!allows(role, need)) throw new AppError("forbidden");
  return { ownerId: known.ownerId, videoId, role };
}

/**
 * The same for the video that a track belongs to.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function trackAccess(options: {
  userId: string;
  trackId: string;
  need: VideoRole;
}): Promise<Access> {
  const { trackId, ...rest } = options;
  const videoId = await videoOfTrack(trackId);
  if (!videoId) throw new AppError("not_found");
  return videoAccess({ ...rest, videoId });
}

/**
 * Asks once more within a transaction that may have waited for a lock: what was taken away meanwhile
 * holds at once. For who was let in by `videoAccess` just before.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function assertStillAllowed(
  tx: Tx,
  options: { userId: string; videoId: string; need: VideoRole },
): Promise<void> {
  const role = (await accessToVideo(options.userId, options.videoId, tx))?.role;
  if (!role) throw new AppError("not_found");
  if (!allows(role, options.need)) throw new AppError("forbidden");
}
