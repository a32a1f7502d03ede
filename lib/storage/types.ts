/**
 * Where bytes are kept. Two engines stand behind this one interface: the local disk and Vercel
 * Blob. Every object is private; who may read it is decided before storage is asked.
 */

/** First and last byte, both included, as in an HTTP range. */
export interface ByteSpan {
  start: number;
  end: number;
}

export interface ObjectStat {
  sizeBytes: number;
  /** Quoted strong validator; changes whenever the bytes do. */
  etag: string;
  contentType: string;
  /** Milliseconds since the Unix epoch. */
  uploadedAtMs: number;
}

export interface ListedObject {
  pathname: string;
  sizeBytes: number;
  uploadedAtMs: number;
}

export interface ObjectPage {
  objects: ListedObject[];
  /** Give it back to `list` for the next page; absent on the last one. */
  cursor?: string;
}

export interface UploadTokenOptions {
  pathname: string;
  /** The storage refuses a byte more than this. */
  sizeBytes: number;
  /** Media types the uploader may declare, e.g. `video/mp4` or `video/*`. */
  contentTypes: string[];
  /** Milliseconds since the Unix epoch after which the token is worthless. */
  validUntilMs: number;
}

/** An upload in parts, as the storage names it. */
export interface UploadRef {
  pathname: string;
  storageUploadId: string;
}

/**
 * Every method throws `AppError`: `invalid_request` for a pathname no engine takes, `not_found`,
 * `storage_full`, `storage_unavailable`.
 */
export interface Storage {
  readonly id: "local" | "vercel-blob";

  /** A token for the Blob SDK in a browser: writes this one pathname and nothing else. */
  issueUploadToken(options: UploadTokenOptions): Promise<string>;

  /** Where that SDK must send to; null: its own default. */
  blobApiUrl(): string | null;

  /** @throws {AppError} `storage_full` when so many more bytes would not fit. */
  assertRoom(sizeBytes: number): Promise<void>;

  /** Undefined when there is no such object. */
  stat(pathname: string): Promise<ObjectStat | undefined>;

  /** Reads lazily and stops when the stream is cancelled. `range` must lie inside the object. */
  openRead(pathname: string, range?: ByteSpan): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;

  /** Stores a copy of a file; readers see the old object or the whole new one. */
  put(pathname: string, source: { path: string }, options: { contentType: string }): Promise<void>;

  /** The object's own file where it is one on this machine: for reading only. */
  localPath(pathname: string): string | undefined;

  /** Copies the object into a new file at `path`, which is absent if this fails. */
  fetchToFile(pathname: string, path: string, options?: { signal?: AbortSignal }): Promise<void>;

  /** Deletes what is there; a missing object is no error. */
  delete(pathnames: string[]): Promise<void>;

  /** Objects whose pathname starts with `prefix`, in order of pathname. */
  list(prefix: string, options?: { cursor?: string; limit?: number }): Promise<ObjectPage>;

  /** Forgets an unfinished upload and its parts; an unknown one is no error. */
  abortUpload(upload: UploadRef): Promise<void>;

  /**
   * Forgets unfinished uploads untouched for `olderThanMs` and other leftovers of crashes.
   * @returns how many were removed; 0 where the storage does this by itself.
   */
  sweepStaleUploads(olderThanMs: number): Promise<number>;
}
