import "server-only";
import { link, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { assertPathname, contentTypeOf } from "../pathname";
import type { ByteSpan, ListedObject, ObjectPage, ObjectStat } from "../types";
import {
  createFile,
  isErrno,
  readStream,
  syncFolder,
  type WriteOptions,
  writeStream,
} from "./files";

const metaSchema = z.object({
  etag: z.string(),
  contentType: z.string(),
  cacheMaxAgeSeconds: z.number().optional(),
  /** The upload in parts that made this object. */
  uploadId: z.string().optional(),
  /** Which bytes this describes: size and time of the file, in nanoseconds. */
  sizeBytes: z.number(),
  mtimeNs: z.string(),
});
export type ObjectMeta = z.infer<typeof metaSchema>;
export type NewMeta = Omit<ObjectMeta, "sizeBytes" | "mtimeNs">;

export interface StoredObject extends ObjectStat {
  cacheMaxAgeSeconds: number | undefined;
  uploadId: string | undefined;
}

const DEFAULT_PAGE = 1000;

/**
 * Objects as plain files under `objects/`, each with what is known of it in a file under `meta/`.
 * A file is written aside and then given its name, so nobody sees half an object. The meta names
 * the bytes it speaks of; where a crash separated the two, it is ignored and derived anew.
 */
export class LocalObjects {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  path(pathname: string): string {
    assertPathname(pathname);
    return join(this.#root, "objects", pathname);
  }

  #metaPath(pathname: string): string {
    assertPathname(pathname);
    return join(this.#root, "meta", `${pathname}.json`);
  }

  /** A path of its own for a file that isn't an object yet, on the same file system. */
  temporaryPath(): string {
    return join(this.#root, "tmp", newId());
  }

  async stat(pathname: string): Promise<StoredObject | undefined> {
    const info = await stat(this.path(pathname), { bigint: true }).catch((error: unknown) => {
      if (isErrno(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG")) return undefined;
      throw error;
    });
    if (!info?.isFile()) return undefined;
    const sizeBytes = Number(info.size);
    const meta = await this.#readMeta(pathname);
    const valid = meta?.mtimeNs === String(info.mtimeNs) && meta.sizeBytes === sizeBytes;
    return {
      sizeBytes,
      uploadedAtMs: Number(info.mtimeNs / 1_000_000n),
      etag: valid ? meta.etag : `"${sizeBytes.toString(16)}-${info.mtimeNs.toString(16)}"`,
      contentType: valid ? meta.contentType : contentTypeOf(pathname),
      cacheMaxAgeSeconds: valid ? meta.cacheMaxAgeSeconds : undefined,
      uploadId: valid ? meta.uploadId : undefined,
    };
  }

  async #readMeta(pathname: string): Promise<ObjectMeta | undefined> {
    try {
      return metaSchema.parse(JSON.parse(await readFile(this.#metaPath(pathname), "utf8")));
    } catch {
      return undefined;
    }
  }

  async openRead(
    pathname: string,
    range?: ByteSpan,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    if (!(await this.stat(pathname))) throw new AppError("not_found");
    return readStream(this.path(pathname), range);
  }

  /** Stores a stream as an object. @throws {AppError} `conflict` if one is there and may not go. */
  async write(options: {
    pathname: string;
    body: AsyncIterable<Uint8Array>;
    meta: Omit<NewMeta, "etag">;
    overwrite: boolean;
    limits?: WriteOptions;
  }): Promise<StoredObject> {
    assertPathname(options.pathname);
    const temporary = this.temporaryPath();
    const written = await createFile(
      temporary,
      (handle) => writeStream(handle, options.body, options.limits),
      { durable: true },
    );
    try {
      const meta = { ...options.meta, etag: `"${written.sha256}"` };
      return await this.place(temporary, options.pathname, meta, options.overwrite);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /**
   * Gives a finished file its name as an object; afterwards `file` is gone. Doing it again after
   * a crash in the middle ends in the same state.
   * @throws {AppError} `conflict` when another object has the name and `overwrite` is false.
   */
  async place(
    file: string,
    pathname: string,
    meta: NewMeta,
    overwrite: boolean,
  ): Promise<StoredObject> {
    const target = this.path(pathname);
    const info = await stat(file, { bigint: true });
    const whole = { ...meta, sizeBytes: Number(info.size), mtimeNs: String(info.mtimeNs) };
    const temporaryMeta = this.temporaryPath();
    await createFile(temporaryMeta, (handle) => handle.writeFile(JSON.stringify(whole)), {
      durable: true,
    });
    const placeMeta = () => renameInto(temporaryMeta, this.#metaPath(pathname));
    try {
      if (overwrite) {
        await placeMeta();
        await renameInto(file, target);
      } else {
        // The meta comes second here: the name may turn out to belong to another object.
        await linkInto(file, target);
        await placeMeta();
        await rm(file, { force: true });
      }
    } finally {
      await rm(temporaryMeta, { force: true });
    }
    await Promise.all([syncFolder(dirname(target)), syncFolder(dirname(this.#metaPath(pathname)))]);
    const stored = await this.stat(pathname);
    if (!stored) throw new AppError("storage_unavailable", { detail: "the object has vanished" });
    return stored;
  }

  async delete(pathname: string): Promise<void> {
    for (const [path, top] of [
      [this.path(pathname), join(this.#root, "objects")],
      [this.#metaPath(pathname), join(this.#root, "meta")],
    ] as const) {
      await rm(path, { force: true }).catch((error: unknown) => {
        // A folder is no object; a name below a file is none either.
        if (!isErrno(error, "ERR_FS_EISDIR", "EISDIR", "ENOTDIR", "EPERM")) throw error;
      });
      await removeEmptyFolders(dirname(path), top);
    }
  }

  async list(prefix: string, options: { cursor?: string; limit?: number }): Promise<ObjectPage> {
    const limit = options.limit ?? DEFAULT_PAGE;
    const objects: ListedObject[] = [];
    for await (const pathname of this.#walk("", prefix, options.cursor ?? "")) {
      if (objects.length === limit) return { objects, cursor: objects.at(-1)?.pathname ?? "" };
      const info = await this.stat(pathname);
      if (info) {
        const { sizeBytes, uploadedAtMs } = info;
        objects.push({ pathname, sizeBytes, uploadedAtMs });
      }
    }
    return { objects };
  }

  /** Pathnames under `folder` ("" or ending in "/") in order, after `cursor`, with `prefix`. */
  async *#walk(folder: string, prefix: string, cursor: string): AsyncGenerator<string> {
    const path = join(this.#root, "objects", folder);
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      if (isErrno(error, "ENOENT", "ENOTDIR")) return [];
      throw error;
    });
    const names = entries
      .filter((entry) => entry.isDirectory() || entry.isFile())
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`)
      .sort((a, b) => (a < b ? -1 : 1));
    for (const name of names) {
      const related = name.startsWith(prefix) || (name.endsWith("/") && prefix.startsWith(name));
      if (!related) continue;
      if (!name.endsWith("/")) {
        if (name > cursor) yield name;
      } else if (name > cursor || cursor.startsWith(name)) {
        yield* this.#walk(name, prefix, cursor);
      }
    }
  }
}

/** A concurrent delete may take the still empty folder away again. */
const FOLDER_TRIES = 5;

async function withFolder(target: string, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await mkdir(dirname(target), { recursive: true });
    try {
      return await work();
    } catch (error) {
      if (attempt === FOLDER_TRIES || !isErrno(error, "ENOENT")) throw error;
    }
  }
}

async function renameInto(from: string, to: string): Promise<void> {
  await withFolder(to, () => rename(from, to));
}

async function linkInto(from: string, to: string): Promise<void> {
  try {
    await withFolder(to, () => link(from, to));
  } catch (error) {
    if (isErrno(error, "EEXIST")) {
      if (await isSameFile(from, to)) return;
      throw new AppError("conflict", { detail: "This blob already exists" });
    }
    // File systems without hard links: the gap between looking and renaming is accepted.
    if (!isErrno(error, "EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK")) throw error;
    const taken = await open(to, "r").catch(() => undefined);
    await taken?.close();
    if (taken) throw new AppError("conflict", { detail: "This blob already exists" });
    await rename(from, to);
  }
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([stat(a, { bigint: true }), stat(b, { bigint: true })]);
  return left.ino === right.ino && left.dev === right.dev;
}

async function removeEmptyFolders(folder: string, top: string): Promise<void> {
  for (let at = folder; at !== top && at.startsWith(top); at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}
