import "server-only";
import { availableCredits } from "@/lib/credits/balance";
import { priceJob } from "@/lib/credits/price";
import { quoteView } from "@/lib/credits/quotes";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { jobOptions } from "@/lib/jobs/options";
import { assertDoable, materialOf } from "@/lib/jobs/order";
import { type ByteRange, judgeMedia, probeSample, sniffContainer } from "@/lib/media";
import { SNIFF_BYTES } from "@/lib/media/sniff";
import { publishEvent } from "@/lib/outbox/service";
import { storage } from "@/lib/storage";
import { transaction } from "@/lib/transaction";
import { assertTrialFile } from "@/lib/trial/policy";
import { assertTrialUpload } from "@/lib/trial/visitor-uploads";
import { fulfilCaptionOrder } from "./caption-orders";
import { titleFromFileName } from "./file-name";
import { sourceKey } from "./keys";
import { maxVideoBytes, uploadKeptMs, uploadPartBytes, uploadTokenMs } from "./limits";
import { insertVideo, markDeleting, updateVideo } from "./repo";
import type { CreateUploadMeta, UploadView } from "./schema";
import {
  activeUploadInside,
  attachStorageUpload,
  endUpload,
  findActiveUpload,
  findUpload,
  insertUpload,
  lockFingerprint,
  setCaptionOrder,
  staleUploads,
  type UploadOrder,
  type UploadRow,
  upsertPart,
} from "./upload-repo";

const contentTypes = {
  mp4: "video/mp4",
  mov: "video/quicktime",
  avi: "video/x-msvideo",
  webm: "video/webm",
} as const;

/**
 * Opens an upload for a file whose telling bytes are in `sample`, or finds the unfinished one of
 * the same file again. Judges content, size and streams before anything is stored.
 * @throws {AppError} `file_empty`, `file_too_large`, `file_type_unsupported`, `file_truncated`,
 * `file_unreadable`, `video_stream_missing`, `audio_stream_missing`, `storage_full`; for a visitor
 * what `assertTrialFile` and `assertTrialUpload` throw
 */
export async function createUpload(options: {
  ownerId: string;
  /** The owner tries without an account. */
  visitor?: boolean;
  meta: CreateUploadMeta;
  sample: Uint8Array;
}): Promise<{ upload: UploadView; created: boolean }> {
  const { ownerId, visitor = false, meta } = options;
  const earlier = await findActiveUpload(ownerId, meta.fingerprint);
  if (earlier) {
    const order = meta.caption ? await orderOf(ownerId, meta) : null;
    if (order) await transaction((tx) => setCaptionOrder(tx, earlier.id, order));
    return { upload: await view(await ownUpload(ownerId, earlier.id)), created: false };
  }

  const { container, durationMs } = await judgeSample(meta, options.sample);
  if (visitor) assertTrialFile({ sizeBytes: meta.sizeBytes, durationMs: durationMs || null });
  await storage().assertRoom(meta.sizeBytes);
  const order = meta.caption ? await orderOf(ownerId, meta) : null;
  const { id, created } = await transaction(async (tx) => {
    await lockFingerprint(tx, ownerId, meta.fingerprint);
    const other = await activeUploadInside(tx, ownerId, meta.fingerprint);
    if (other) return { id: other.id, created: false };
    if (visitor) await assertTrialUpload(tx, ownerId);
    const videoId = newId();
    await insertVideo(tx, {
      id: videoId,
      ownerId,
      title: titleFromFileName(meta.fileName),
      fileName: meta.fileName,
      contentType: contentTypes[container],
      sizeBytes: meta.sizeBytes,
      sourceKey: sourceKey(ownerId, videoId, container),
      durationMs: durationMs || null,
    });
    const uploadId = newId();
    await insertUpload(tx, {
      id: uploadId,
      ownerId,
      videoId,
      fingerprint: meta.fingerprint,
      partSizeBytes: uploadPartBytes,
      order,
    });
    return { id: uploadId, created: true };
  });
  return { upload: await view(await ownUpload(ownerId, id)), created };
}

/** @throws {AppError} what `assertDoable` throws */
async function orderOf(ownerId: string, meta: CreateUploadMeta): Promise<UploadOrder> {
  const { language, options, maxCredits = null } = meta;
  if (!options) return { language, material: null, maxCredits };
  await assertDoable({ kind: "caption", language, options, audioChannels: null });
  return { language, material: await materialOf({ ownerId, language, options }), maxCredits };
}

async function judgeSample(meta: CreateUploadMeta, sample: Uint8Array) {
  if (meta.sizeBytes === 0) throw new AppError("file_empty");
  if (meta.sizeBytes > maxVideoBytes) throw new AppError("file_too_large");
  const ranges = cutSample(meta, sample);
  const head = ranges.find((range) => range.offset === 0)?.bytes;
  const container = head && sniffContainer(head);
  if (!container) throw new AppError("file_type_unsupported");
  // Only the head of a larger file: its index was too long to send ahead, so what it holds is
  // judged when all of it is there.
  if (sample.length <= SNIFF_BYTES && sample.length < meta.sizeBytes) {
    return { container, durationMs: 0 };
  }
  const info = await probeSample({ ranges, sizeBytes: meta.sizeBytes });
  const problem = judgeMedia(info);
  if (problem) throw new AppError(problem);
  return { container, durationMs: info.durationMs };
}

/** The sample's bytes at their places in the file. */
function cutSample(meta: CreateUploadMeta, sample: Uint8Array): ByteRange[] {
  let position = 0;
  const ranges = meta.ranges.map(({ offset, length }) => {
    const bytes = sample.subarray(position, position + length);
    position += length;
    if (bytes.length !== length || offset + length > meta.sizeBytes) {
      throw new AppError("invalid_request", { detail: "the sample doesn't fit its ranges" });
    }
    return { offset, bytes };
  });
  if (position !== sample.length) {
    throw new AppError("invalid_request", { detail: "the sample doesn't fit its ranges" });
  }
  return ranges;
}

/** @throws {AppError} `not_found` */
export async function getUpload(options: {
  ownerId: string;
  uploadId: string;
}): Promise<UploadView> {
  return view(await ownUpload(options.ownerId, options.uploadId));
}

/** Notes how the storage names the upload; when another tab was first, its names stay. */
export async function attachUpload(options: {
  ownerId: string;
  uploadId: string;
  storageUploadId: string;
  storageKey: string;
}): Promise<UploadView> {
  const { ownerId, uploadId, storageUploadId, storageKey } = options;
  await activeUpload(ownerId, uploadId);
  await attachStorageUpload(uploadId, { storageUploadId, storageKey });
  return getUpload(options);
}

/** Notes that a part is in storage, so that it need not be sent again. */
export async function recordPart(options: {
  ownerId: string;
  uploadId: string;
  part: { partNumber: number; etag: string; sizeBytes: number };
}): Promise<void> {
  const { ownerId, uploadId, part } = options;
  const upload = await activeUpload(ownerId, uploadId);
  if (part.sizeBytes !== expectedPartBytes(upload, part.partNumber)) {
    throw new AppError("size_mismatch", { detail: `part ${part.partNumber}` });
  }
  await upsertPart(uploadId, part);
}

/** Size a part must have; 0 for a number the file has no part of. */
function expectedPartBytes(upload: UploadRow, partNumber: number): number {
  const start = (partNumber - 1) * upload.partSizeBytes;
  const left = Number(upload.video.sizeBytes) - start;
  return Math.max(0, Math.min(upload.partSizeBytes, left));
}

/**
 * Ends an upload whose object is in storage: checks its size, has the video prepared, and starts
 * the subtitles that were ordered, all or none. Calling it again answers the same.
 * @throws {AppError} `not_ready` when the object isn't there, `size_mismatch`
 */
export async function completeUpload(options: {
  ownerId: string;
  uploadId: string;
}): Promise<{ videoId: string }> {
  const upload = await ownUpload(options.ownerId, options.uploadId);
  if (upload.state === "completed") return { videoId: upload.videoId };
  if (upload.state !== "active") throw new AppError("upload_expired");
  const stored = await storage().stat(upload.video.sourceKey);
  if (!stored) throw new AppError("not_ready", { detail: "the file isn't in storage yet" });
  if (stored.sizeBytes !== Number(upload.video.sizeBytes)) throw new AppError("size_mismatch");
  await transaction(async (tx) => {
    if (!(await endUpload(tx, upload.id, "completed"))) return;
    const { videoId } = upload;
    await updateVideo(videoId, { status: "preparing", uploadedAt: new Date() }, tx);
    await publishEvent(tx, {
      id: `video-uploaded-${videoId}`,
      name: "video/uploaded",
      data: { videoId },
    });
    await fulfilCaptionOrder(tx, videoId);
  });
  return { videoId: upload.videoId };
}

/** Forgets an unfinished upload and the video it was to become. */
export async function cancelUpload(options: { ownerId: string; uploadId: string }): Promise<void> {
  const upload = await ownUpload(options.ownerId, options.uploadId);
  await forget(upload, "cancelled");
}

/** Forgets uploads that nobody went on with. Answers how many. */
export async function expireUploads(nowMs = Date.now()): Promise<number> {
  const stale = await staleUploads(new Date(nowMs - uploadKeptMs));
  for (const { id, ownerId } of stale) await forget(await ownUpload(ownerId, id), "expired");
  await storage().sweepStaleUploads(uploadKeptMs);
  return stale.length;
}

async function forget(upload: UploadRow, state: "cancelled" | "expired"): Promise<void> {
  const { videoId, ownerId, storageUploadId } = upload;
  const ended = await transaction(async (tx) => {
    if (!(await endUpload(tx, upload.id, state))) return false;
    await markDeleting(tx, ownerId, videoId);
    await publishEvent(tx, {
      id: `video-delete-${videoId}`,
      name: "video/delete.requested",
      data: { videoId },
    });
    return true;
  });
  if (ended && storageUploadId) {
    await storage().abortUpload({ pathname: upload.video.sourceKey, storageUploadId });
  }
}

async function ownUpload(ownerId: string, uploadId: string): Promise<UploadRow> {
  const upload = await findUpload(ownerId, uploadId);
  if (!upload) throw new AppError("not_found");
  return upload;
}

async function activeUpload(ownerId: string, uploadId: string): Promise<UploadRow> {
  const upload = await ownUpload(ownerId, uploadId);
  if (upload.state !== "active") throw new AppError("upload_expired");
  return upload;
}

async function view(upload: UploadRow): Promise<UploadView> {
  const { sourceKey: pathname, contentType, durationMs } = upload.video;
  const sizeBytes = Number(upload.video.sizeBytes);
  return {
    id: upload.id,
    videoId: upload.videoId,
    state: upload.state,
    pathname,
    sizeBytes,
    partSizeBytes: upload.partSizeBytes,
    token:
      upload.state === "active"
        ? await storage().issueUploadToken({
            pathname,
            sizeBytes,
            contentTypes: [contentType],
            validUntilMs: Date.now() + uploadTokenMs,
          })
        : "",
    blobApiUrl: storage().blobApiUrl(),
    storageUploadId: upload.storageUploadId,
    storageKey: upload.storageKey,
    parts: upload.parts.map(({ partNumber, etag }) => ({ partNumber, etag })),
    durationMs,
    quote:
      durationMs === null
        ? null
        : quoteView(priceJob({ durationMs }), await availableCredits(upload.ownerId)),
    caption:
      upload.captionLanguage === null
        ? null
        : {
            language: upload.captionLanguage,
            options: jobOptions.parse(upload.captionOptions ?? {}),
            maxCredits: upload.captionMaxCredits,
          },
  };
}
