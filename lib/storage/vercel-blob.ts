import "server-only";
import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  BlobError,
  BlobNotFoundError,
  BlobServiceRateLimited,
  del,
  get,
  head,
  list,
  put,
} from "@vercel/blob";
import { AppError } from "@/lib/errors";
import { assertPathname } from "./pathname";
import { signUploadToken } from "./token";
import type { ByteSpan, ObjectPage, ObjectStat, Storage, UploadTokenOptions } from "./types";

/** Below this a single request does; above, parts can be retried one by one. */
const MULTIPART_FROM_BYTES = 32 * 1024 ** 2;
/** Most names in one delete request. */
const DELETE_BATCH = 100;

export interface VercelBlobOptions {
  /** `vercel_blob_rw_<store>_<secret>` of a private store. */
  token: string;
  /** How bytes are read. The SDK's `get` can't be sent anywhere but to the hosted store. */
  read?: BlobReader;
}

/** The part of the SDK's `get` used here. */
export type BlobReader = (
  pathname: string,
  options: { access: "private"; token: string; useCache: false; headers: Record<string, string> },
) => Promise<{
  stream: ReadableStream<Uint8Array> | null;
  headers: { get(name: string): string | null };
} | null>;

/** Objects in a private store of Vercel Blob. */
export class VercelBlobStorage implements Storage {
  readonly id = "vercel-blob";
  readonly #token: string;
  readonly #read: BlobReader;

  constructor(options: VercelBlobOptions) {
    this.#token = options.token;
    this.#read = options.read ?? get;
  }

  async issueUploadToken(options: UploadTokenOptions): Promise<string> {
    assertPathname(options.pathname);
    return signUploadToken(this.#token, options);
  }

  blobApiUrl(): null {
    return null;
  }

  /** The hosted store has no end that could be asked for. */
  async assertRoom(): Promise<void> {}

  async stat(pathname: string): Promise<ObjectStat | undefined> {
    assertPathname(pathname);
    try {
      const found = await head(pathname, { token: this.#token });
      const { size, etag, contentType, uploadedAt } = found;
      return { sizeBytes: size, etag, contentType, uploadedAtMs: uploadedAt.getTime() };
    } catch (error) {
      if (error instanceof BlobNotFoundError) return undefined;
      throw translate(error);
    }
  }

  async openRead(
    pathname: string,
    range?: ByteSpan,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    assertPathname(pathname);
    const headers: Record<string, string> = {};
    if (range) headers.range = `bytes=${range.start}-${range.end}`;
    const found = await translating(() =>
      // The cache would go on answering for an object that has been deleted.
      this.#read(pathname, { access: "private", token: this.#token, useCache: false, headers }),
    );
    if (!found?.stream) throw new AppError("not_found");
    const given = found.headers.get("content-range");
    if (range && !given?.startsWith(`bytes ${range.start}-${range.end}/`)) {
      await found.stream.cancel();
      throw new AppError("storage_unavailable", { detail: `asked for a range, got ${given}` });
    }
    return found.stream as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  async put(
    pathname: string,
    source: { path: string },
    { contentType }: { contentType: string },
  ): Promise<void> {
    assertPathname(pathname);
    const { size } = await stat(source.path);
    await translating(() =>
      put(pathname, createReadStream(source.path), {
        access: "private",
        token: this.#token,
        contentType,
        addRandomSuffix: false,
        allowOverwrite: true,
        multipart: size >= MULTIPART_FROM_BYTES,
      }),
    );
  }

  localPath(): undefined {
    return undefined;
  }

  async fetchToFile(
    pathname: string,
    path: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const stream = await this.openRead(pathname);
    try {
      const body = Readable.from(stream);
      await pipeline(body, createWriteStream(path, { flags: "wx" }), signal ? { signal } : {});
    } catch (error) {
      await rm(path, { force: true });
      throw signal?.aborted ? error : translate(error);
    }
  }

  async delete(pathnames: string[]): Promise<void> {
    for (const pathname of pathnames) assertPathname(pathname);
    for (let i = 0; i < pathnames.length; i += DELETE_BATCH) {
      const batch = pathnames.slice(i, i + DELETE_BATCH);
      await translating(() => del(batch, { token: this.#token }));
    }
  }

  async list(
    prefix: string,
    options: { cursor?: string; limit?: number } = {},
  ): Promise<ObjectPage> {
    const page = await translating(() => list({ token: this.#token, prefix, ...options }));
    const objects = page.blobs.map(({ pathname, size, uploadedAt }) => ({
      pathname,
      sizeBytes: size,
      uploadedAtMs: uploadedAt.getTime(),
    }));
    return page.hasMore && page.cursor ? { objects, cursor: page.cursor } : { objects };
  }

  /** The SDK has no call for it; the hosted store drops abandoned parts by itself. */
  async abortUpload(): Promise<void> {}

  async sweepStaleUploads(): Promise<number> {
    return 0;
  }
}

async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof BlobNotFoundError) return new AppError("not_found", { cause: error });
  if (error instanceof BlobServiceRateLimited) {
    const retryAfterMs = error.retryAfter * 1000;
    return new AppError("storage_unavailable", { retryAfterMs, cause: error });
  }
  const fromNetwork = error instanceof TypeError;
  if (error instanceof BlobError || fromNetwork) {
    return new AppError("storage_unavailable", { cause: error });
  }
  return error;
}
