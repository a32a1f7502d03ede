import "server-only";
import { videoAccess } from "@/lib/sharing/access";
import { getVideo } from "./overview";
import type { VideoView } from "./schema";
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
  return { ...video, role, job: null, upload: null, downloadUrl: null, expiresAt: null };
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
