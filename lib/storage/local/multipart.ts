import "server-only";
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { isId, newId } from "@/lib/ids";
import { assertPathname } from "../pathname";
import { createFile, isErrno, tooLarge, writeStream } from "./files";
import { areIntact, createFlusher, joinParts } from "./join";
import { createKeyedLock } from "./keyed-lock";
import type { LocalObjects, StoredObject } from "./objects";
import {
  chooseParts,
  formatPart,
  type PartName,
  type PartRecord,
  parsePart,
  SLOT_BYTES,
  slotOffset,
} from "./parts";

/** S3's limit, and so the hosted store's. */
export const MAX_PART_NUMBER = 10_000;

const uploadSchema = z.object({
  pathname: z.string(),
  contentType: z.string(),
  overwrite: z.boolean(),
  cacheMaxAgeSeconds: z.number().optional(),
});
type UploadRecord = z.infer<typeof uploadSchema>;

export interface PartUpload {
  uploadId: string;
  pathname: string;
  partNumber: number;
  body: AsyncIterable<Uint8Array>;
  /** Length the sender announced, bytes. */
  expectedBytes: number | undefined;
  /** Most bytes the whole object may have. */
  maxBytes: number | undefined;
}

/**
 * Uploads in parts, as folders under `uploads/`:
 * - `upload.json`: what was asked for; its presence means the upload is open
 * - `data`: the final file in the making; part n of 8 MiB lies at (n - 1) * 8 MiB
 * - `slots/n`: whoever created this name owns place n of `data`. A crashed or second writer of the
 *   same part can't have it, and writes a file of its own under `own/`
 * - `parts/`: an empty file per finished part; its name holds number, size, hash and place.
 *   It appears after the bytes are written, so what is listed is whole, however the process ends.
 *
 * Nothing here waits for the disk but `complete`. A power cut may therefore take bytes of listed
 * parts with it: parts from before the machine's last start are checked against their hash.
 */
export class LocalUploads {
  readonly #root: string;
  readonly #objects: LocalObjects;
  readonly #bootMs: number;
  readonly #lock = createKeyedLock();
  readonly #flusher = createFlusher();

  /** `bootMs`: when the machine was started. */
  constructor(root: string, objects: LocalObjects, bootMs = Date.now() - uptime() * 1000) {
    this.#root = root;
    this.#objects = objects;
    this.#bootMs = bootMs;
  }

  #folder(uploadId: string): string {
    if (!isId(uploadId)) throw unknownUpload();
    return join(/* turbopackIgnore: true */ this.#root, "uploads", uploadId);
  }

  /** @returns the new upload's id. */
  async create(record: UploadRecord): Promise<string> {
    assertPathname(record.pathname);
    const uploadId = newId();
    const folder = this.#folder(uploadId);
    await mkdir(folder, { recursive: true });
    for (const name of ["slots", "own", "parts"])
      await mkdir(join(/* turbopackIgnore: true */ folder, name));
    await writeFile(join(folder, "data"), "");
    // Last and in one step: with it the upload is open.
    await writeFile(join(folder, "upload.new"), JSON.stringify(record));
    await rename(join(folder, "upload.new"), join(folder, "upload.json"));
    return uploadId;
  }

  async #open(uploadId: string, pathname: string): Promise<UploadRecord | undefined> {
    const text = await readFile(join(this.#folder(uploadId), "upload.json"), "utf8").catch(
      (error: unknown) => {
        if (isErrno(error, "ENOENT")) return undefined;
        throw error;
      },
    );
    const record = text === undefined ? undefined : uploadSchema.parse(JSON.parse(text));
    if (record && record.pathname !== pathname) throw unknownUpload();
    return record;
  }

  async #parts(folder: string): Promise<PartRecord[]> {
    const names = await readdir(join(folder, "parts"));
    return names.map(parsePart).filter((part) => part !== undefined);
  }

  /** Receives one part. @returns its quoted ETag. */
  async putPart(options: PartUpload): Promise<string> {
    const { uploadId, partNumber, expectedBytes, maxBytes = Infinity } = options;
    const folder = this.#folder(uploadId);
    if (!(await this.#open(uploadId, options.pathname))) throw unknownUpload();
    const others = (await this.#parts(folder)).filter((part) => part.partNumber !== partNumber);
    const room = maxBytes - others.reduce((sum, part) => sum + part.sizeBytes, 0);
    if ((expectedBytes ?? 0) > room) throw tooLarge(maxBytes);
    const inSlot = expectedBytes === SLOT_BYTES && (await claimSlot(folder, partNumber));
    const place = inSlot ? "slot" : newId();
    const limits = { maxBytes: Math.max(0, room), expectedBytes };
    const written = inSlot
      ? await writeSlot(folder, partNumber, options.body, limits)
      : await createFile(
          join(folder, "own", place),
          (handle) => writeStream(handle, options.body, limits),
          { durable: false },
        );
    this.#flusher.flush(join(folder, "data"));
    return this.#record(folder, { partNumber, ...written, place });
  }

  async #record(folder: string, part: PartName): Promise<string> {
    const same = (await this.#parts(folder)).filter((old) => old.partNumber === part.partNumber);
    const twin = same.find((old) => old.sha256 === part.sha256);
    if (twin && part.place !== "slot") {
      await rm(join(folder, "own", part.place), { force: true });
      return twin.etag;
    }
    const name = formatPart(part);
    await (await open(join(folder, "parts", name), "w")).close();
    for (const old of same.filter((other) => other.sha256 !== part.sha256)) {
      await rm(join(folder, "parts", old.name), { force: true });
      if (old.place !== "slot") await rm(join(folder, "own", old.place), { force: true });
    }
    return `"${part.sha256}"`;
  }

  /**
   * Joins the named parts into the object. Asking again with the same parts answers the same.
   * @throws {AppError} `invalid_request` when a part is missing or its ETag differs.
   */
  complete(options: {
    uploadId: string;
    pathname: string;
    parts: { partNumber: number; etag: string }[];
    maxBytes: number | undefined;
  }): Promise<StoredObject> {
    return this.#lock(options.uploadId, async () => {
      const { uploadId, pathname, maxBytes = Infinity } = options;
      const folder = this.#folder(uploadId);
      const wanted = options.parts.toSorted((a, b) => a.partNumber - b.partNumber);
      const etag = joinedEtag(wanted);
      const upload = await this.#open(uploadId, pathname);
      const finished = await this.#objects.stat(pathname);
      if (finished?.uploadId === uploadId) {
        if (finished.etag !== etag) throw badParts("completed with other parts");
        await rm(folder, { recursive: true, force: true });
        return finished;
      }
      if (!upload) throw unknownUpload();
      const parts = chooseParts(await this.#parts(folder), wanted);
      if (!parts) throw badParts("a part is missing or its ETag differs");
      const totalBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
      if (totalBytes > maxBytes) throw tooLarge(maxBytes);
      if (!(await areIntact(folder, parts, this.#bootMs))) throw badParts("a part was damaged");
      const file = await joinParts(folder, parts, totalBytes);
      const { contentType, cacheMaxAgeSeconds, overwrite } = upload;
      const meta = {
        etag,
        contentType,
        uploadId,
        ...(cacheMaxAgeSeconds !== undefined && { cacheMaxAgeSeconds }),
      };
      const stored = await this.#objects.place(file, pathname, meta, overwrite);
      await rm(folder, { recursive: true, force: true });
      return stored;
    });
  }

  async abort(uploadId: string): Promise<void> {
    if (!isId(uploadId)) return;
    await this.#lock(uploadId, () => rm(this.#folder(uploadId), { recursive: true, force: true }));
  }

  /** Removes uploads nobody wrote to since `beforeMs`. @returns how many. */
  async sweep(beforeMs: number): Promise<number> {
    const uploads = join(this.#root, "uploads");
    let removed = 0;
    for (const uploadId of (await readdir(uploads).catch(() => [])).filter(isId)) {
      if ((await lastTouchedMs(join(uploads, uploadId))) >= beforeMs) continue;
      await this.abort(uploadId);
      removed++;
    }
    return removed;
  }
}

/** True for the first caller ever; creating a name is atomic between processes too. */
async function claimSlot(folder: string, partNumber: number): Promise<boolean> {
  try {
    await (await open(join(folder, "slots", String(partNumber)), "wx")).close();
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw error;
  }
}

async function writeSlot(
  folder: string,
  partNumber: number,
  body: AsyncIterable<Uint8Array>,
  limits: { maxBytes: number; expectedBytes: number | undefined },
) {
  const handle = await open(join(folder, "data"), "r+");
  try {
    const position = slotOffset(partNumber);
    return await writeStream(handle, body, { ...limits, position });
  } finally {
    await handle.close();
  }
}

async function lastTouchedMs(folder: string): Promise<number> {
  const paths = [
    folder,
    ...["data", "own", "parts", "slots"].map((name) =>
      join(/* turbopackIgnore: true */ folder, name),
    ),
  ];
  const times = await Promise.all(
    paths.map(async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0),
  );
  return Math.max(...times);
}

/** SHA-256 over the parts' hashes, then their number: the shape S3 gives such objects. */
function joinedEtag(parts: { etag: string }[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part.etag.replaceAll('"', ""));
  return `"${hash.digest("hex")}-${parts.length}"`;
}

function unknownUpload(): AppError {
  return new AppError("not_found", { detail: "no such upload" });
}

function badParts(detail: string): AppError {
  return new AppError("invalid_request", { detail });
}
