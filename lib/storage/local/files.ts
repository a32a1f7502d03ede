import "server-only";
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rm, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "@/lib/errors";
import type { ByteSpan } from "../types";

/** Bytes gathered before a write: large enough that the thread pool isn't the bottleneck. */
const WRITE_BATCH_BYTES = 1024 ** 2;
const READ_CHUNK_BYTES = 256 * 1024;

export interface Written {
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

export interface WriteOptions {
  /** Where in the file the first byte goes. Default: 0. */
  position?: number;
  /** @throws {AppError} `file_too_large` beyond this. */
  maxBytes?: number | undefined;
  /** What the sender announced. @throws {AppError} `size_mismatch` for more or less. */
  expectedBytes?: number | undefined;
}

/**
 * Writes a stream into an open file, hashing it on the way. At most two batches are in memory: one
 * on its way to the disk while the next one is gathered.
 */
export async function writeStream(
  handle: FileHandle,
  source: AsyncIterable<Uint8Array>,
  options: WriteOptions = {},
): Promise<Written> {
  const { position = 0, maxBytes = Infinity, expectedBytes } = options;
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let batch: Uint8Array[] = [];
  let batchBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    await writing;
    if (batchBytes === 0) return;
    writing = writeAll(handle, batch, position + sizeBytes - batchBytes);
    // Awaited by the next flush; without a handler here a failure in between ends the process.
    writing.catch(() => {});
    batch = [];
    batchBytes = 0;
  };
  try {
    for await (const chunk of source) {
      if (sizeBytes + chunk.length > maxBytes) throw tooLarge(maxBytes);
      if (expectedBytes !== undefined && sizeBytes + chunk.length > expectedBytes) {
        throw new AppError("size_mismatch", { detail: `more than the ${expectedBytes} announced` });
      }
      hash.update(chunk);
      batch.push(chunk);
      batchBytes += chunk.length;
      sizeBytes += chunk.length;
      if (batchBytes >= WRITE_BATCH_BYTES) await flush();
    }
    await flush();
  } finally {
    await writing;
  }
  if (expectedBytes !== undefined && sizeBytes !== expectedBytes) {
    throw new AppError("size_mismatch", { detail: `${sizeBytes} of ${expectedBytes} bytes came` });
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError("file_too_large", {
    detail: `the file length cannot be greater than ${maxBytes}`,
  });
}

/** `writev` may write less than it was given. */
async function writeAll(handle: FileHandle, chunks: Uint8Array[], start: number): Promise<void> {
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const { bytesWritten } = await handle.writev(chunks, start);
  if (bytesWritten === total) return;
  const rest = Buffer.concat(chunks).subarray(bytesWritten);
  let done = 0;
  while (done < rest.length) {
    const at = start + bytesWritten + done;
    done += (await handle.write(rest, done, rest.length - done, at)).bytesWritten;
  }
}

/** Copies a stretch of one open file into another. */
export async function copySpan(options: {
  from: FileHandle;
  fromPosition: number;
  to: FileHandle;
  toPosition: number;
  lengthBytes: number;
}): Promise<void> {
  const { from, fromPosition, to, toPosition, lengthBytes } = options;
  const buffer = Buffer.allocUnsafe(Math.min(WRITE_BATCH_BYTES, Math.max(1, lengthBytes)));
  for (let done = 0; done < lengthBytes; ) {
    const wanted = Math.min(buffer.length, lengthBytes - done);
    const { bytesRead } = await from.read(buffer, 0, wanted, fromPosition + done);
    if (bytesRead === 0) throw new AppError("storage_unavailable", { detail: "a part is short" });
    await writeAll(to, [buffer.subarray(0, bytesRead)], toPosition + done);
    done += bytesRead;
  }
}

/**
 * A file as a stream that reads only when asked and closes the file when cancelled.
 * `Readable.toWeb` is no substitute: an aborted response throws outside every try block there.
 * @throws {AppError} `range_not_satisfiable` when `range` isn't inside the file.
 */
export async function readStream(
  path: string,
  range?: ByteSpan,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const handle = await open(path, "r");
  const { size } = await handle.stat();
  const end = range ? range.end + 1 : size;
  let position = range?.start ?? 0;
  if (position < 0 || position > end || end > size) {
    await handle.close();
    throw new AppError("range_not_satisfiable");
  }
  return new ReadableStream(
    {
      async pull(controller) {
        const chunk = new Uint8Array(Math.min(READ_CHUNK_BYTES, end - position));
        const bytesRead =
          chunk.length === 0 ? 0 : (await handle.read(chunk, 0, chunk.length, position)).bytesRead;
        position += bytesRead;
        if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead));
        if (position < end && bytesRead > 0) return;
        await handle.close();
        if (position === end) controller.close();
        else controller.error(new AppError("storage_unavailable", { detail: "the file shrank" }));
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  );
}

/** Makes a rename or a new name in this folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems refuse to sync a folder; their renames are durable by themselves.
    if (!isErrno(error, "EINVAL", "EPERM", "ENOTSUP", "EISDIR")) throw error;
  } finally {
    await handle.close();
  }
}

/**
 * A new file, closed when this returns and removed when `write` fails. With `durable` it has also
 * reached the disk, which an object must have before its upload is confirmed.
 */
export async function createFile<T>(
  path: string,
  write: (handle: FileHandle) => Promise<T>,
  { durable }: { durable: boolean },
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "wx");
  try {
    const result = await write(handle);
    if (durable) await handle.sync();
    return result;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Bytes a file of ours may still take on this disk. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export function isErrno(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** Runs `work`; what the disk says becomes an `AppError`. */
export async function translatingDiskErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isErrno(error, "ENOENT")) throw new AppError("not_found", { cause: error });
    if (isErrno(error, "ENOSPC", "EDQUOT")) throw new AppError("storage_full", { cause: error });
    if (isErrno(error, "ENOTDIR", "EISDIR", "EEXIST", "ENAMETOOLONG", "ELOOP")) {
      const detail = "an object can't be inside another one";
      throw new AppError("invalid_request", { detail, cause: error });
    }
    if (isErrno(error, "EROFS", "EACCES", "EPERM", "EIO", "EMFILE", "ENFILE")) {
      throw new AppError("storage_unavailable", { cause: error });
    }
    throw error;
  }
}
