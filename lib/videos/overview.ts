import "server-only";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { JobView } from "@/lib/jobs/schema";
import { cancelJobsOfVideo, jobsOfVideos } from "@/lib/jobs/service";
import { publishEvent } from "@/lib/outbox/service";
import { transaction } from "@/lib/transaction";
import { listVideos as listRows, markDeleting, type VideoRow } from "./repo";
import type { ListVideosQuery, VideoStatus, VideoTrack, VideoView } from "./schema";
import { getOwnVideo } from "./service";

/** The owner's videos, newest first, each with its newest job. */
export async function listVideos(options: {
  ownerId: string;
  query: Omit<ListVideosQuery, "of">;
}): Promise<{ videos: VideoView[]; nextCursor: string | null }> {
  const { ownerId, query } = options;
  const rows = await listRows(ownerId, { ...query, limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  const jobs = await jobsOfVideos({ ownerId, videoIds: shown.map((row) => row.id) });
  return {
    videos: shown.map((row) => videoView(row, jobs.get(row.id))),
    nextCursor: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/**
 * A video as its owner sees it; for others see `viewVideo`.
 * @throws {AppError} `not_found`
 */
export async function getVideo(options: { ownerId: string; videoId: string }): Promise<VideoView> {
  const row = await getOwnVideo(options);
  const jobs = await jobsOfVideos({ ownerId: options.ownerId, videoIds: [row.id] });
  return videoView(row, jobs.get(row.id));
}

/**
 * Takes the video out of sight at once, ends its jobs, and has everything of it removed behind.
 * @throws {AppError} `not_found`
 */
export async function deleteVideo(options: { ownerId: string; videoId: string }): Promise<void> {
  const { ownerId, videoId } = options;
  await transaction(async (tx) => {
    if (!(await markDeleting(tx, ownerId, videoId))) throw new AppError("not_found");
    await publishEvent(tx, {
      id: `video-delete-${videoId}`,
      name: "video/delete.requested",
      data: { videoId },
    });
  });
  await cancelJobsOfVideo(videoId);
}

/** A video as its owner sees it. */
export function videoView(row: VideoRow, job: JobView | undefined): VideoView {
  const path = `/api/v1/videos/${row.id}`;
  const uploaded = row.uploadedAt !== null && row.mediaDeletedAt === null;
  const playable = uploaded && (row.playable || row.previewKey !== null);
  return {
    id: row.id,
    role: "owner",
    ownerName: null,
    title: row.title,
    fileName: row.fileName,
    status: row.status as VideoStatus,
    sizeBytes: Number(row.sizeBytes),
    durationMs: row.durationMs,
    width: row.width,
    height: row.height,
    fps: row.fps,
    container: row.container,
    videoCodec: row.videoCodec,
    audioCodec: row.audioCodec,
    errorCode: row.errorCode as ErrorCode | null,
    createdAt: row.createdAt.toISOString(),
    mediaDeletedAt: row.mediaDeletedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    thumbnailUrl: uploaded && row.thumbnailKey ? `${path}/thumbnail` : null,
    peaksUrl: uploaded && row.peaksKey ? `${path}/peaks` : null,
    playUrl: playable ? `${path}/media` : null,
    downloadUrl: uploaded ? `${path}/original` : null,
    previewPending: uploaded && !playable && row.status !== "failed" && row.errorCode === null,
    upload:
      row.upload?.state === "active"
        ? {
            id: row.upload.id,
            sentBytes: row.upload.parts.reduce((sum, part) => sum + part.sizeBytes, 0),
          }
        : null,
    job: job ?? null,
    tracks: tracksInOrder(row),
  };
}

/** What is said before its translations. Rows come newest first. */
function tracksInOrder({ tracks }: VideoRow): VideoTrack[] {
  const spoken = tracks.filter(({ sourceTrackId }) => sourceTrackId === null);
  const translations = tracks.filter(({ sourceTrackId }) => sourceTrackId !== null).reverse();
  return [...spoken, ...translations].map((track) => ({
    ...track,
    updatedAt: track.updatedAt.toISOString(),
  }));
}
