import "server-only";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { StoredObject } from "../local/objects";
import { contentTypeOf, isPathname } from "../pathname";
import { assertContentTypeAllowed, assertPathnameAllowed, assertReadWrite } from "./auth";
import { BlobProtocolError, badRequest, notFound } from "./errors";
import type { ProtocolCall } from "./handler";

/** The hosted store's default: a month. */
const DEFAULT_CACHE_SECONDS = 30 * 24 * 3600;
/** Most bytes of JSON read into memory. */
const MAX_JSON_BYTES = 2 * 1024 ** 2;

export interface WriteRequest {
  pathname: string;
  contentType: string;
  overwrite: boolean;
  cacheMaxAgeSeconds: number | undefined;
  ifMatch: string | undefined;
  maxBytes: number | undefined;
}

/** What a request wants to write, as far as its token allows. */
export function readWriteRequest(call: ProtocolCall): WriteRequest {
  const { grant, request, url } = call;
  const { client } = grant;
  const asked = url.searchParams.get("pathname") ?? "";
  if (!isPathname(asked)) throw badRequest("The pathname is not allowed");
  assertPathnameAllowed(grant, asked);
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const contentType = header("x-content-type") ?? contentTypeOf(asked);
  assertContentTypeAllowed(grant, contentType);
  const ifMatch = client ? client.ifMatch : header("x-if-match");
  // A client's own headers can't widen what its token was signed for.
  const overwrite = client ? client.allowOverwrite : header("x-allow-overwrite") === "1";
  const suffix = client ? client.addRandomSuffix : header("x-add-random-suffix") === "1";
  const maxAge = client ? client.cacheControlMaxAge : Number(header("x-cache-control-max-age"));
  return {
    pathname: suffix ? withSuffix(asked) : asked,
    contentType,
    overwrite: overwrite === true || ifMatch !== undefined,
    cacheMaxAgeSeconds: maxAge || undefined,
    ifMatch,
    maxBytes: client?.maximumSizeInBytes,
  };
}

function withSuffix(pathname: string): string {
  return pathname.replace(
    /(\.[^./]*)?$/,
    (extension) => `-${randomBytes(15).toString("hex")}${extension}`,
  );
}

/** Body length as announced; `x-content-length` is what the SDK sends with a stream. */
export function announcedBytes(request: Request): number | undefined {
  const text = request.headers.get("content-length") ?? request.headers.get("x-content-length");
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export async function putObject(call: ProtocolCall): Promise<unknown> {
  const { request, storage } = call;
  const { pathname, contentType, overwrite, ...asked } = readWriteRequest(call);
  const expectedBytes = announcedBytes(request);
  await storage.assertRoom(expectedBytes ?? 0);
  await assertMatches(call, pathname, asked.ifMatch);
  const stored = await storage.objects.write({
    pathname,
    body: request.body ?? emptyBody(),
    meta: withCacheAge({ contentType }, asked.cacheMaxAgeSeconds),
    overwrite,
    limits: { maxBytes: asked.maxBytes, expectedBytes },
  });
  return blobView(call, pathname, stored);
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

export function withCacheAge<T extends object>(meta: T, cacheMaxAgeSeconds: number | undefined) {
  return cacheMaxAgeSeconds === undefined ? meta : { ...meta, cacheMaxAgeSeconds };
}

async function assertMatches(call: ProtocolCall, pathname: string, etag: string | undefined) {
  if (etag === undefined) return;
  const stored = await call.storage.objects.stat(pathname);
  if (stored?.etag !== etag) {
    throw new BlobProtocolError("precondition_failed", 412, "ETag mismatch");
  }
}

export async function copyObject(call: ProtocolCall): Promise<unknown> {
  assertReadWrite(call.grant);
  const { storage, url, request } = call;
  const source = pathnameOf(call, url.searchParams.get("fromUrl") ?? "");
  const from = await storage.objects.stat(source);
  if (!from) throw notFound();
  const { pathname, overwrite, ifMatch, cacheMaxAgeSeconds } = readWriteRequest(call);
  await storage.assertRoom(from.sizeBytes);
  await assertMatches(call, pathname, ifMatch);
  const contentType = request.headers.get("x-content-type") ?? from.contentType;
  const stored = await storage.objects.write({
    pathname,
    body: await storage.objects.openRead(source),
    meta: withCacheAge({ contentType }, cacheMaxAgeSeconds),
    overwrite,
    limits: { expectedBytes: from.sizeBytes },
  });
  return blobView(call, pathname, stored);
}

export async function headObject(call: ProtocolCall): Promise<unknown> {
  assertReadWrite(call.grant);
  const pathname = pathnameOf(call, call.url.searchParams.get("url") ?? "");
  const stored = await call.storage.objects.stat(pathname);
  if (!stored) throw notFound();
  return {
    ...blobView(call, pathname, stored),
    size: stored.sizeBytes,
    uploadedAt: new Date(stored.uploadedAtMs).toISOString(),
    cacheControl: `private, max-age=${stored.cacheMaxAgeSeconds ?? DEFAULT_CACHE_SECONDS}`,
  };
}

export async function listObjects(call: ProtocolCall): Promise<unknown> {
  assertReadWrite(call.grant);
  const { searchParams } = call.url;
  const prefix = searchParams.get("prefix") ?? "";
  const limit = Math.min(1000, Math.max(1, Number(searchParams.get("limit")) || 1000));
  const cursor = searchParams.get("cursor") ?? "";
  if (searchParams.get("mode") === "folded") return listFolder(call, prefix, limit, cursor);
  const page = await call.storage.objects.list(prefix, { limit, cursor });
  const blobs = await Promise.all(page.objects.map(({ pathname }) => listed(call, pathname)));
  return { blobs: blobs.filter(Boolean), cursor: page.cursor, hasMore: page.cursor !== undefined };
}

/** Objects right under `prefix`; deeper ones show as their folder, once. */
async function listFolder(call: ProtocolCall, prefix: string, limit: number, after: string) {
  const folders: string[] = [];
  const blobs: unknown[] = [];
  let cursor = after;
  for (;;) {
    const page = await call.storage.objects.list(prefix, { limit: 1, cursor });
    const pathname = page.objects[0]?.pathname;
    if (pathname === undefined) return { folders, blobs, hasMore: false };
    if (folders.length + blobs.length >= limit) return { folders, blobs, cursor, hasMore: true };
    const slash = pathname.indexOf("/", prefix.length);
    if (slash < 0) blobs.push(await listed(call, pathname));
    else folders.push(pathname.slice(0, slash + 1));
    // Behind everything in the folder, before whatever follows it.
    cursor = slash < 0 ? pathname : `${pathname.slice(0, slash + 1)}\uffff`;
  }
}

async function listed(call: ProtocolCall, pathname: string) {
  const stored = await call.storage.objects.stat(pathname);
  if (!stored) return undefined;
  const { url, downloadUrl, etag } = blobView(call, pathname, stored);
  const uploadedAt = new Date(stored.uploadedAtMs).toISOString();
  return { url, downloadUrl, etag, pathname, size: stored.sizeBytes, uploadedAt };
}

const deleteBody = z.object({ urls: z.array(z.string()).max(1000) });

export async function deleteObjects(call: ProtocolCall): Promise<unknown> {
  assertReadWrite(call.grant);
  const body = deleteBody.safeParse(await readJson(call.request));
  if (!body.success) throw badRequest("The body must be {urls: string[]}");
  const pathnames = body.data.urls.map((url) => pathnameOf(call, url));
  const ifMatch = call.request.headers.get("x-if-match") ?? undefined;
  for (const pathname of pathnames) {
    await assertMatches(call, pathname, ifMatch);
    await call.storage.objects.delete(pathname);
  }
  return null;
}

/** Reads at most 2 MiB of JSON. */
export async function readJson(request: Request): Promise<unknown> {
  if ((announcedBytes(request) ?? 0) > MAX_JSON_BYTES) throw badRequest("The body is too large");
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? emptyBody()) {
    bytes += chunk.length;
    if (bytes > MAX_JSON_BYTES) throw badRequest("The body is too large");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw badRequest("The body is no JSON");
  }
}

/** The SDK names an object by its URL or its pathname. */
function pathnameOf(call: ProtocolCall, urlOrPathname: string): string {
  let pathname = urlOrPathname;
  if (/^https?:\/\//.test(urlOrPathname)) {
    const url = URL.parse(urlOrPathname);
    const base = `${new URL(call.baseUrl).pathname}/`;
    if (!url?.pathname.startsWith(base)) throw notFound();
    try {
      pathname = decodeURIComponent(url.pathname.slice(base.length));
    } catch {
      throw notFound();
    }
  }
  if (!isPathname(pathname)) throw notFound();
  return pathname;
}

export function blobView(call: ProtocolCall, pathname: string, stored: StoredObject) {
  const url = `${call.baseUrl}/${pathname.split("/").map(encodeURIComponent).join("/")}`;
  const name = encodeURIComponent(pathname.split("/").at(-1) ?? "");
  return {
    url,
    downloadUrl: `${url}?download=1`,
    pathname,
    contentType: stored.contentType,
    contentDisposition: `inline; filename*=UTF-8''${name}`,
    etag: stored.etag,
  };
}
