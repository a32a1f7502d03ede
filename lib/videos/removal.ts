import "server-only";
import { publishEvents } from "@/lib/outbox/service";
import { storage } from "@/lib/storage";
import { emptyPrefix } from "@/lib/storage/empty-prefix";
import type { Tx } from "@/lib/transaction";
import { accountPrefix, objectPrefixes, videoPrefix } from "./keys";
import {
  deleteRendersOf,
  findDeleting,
  findMediaDeleted,
  markDeleted,
  markMediaDeleted,
  markUploadingDeleted,
  sourceKeysOf,
} from "./repo";
import { cancelUploadsOf } from "./upload-repo";

/**
 * Removes every object of a video that is being deleted, then leaves its tombstone. Once more
 * afterwards it removes what came too late.
 */
export async function eraseVideo(videoId: string): Promise<void> {
  const video = await findDeleting(videoId);
  if (!video) return;
  const storageUploadId = video.upload?.storageUploadId;
  if (storageUploadId) {
    await storage().abortUpload({ pathname: video.sourceKey, storageUploadId });
  }
  for (const prefix of objectPrefixes(video.sourceKey)) await emptyPrefix(prefix);
  await markDeleted(videoId);
}

/**
 * Takes every file of an account's videos away, within `tx`: open uploads end with their videos,
 * of the others the subtitles stay. From then on the files count as gone, as do the videos made of
 * them; they are removed behind.
 */
export async function deleteMediaOf(
  tx: Tx,
  options: { ownerId: string; nowMs: number },
): Promise<void> {
  const { ownerId, nowMs } = options;
  // In this order an upload that is being completed now is either ended or seen as complete.
  await cancelUploadsOf(tx, ownerId);
  const unfinished = await markUploadingDeleted(tx, ownerId);
  const kept = await markMediaDeleted(tx, ownerId, new Date(nowMs));
  const rendered = await deleteRendersOf(tx, ownerId);
  await publishEvents(tx, [
    ...unfinished.map((videoId) => ({
      id: `video-delete-${videoId}`,
      name: "video/delete.requested" as const,
      data: { videoId },
    })),
    ...kept.map((videoId) => ({
      id: `video-media-delete-${videoId}`,
      name: "video/media-delete.requested" as const,
      data: { videoId },
    })),
    // Also of videos whose files went before.
    ...rendered.map((videoId) => ({
      id: `video-renders-delete-${videoId}-${nowMs}`,
      name: "video/media-delete.requested" as const,
      data: { videoId, renders: true },
    })),
  ]);
}

/**
 * Removes the objects of a video whose files are to be gone, as often as it is asked. What was made
 * of it to take home has its own time, and goes with it only where `renders` says so.
 */
export async function removeMedia(videoId: string, renders = false): Promise<void> {
  const video = await findMediaDeleted(videoId);
  if (!video) return;
  const { sourceKey } = video;
  const prefixes = renders ? objectPrefixes(sourceKey) : [videoPrefix(sourceKey)];
  for (const prefix of prefixes) await emptyPrefix(prefix);
}

/** Where those of an account's videos lie that aren't among its own objects. */
export async function videosElsewhere(ownerId: string): Promise<string[]> {
  const prefixes = (await sourceKeysOf(ownerId)).flatMap(objectPrefixes);
  return prefixes.filter((prefix) => !prefix.startsWith(accountPrefix(ownerId)));
}
