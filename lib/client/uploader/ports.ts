import type { CreateUploadMeta, OrderCaptionInput, UploadView } from "@/lib/videos/schema";
import type { AddOptions } from "./types";

/** The product's own routes under `/api/v1/uploads`. */
export interface UploadApi {
  /** Answers an unfinished upload of the same file where there is one. */
  create(meta: CreateUploadMeta, sample: Blob, signal: AbortSignal): Promise<UploadView>;
  /** With a fresh token. */
  get(uploadId: string, signal: AbortSignal): Promise<UploadView>;
  /** Tells what the storage calls this upload; answers another tab's names if it was first. */
  attach(
    uploadId: string,
    names: { storageUploadId: string; storageKey: string },
    signal: AbortSignal,
  ): Promise<UploadView>;
  recordPart(
    uploadId: string,
    part: { partNumber: number; etag: string; sizeBytes: number },
    signal: AbortSignal,
  ): Promise<void>;
  /** Idempotent. */
  complete(
    uploadId: string,
    signal: AbortSignal,
  ): Promise<{ videoId: string; jobId: string | null }>;
  /** Orders subtitles; answers the job where the file was there already. */
  order(uploadId: string, order: OrderCaptionInput): Promise<{ jobId: string | null }>;
  withdraw(uploadId: string): Promise<void>;
  cancel(uploadId: string): Promise<void>;
}

/** Where a file's bytes go: what the Blob SDK needs for each of its calls. */
export interface StorageTarget {
  pathname: string;
  token: string;
  blobApiUrl: string | null;
  contentType: string;
}

export interface OpenUpload {
  storageUploadId: string;
  storageKey: string;
}

/** The storage, in parts. All three throw `TransferFailure`. */
export interface PartTransport {
  open(target: StorageTarget, signal: AbortSignal): Promise<OpenUpload>;
  /** @returns the part's ETag. */
  send(
    target: StorageTarget & OpenUpload,
    part: { partNumber: number; body: Blob },
    signal: AbortSignal,
  ): Promise<string>;
  join(
    target: StorageTarget & OpenUpload,
    parts: { partNumber: number; etag: string }[],
    signal: AbortSignal,
  ): Promise<void>;
}

/** What outlives the page. */
export interface UploadRecord {
  id: string;
  uploadId: string;
  videoId: string;
  fileName: string;
  sizeBytes: number;
  fingerprint: string;
  options: AddOptions;
  paused: boolean;
  addedAtMs: number;
  file?: File;
  handle?: FileSystemFileHandle;
}

/** A browser may refuse to keep anything: then a reload forgets, and nothing else happens. */
export interface RecordStore {
  put(record: UploadRecord): Promise<void>;
  remove(id: string): Promise<void>;
  all(): Promise<UploadRecord[]>;
}

export interface Network {
  isOnline(): boolean;
  /** Resolves when there is a network; at once if there is one. */
  whenOnline(signal: AbortSignal): Promise<void>;
}

export interface UploaderPorts {
  api: UploadApi;
  transport: PartTransport;
  records: RecordStore;
  network: Network;
  now(): number;
  /** Rejects with the signal's reason. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 <= value < 1 */
  random(): number;
  /** One tab at a time sends an upload; `waited` says that another one may have gone on with it. */
  exclusively<T>(
    name: string,
    signal: AbortSignal,
    work: (waited: boolean) => Promise<T>,
  ): Promise<T>;
}
