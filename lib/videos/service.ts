import "server-only";
import { AppError, isErrorCode } from "@/lib/errors";
import type { Tx } from "@/lib/transaction";
import { findTitle, findVideo, updateVideo, type VideoRow } from "./repo";

/** @throws {AppError} `not_found`, alike for an unknown, a deleted and another's video. */
export async function getOwnVideo(options: {
  ownerId: string;
  videoId: string;
}): Promise<VideoRow> {
  const video = await findVideo(options.ownerId, options.videoId);
  if (!video) throw new AppError("not_found");
  return video;
}

/** Where the shots of a video change, ms, in order; undefined while nobody has looked. */
export function shotChangesOf(video: Pick<VideoRow, "shotChanges">): number[] | undefined {
  if (!Array.isArray(video.shotChanges)) return undefined;
  return video.shotChanges.filter((ms) => typeof ms === "number");
}

/** What a video is called, inside a transaction; empty for one that is gone. */
export function videoTitle(tx: Tx, videoId: string): Promise<string> {
  return findTitle(tx, videoId);
}

/**
 * The video, if a job may start over it.
 * @throws {AppError} `not_found`, `not_ready` while it uploads, `gone` when its files have been
 * deleted, or why it can't be read.
 */
export async function captionableVideo(options: {
  ownerId: string;
  videoId: string;
}): Promise<VideoRow> {
  const video = await getOwnVideo(options);
  if (video.status === "uploading") throw new AppError("not_ready");
  if (video.mediaDeletedAt) throw new AppError("gone");
  if (video.status === "failed") {
    const code = video.errorCode ?? "";
    throw new AppError(isErrorCode(code) ? code : "file_unreadable");
  }
  return video;
}

export async function renameVideo(options: {
  ownerId: string;
  videoId: string;
  title: string;
}): Promise<void> {
  await getOwnVideo(options);
  await updateVideo(options.videoId, { title: options.title });
}
