import { AppError } from "@/lib/errors";

/** The hosted store's own limit, in characters. */
export const MAX_PATHNAME_LENGTH = 950;

/** Room for what the local engine appends to a file name; file systems allow 255 bytes. */
const MAX_SEGMENT_BYTES = 200;

/**
 * What every engine takes as an object's name: `a/b/c.ext`, relative, without anything that means
 * something else to a file system or a URL.
 */
export function isPathname(pathname: string): boolean {
  if (pathname.length === 0 || pathname.length > MAX_PATHNAME_LENGTH) return false;
  if (/[\\\p{Cc}]/u.test(pathname) || !pathname.isWellFormed()) return false;
  return pathname.split("/").every(isSegment);
}

function isSegment(segment: string): boolean {
  if (segment === "" || segment === "." || segment === "..") return false;
  return new TextEncoder().encode(segment).length <= MAX_SEGMENT_BYTES;
}

/** @throws {AppError} `invalid_request` unless `isPathname`. */
export function assertPathname(pathname: string): void {
  if (!isPathname(pathname)) {
    throw new AppError("invalid_request", { detail: "the object's pathname is not allowed" });
  }
}

const contentTypes: Record<string, string> = {
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
  avi: "video/x-msvideo",
  webm: "video/webm",
  webp: "image/webp",
  jpg: "image/jpeg",
  png: "image/png",
  json: "application/json",
  vtt: "text/vtt",
  txt: "text/plain",
  flac: "audio/flac",
  wav: "audio/wav",
};

/** The media type a name's extension stands for, where no other was given. */
export function contentTypeOf(pathname: string): string {
  const extension = /\.([A-Za-z0-9]+)$/.exec(pathname)?.[1]?.toLowerCase() ?? "";
  return contentTypes[extension] ?? "application/octet-stream";
}
