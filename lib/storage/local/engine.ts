import "server-only";
import { createReadStream } from "node:fs";
import { constants, copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, systemClock } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { assertPathname } from "../pathname";
import { localReadWriteToken, signUploadToken } from "../token";
import type {
  ByteSpan,
  ObjectPage,
  ObjectStat,
  Storage,
  UploadRef,
  UploadTokenOptions,
} from "../types";
import { freeBytes, translatingDiskErrors } from "./files";
import { LocalUploads } from "./multipart";
import { LocalObjects } from "./objects";

/** Left alone for the database, logs and the media tools' working files. */
const DEFAULT_FLOOR_BYTES = 512 * 1024 ** 2;

export interface LocalStorageOptions {
  /** Folder of the store; made when missing. */
  root: string;
  authSecret: string;
  /** Free space never to go below. Default: 512 MiB. */
  floorBytes?: number;
  clock?: Clock;
  /** When the machine was started, ms since the epoch. Default: as the system says. */
  bootMs?: number;
}

/** Objects on this machine's disk. `objects` and `uploads` are what the Blob protocol writes to. */
export class LocalStorage implements Storage {
  readonly id = "local";
  readonly objects: LocalObjects;
  readonly uploads: LocalUploads;
  /** Grants everything; only for this process and its tests. */
  readonly readWriteToken: string;
  readonly #root: string;
  readonly #floorBytes: number;
  readonly #clock: Clock;

  constructor(options: LocalStorageOptions) {
    this.#root = options.root;
    this.#floorBytes = options.floorBytes ?? DEFAULT_FLOOR_BYTES;
    this.#clock = options.clock ?? systemClock;
    this.readWriteToken = localReadWriteToken(options.authSecret);
    this.objects = new LocalObjects(options.root);
    this.uploads = new LocalUploads(options.root, this.objects, options.bootMs);
  }

  issueUploadToken(options: UploadTokenOptions): Promise<string> {
    assertPathname(options.pathname);
    return signUploadToken(this.readWriteToken, options);
  }

  blobApiUrl(): string {
    return "/api/blob";
  }

  async assertRoom(sizeBytes: number): Promise<void> {
    await translatingDiskErrors(async () => {
      await mkdir(this.#root, { recursive: true });
      if ((await freeBytes(this.#root)) - sizeBytes < this.#floorBytes) {
        throw new AppError("storage_full");
      }
    });
  }

  async stat(pathname: string): Promise<ObjectStat | undefined> {
    const stored = await translatingDiskErrors(() => this.objects.stat(pathname));
    if (!stored) return undefined;
    const { sizeBytes, etag, contentType, uploadedAtMs } = stored;
    return { sizeBytes, etag, contentType, uploadedAtMs };
  }

  openRead(pathname: string, range?: ByteSpan): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return translatingDiskErrors(() => this.objects.openRead(pathname, range));
  }

  async put(
    pathname: string,
    source: { path: string },
    { contentType }: { contentType: string },
  ): Promise<void> {
    await translatingDiskErrors(async () => {
      await this.assertRoom((await stat(source.path)).size);
      const body = createReadStream(source.path, { highWaterMark: 256 * 1024 });
      await this.objects.write({ pathname, body, meta: { contentType }, overwrite: true });
    });
  }

  localPath(pathname: string): string {
    return this.objects.path(pathname);
  }

  async fetchToFile(
    pathname: string,
    path: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<void> {
    try {
      signal?.throwIfAborted();
      await translatingDiskErrors(() =>
        copyFile(this.objects.path(pathname), path, constants.COPYFILE_FICLONE),
      );
      signal?.throwIfAborted();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async delete(pathnames: string[]): Promise<void> {
    await translatingDiskErrors(async () => {
      for (const pathname of pathnames) await this.objects.delete(pathname);
    });
  }

  list(prefix: string, options: { cursor?: string; limit?: number } = {}): Promise<ObjectPage> {
    return translatingDiskErrors(() => this.objects.list(prefix, options));
  }

  async abortUpload({ storageUploadId }: UploadRef): Promise<void> {
    await translatingDiskErrors(() => this.uploads.abort(storageUploadId));
  }

  async sweepStaleUploads(olderThanMs: number): Promise<number> {
    const beforeMs = this.#clock.now() - olderThanMs;
    return translatingDiskErrors(async () => {
      const removed = await this.uploads.sweep(beforeMs);
      return removed + (await this.#sweepTemporary(beforeMs));
    });
  }

  async #sweepTemporary(beforeMs: number): Promise<number> {
    const folder = join(this.#root, "tmp");
    let removed = 0;
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const info = await stat(path).catch(() => undefined);
      if (!info || info.mtimeMs >= beforeMs) continue;
      await rm(path, { recursive: true, force: true });
      removed++;
    }
    return removed;
  }
}
