import "server-only";
import { AppError } from "@/lib/errors";
import { parseByteRange } from "@/lib/http/byte-range";
import { contentDisposition } from "@/lib/http/content-disposition";
import { storage } from "./index";
import type { ObjectStat, Storage } from "./types";

export interface ServeOptions {
  request: Request;
  storage: Pick<Storage, "openRead">;
  pathname: string;
  stat: Pick<ObjectStat, "sizeBytes" | "etag" | "uploadedAtMs">;
  /** As the person knows it; any characters. */
  fileName: string;
  contentType: string;
  disposition: "inline" | "attachment";
}

/**
 * An object as the answer to GET or HEAD: ranges, conditional requests (RFC 9110, section 13) and
 * a file name in any script. Whether the caller may have it is decided before.
 */
export async function serveObject(options: ServeOptions): Promise<Response> {
  const { request, storage, pathname, stat } = options;
  const headers = commonHeaders(options);
  const precondition = checkPreconditions(request.headers, stat);
  if (precondition !== 200) return new Response(null, { status: precondition, headers });
  const { sizeBytes } = stat;
  const wanted = rangeApplies(request, stat) ? request.headers.get("range") : null;
  const range = parseByteRange(wanted, sizeBytes);
  if (range.kind === "unsatisfiable") {
    headers.set("content-range", `bytes */${sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-type", options.contentType);
  headers.set("content-disposition", contentDisposition(options.disposition, options.fileName));
  if (range.kind === "part") {
    headers.set("content-range", `bytes ${range.start}-${range.end}/${sizeBytes}`);
  }
  const length = range.kind === "part" ? range.end - range.start + 1 : sizeBytes;
  headers.set("content-length", String(length));
  const isHead = request.method === "HEAD";
  const span = range.kind === "part" ? { start: range.start, end: range.end } : undefined;
  const body = isHead || sizeBytes === 0 ? null : await storage.openRead(pathname, span);
  return new Response(body, { status: span ? 206 : 200, headers });
}

/**
 * The same for an object that may not be there.
 * @throws {AppError} `not_found` without a name, or when nothing has it
 */
export async function serveStored(
  options: Omit<ServeOptions, "pathname" | "stat" | "storage"> & { pathname: string | null },
): Promise<Response> {
  const { pathname } = options;
  const stat = pathname ? await storage().stat(pathname) : undefined;
  if (!pathname || !stat) throw new AppError("not_found");
  return serveObject({ ...options, storage: storage(), pathname, stat });
}

function commonHeaders({ stat }: ServeOptions): Headers {
  return new Headers({
    "accept-ranges": "bytes",
    // Kept by the browser, but asked about each time: access may have ended.
    "cache-control": "private, no-cache",
    etag: stat.etag,
    "last-modified": new Date(stat.uploadedAtMs).toUTCString(),
    "x-content-type-options": "nosniff",
    // An uploaded file that turns out to be a page can't run anything in our name.
    "content-security-policy": "sandbox",
    "cross-origin-resource-policy": "same-origin",
    vary: "cookie",
  });
}

/** RFC 9110, section 13.2.2: the entity tags win over the times. */
function checkPreconditions(
  headers: Headers,
  { etag, uploadedAtMs }: ServeOptions["stat"],
): 200 | 304 | 412 {
  const ifMatch = headers.get("if-match");
  const unmodifiedSince = secondsOf(headers.get("if-unmodified-since"));
  const changed = Math.floor(uploadedAtMs / 1000);
  if (ifMatch !== null) {
    if (!listHas(ifMatch, etag, "strong")) return 412;
  } else if (unmodifiedSince !== undefined && changed > unmodifiedSince) return 412;
  const ifNoneMatch = headers.get("if-none-match");
  if (ifNoneMatch !== null) return listHas(ifNoneMatch, etag, "weak") ? 304 : 200;
  const modifiedSince = secondsOf(headers.get("if-modified-since"));
  return modifiedSince !== undefined && changed <= modifiedSince ? 304 : 200;
}

/** A range counts for GET only, and with `If-Range` only while the object is still that one. */
function rangeApplies(request: Request, { etag, uploadedAtMs }: ServeOptions["stat"]): boolean {
  if (request.method !== "GET") return false;
  const ifRange = request.headers.get("if-range")?.trim();
  if (ifRange === undefined) return true;
  if (ifRange.startsWith('"')) return ifRange === etag;
  // A weak tag never matches; a date must be exactly the one that was given.
  return secondsOf(ifRange) === Math.floor(uploadedAtMs / 1000);
}

function listHas(list: string, etag: string, comparison: "strong" | "weak"): boolean {
  if (list.trim() === "*") return true;
  const opaque = etag.replace(/^W\//, "");
  return [...list.matchAll(/(W\/)?("[^"]*")/g)].some(([, weak, tag]) => {
    if (comparison === "strong" && (weak || etag.startsWith("W/"))) return false;
    return tag === opaque;
  });
}

/** Of an HTTP date; undefined when it is none. */
function secondsOf(date: string | null | undefined): number | undefined {
  const ms = date?.endsWith("GMT") ? Date.parse(date) : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
