import "server-only";
import { getAccount } from "@/lib/accounts/service";
import { videoAccess } from "@/lib/sharing/access";
import type { VideoRole } from "@/lib/sharing/roles";
import { getVideo, videoView } from "./overview";
import { listShared as listSharedRows } from "./repo";
import type { ListVideosQuery, VideoView } from "./schema";
import { serveVideoFile, type VideoFile } from "./serving";

/**
 * A video for somebody who may see it. What its owner orders and pays stays theirs: others get
 * neither the job, nor the original file, nor when the files go.
 * @throws {AppError} `not_found`
 */
export async function viewVideo(options: { userId: string; videoId: string }): Promise<VideoView> {
  const { ownerId, videoId, role } = await videoAccess({ ...options, need: "viewer" });
  const video = await getVideo({ ownerId, videoId });
  if (role === "owner") return video;
  const owner = await getAccount(ownerId);
  return forMember(video, { role, ownerName: owner?.name ?? "" });
}

function forMember(video: VideoView, as: { role: VideoRole; ownerName: string }): VideoView {
  return { ...video, ...as, job: null, upload: null, downloadUrl: null, expiresAt: null };
}

/** What others have shared with somebody, the newest first; also what they haven't opened yet. */
export async function listSharedVideos(options: {
  userId: string;
  query: ListVideosQuery;
}): Promise<{ videos: VideoView[]; nextCursor: string | null }> {
  const { userId, query } = options;
  const account = await getAccount(userId);
  const reader = { userId, email: account?.email ?? null };
  const rows = await listSharedRows(reader, { ...query, limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  return {
    videos: shown.map(({ row, ...as }) => forMember(videoView(row, undefined), as)),
    nextCursor: rows.length > query.limit ? (shown.at(-1)?.row.id ?? null) : null,
  };
}

/**
 * One of a video's files for somebody who may see it; the original only for its owner. See
 * `serveVideoFile`.
 * @throws {AppError} `not_found`, `forbidden`, `gone`
 */
export async function serveViewedFile(options: {
  request: Request;
  userId: string;
  videoId: string;
  file: VideoFile;
}): Promise<Response> {
  const { request, userId, videoId, file } = options;
  const need = file === "original" ? "owner" : "viewer";
  const { ownerId } = await videoAccess({ userId, videoId, need });
  return serveVideoFile({ request, ownerId, videoId, file });
}
