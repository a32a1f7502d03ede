import type { UploadView } from "@/lib/videos/schema";
import { asFailure, TransferFailure } from "./failure";
import { isReadable } from "./inspect";
import { type KeepTryingOptions, keepTrying } from "./keep-trying";
import type { OpenUpload, StorageTarget, UploaderPorts } from "./ports";

/** More would not be faster over one uplink, and each costs a part when the page is left. */
const PARALLEL_PARTS = 4;

export interface SendPartsOptions {
  ports: UploaderPorts;
  file: File;
  view: UploadView & OpenUpload;
  contentType: string;
  signal: AbortSignal;
  onOffline(offline: boolean): void;
  /** After each part, the bytes of all finished ones. */
  onProgress(sentBytes: number): void;
}

export interface Part {
  partNumber: number;
  etag: string;
}

/** Bytes of part `partNumber`, counted from 1. */
export function partSpan(
  view: Pick<UploadView, "sizeBytes" | "partSizeBytes">,
  partNumber: number,
) {
  const start = (partNumber - 1) * view.partSizeBytes;
  return { start, end: Math.min(view.sizeBytes, start + view.partSizeBytes) };
}

export function bytesOf(view: UploadView, parts: Iterable<{ partNumber: number }>): number {
  let bytes = 0;
  for (const { partNumber } of parts) {
    const { start, end } = partSpan(view, partNumber);
    bytes += Math.max(0, end - start);
  }
  return bytes;
}

/**
 * Sends the parts that aren't there yet, four at a time, each as often as needed. The first
 * failure that can't be waited out stops the others.
 * @returns all parts, in order.
 */
export async function sendParts(options: SendPartsOptions): Promise<Part[]> {
  const { view, signal } = options;
  const done = new Map(view.parts.map((part) => [part.partNumber, part.etag]));
  const total = Math.ceil(view.sizeBytes / view.partSizeBytes);
  const missing = Array.from({ length: total }, (_, i) => i + 1).filter((n) => !done.has(n));
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const sendOne = createPartSender({ ...options, signal: either });
  const worker = async () => {
    for (let next = missing.shift(); next !== undefined; next = missing.shift()) {
      done.set(next, await sendOne(next));
      const parts = Array.from(done.keys(), (partNumber) => ({ partNumber }));
      options.onProgress(bytesOf(view, parts));
    }
  };
  const workers = Array.from({ length: PARALLEL_PARTS }, () =>
    worker().catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  signal.throwIfAborted();
  await Promise.all(workers);
  return Array.from(done, ([partNumber, etag]) => ({ partNumber, etag })).toSorted(
    (a, b) => a.partNumber - b.partNumber,
  );
}

/** Sends a part and tells the server; a token that has run out is renewed once for all parts. */
function createPartSender(options: SendPartsOptions): (partNumber: number) => Promise<string> {
  const { ports, file, view, signal } = options;
  const tries: KeepTryingOptions = { ports, signal, onOffline: options.onOffline };
  const session = createTokenSession(options);
  return async (partNumber) => {
    const { start, end } = partSpan(view, partNumber);
    const body = file.slice(start, end);
    const etag = await keepTrying(tries, async () => {
      try {
        return await session((target) =>
          ports.transport.send(target, { partNumber, body }, signal),
        );
      } catch (error) {
        signal.throwIfAborted();
        // A file that changed under the upload looks like a broken network.
        if (asFailure(error).kind === "network" && !(await isReadable(body))) {
          throw new TransferFailure("file", "file_unreadable", { cause: error });
        }
        throw error;
      }
    });
    const part = { partNumber, etag, sizeBytes: end - start };
    await keepTrying(tries, () => ports.api.recordPart(view.id, part, signal));
    return etag;
  };
}

type Target = StorageTarget & OpenUpload;

/** Calls the storage with the current token, and once more with a new one when that had expired. */
export function createTokenSession(
  options: Pick<SendPartsOptions, "ports" | "view" | "contentType" | "signal">,
): <T>(call: (target: Target) => Promise<T>) => Promise<T> {
  const { ports, view, contentType, signal } = options;
  const { pathname, blobApiUrl, storageUploadId, storageKey } = view;
  const names = { pathname, blobApiUrl, contentType, storageUploadId, storageKey };
  let token = view.token;
  let renewing: Promise<void> | undefined;
  const renew = async () => {
    token = (await ports.api.get(view.id, signal)).token;
  };
  return async (call) => {
    const used = token;
    try {
      return await call({ ...names, token: used });
    } catch (error) {
      if (asFailure(error).kind !== "token") throw error;
      if (token === used) {
        renewing ??= renew().finally(() => {
          renewing = undefined;
        });
        await renewing;
      }
      return call({ ...names, token });
    }
  };
}
