import "server-only";
import { AppError } from "@/lib/errors";
import { type Access, accessToTrack, accessToVideo } from "./access-repo";
import { allows, type VideoRole } from "./roles";

export type { Access } from "./access-repo";

/**
 * Whose video it is, for somebody who may do what takes `need` with it.
 * @throws {AppError} `not_found` to whoever has nothing to do with it, `forbidden` to those who may
 * do less
 */
export async function videoAccess(options: {
  userId: string;
  videoId: string;
  need: VideoRole;
}): Promise<Access> {
  return granted(await accessToVideo(options.userId, options.videoId), options.need);
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
  return granted(await accessToTrack(options.userId, options.trackId), options.need);
}

function granted(access: Access | undefined, need: VideoRole): Access {
  if (!access) throw new AppError("not_found");
  if (!allows(access.role, need)) throw new AppError("forbidden");
  return access;
}
