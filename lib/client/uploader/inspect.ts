import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { planSample } from "@/lib/media/sample";
import { SNIFF_BYTES } from "@/lib/media/sniff";
import { cleanFileName } from "@/lib/videos/file-name";
import { maxVideoBytes } from "@/lib/videos/limits";
import type { CreateUploadMeta } from "@/lib/videos/schema";
import { TransferFailure } from "./failure";
import type { AddOptions } from "./types";

const FINGERPRINT_EDGE_BYTES = 1024 ** 2;

/**
 * Hex SHA-256 over name, size, time of change, first and last MiB: finds an upload again after a
 * reload or in another tab. Not by `crypto.subtle`, which plain HTTP to another machine lacks.
 */
export async function fingerprintOf(file: File): Promise<string> {
  const name = file.name.normalize("NFC");
  const hash = sha256.create();
  hash.update(utf8ToBytes(JSON.stringify([name, file.size, file.lastModified])));
  hash.update(await readBytes(file, 0, FINGERPRINT_EDGE_BYTES));
  hash.update(await readBytes(file, file.size - FINGERPRINT_EDGE_BYTES, file.size));
  return bytesToHex(hash.digest());
}

/** @throws {TransferFailure} of kind `file` when the file has changed, moved or gone. */
async function readBytes(file: Blob, start: number, end: number): Promise<Uint8Array> {
  const from = Math.max(0, start);
  try {
    return new Uint8Array(await file.slice(from, Math.max(from, end)).arrayBuffer());
  } catch (error) {
    throw new TransferFailure("file", "file_unreadable", { cause: error });
  }
}

/** True while the bytes behind a picked file can still be read. */
export async function isReadable(file: Blob): Promise<boolean> {
  return readBytes(file, 0, 1).then(
    () => true,
    () => false,
  );
}

export interface InspectedFile {
  meta: CreateUploadMeta;
  /** The pieces of the file that tell whether it can be captioned, joined. */
  sample: Blob;
}

/**
 * Reads the pieces of a file that decide about it, before anything is sent.
 * @throws {TransferFailure} `file_empty`, `file_too_large`, `file_type_unsupported`,
 * `file_truncated`, `file_unreadable`.
 */
export async function inspectFile(file: File, options: AddOptions): Promise<InspectedFile> {
  if (file.size > maxVideoBytes) throw new TransferFailure("refused", "file_too_large");
  const plan = await planSample({
    sizeBytes: file.size,
    read: (start, end) => readBytes(file, start, end),
  });
  if (plan.problem) throw new TransferFailure("refused", plan.problem);
  // An index too long to send ahead: the server sees what kind of file it is, and the rest later.
  const ranges =
    plan.ranges.length > 0
      ? plan.ranges
      : [{ offset: 0, bytes: await readBytes(file, 0, SNIFF_BYTES) }];
  const pieces = ranges.map(({ bytes }) => new Uint8Array(bytes));
  return {
    meta: {
      fileName: cleanFileName(file.name) || "video",
      sizeBytes: file.size,
      contentType: file.type,
      lastModifiedMs: file.lastModified,
      fingerprint: await fingerprintOf(file),
      ranges: ranges.map(({ offset, bytes }) => ({ offset, length: bytes.length })),
      caption: options.caption,
      ...(options.options && { options: options.options }),
      language: options.language,
      ...(options.maxCredits !== undefined && { maxCredits: options.maxCredits }),
    },
    sample: new Blob(pieces),
  };
}
