import "server-only";
import { AppError } from "@/lib/errors";
import { serveStored } from "@/lib/storage/serve";
import type { VideoRow } from "./repo";
import { getOwnVideo } from "./service";

export type VideoFile = "media" | "original" | "thumbnail";

interface Served {
  pathname: string | null;
  contentType: string;
  disposition: "inline" | "attachment";
}

/**
 * One of a video's files, with ranges and conditions. Whoever may see it: `serveViewedFile`.
 * @throws {AppError} `not_found`, also while the file isn't made yet; `gone` once it was deleted
 */
export async function serveVideoFile(options: {
  request: Request;
  ownerId: string;
  videoId: string;
  file: VideoFile;
}): Promise<Response> {
  const video = await getOwnVideo(options);
  if (video.mediaDeletedAt) throw new AppError("gone");
  const { pathname, contentType, disposition } = served(video, options.file);
  return serveStored({
    request: options.request,
    pathname,
    fileName: options.file === "original" ? video.fileName : (pathname?.split("/").at(-1) ?? ""),
    contentType,
    disposition,
  });
}

function served(video: VideoRow, file: VideoFile): Served {
  const source = video.uploadedAt ? video.sourceKey : null;
  switch (file) {
    case "media":
      // Browsers play QuickTime files whose streams they know, but only when told it is MP4.
      return video.playable
        ? { pathname: source, contentType: playedAs(video.contentType), disposition: "inline" }
        : { pathname: video.previewKey, contentType: "video/mp4", disposition: "inline" };
    case "original":
      return { pathname: source, contentType: video.contentType, disposition: "attachment" };
    case "thumbnail":
      return { pathname: video.thumbnailKey, contentType: "image/webp", disposition: "inline" };
  }
}

function playedAs(contentType: string): string {
  return contentType === "video/quicktime" ? "video/mp4" : contentType;
}
