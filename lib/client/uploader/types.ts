import type { ErrorCode } from "@/lib/errors";
import type { JobOptions } from "@/lib/jobs/options";
import type { UploadView } from "@/lib/videos/schema";

/**
 * - `checking`: reading headers and asking the server whether this file can become a video
 * - `queued`: waiting for a free place
 * - `uploading`, `paused`
 * - `offline`: goes on by itself when the network is back
 * - `finishing`: every part is there; the server joins and checks them
 * - `needs_file`: found after a reload, but the browser no longer has the file: pick it again
 * - `done`, `failed`: over
 */
export type UploadPhase =
  | "checking"
  | "queued"
  | "uploading"
  | "paused"
  | "offline"
  | "finishing"
  | "needs_file"
  | "done"
  | "failed";

export interface UploadProgress {
  /** Bytes of finished parts. */
  sentBytes: number;
  totalBytes: number;
  /** Smoothed over some 20 s; null until it can be told. */
  bytesPerSecond: number | null;
  /** Time left at that speed, in ms. */
  msLeft: number | null;
}

export interface UploadItem {
  /** Of this list; the server's names are `uploadId` and `videoId`. */
  id: string;
  fileName: string;
  sizeBytes: number;
  phase: UploadPhase;
  progress: UploadProgress;
  uploadId: string | null;
  videoId: string | null;
  /** The captioning job that started when the file was there. */
  jobId: string | null;
  /** `auto` or a code, as it was added with. */
  language: string;
  /** Length of the video in ms; null until the server knows it. */
  durationMs: number | null;
  /** Subtitles that are ordered; with an end of the upload and no job, they couldn't be paid. */
  caption: UploadView["caption"];
  /** Why it failed; `errorTitle` has the sentence. */
  errorCode: ErrorCode | null;
  /** `resume` may succeed after this failure. */
  canRetry: boolean;
}

export interface AddOptions {
  /** Orders subtitles with the upload, at `maxCredits` at most; left out: at any price. */
  caption: boolean;
  maxCredits?: number;
  /** Spoken language: `auto` or a code of `lib/speech/languages`. */
  language: string;
  /** What else is ordered; left out: the defaults. */
  options?: JobOptions;
}

/** Subtitles in the language that is spoken and in others, for at most so many credits. */
export interface CaptionOrder {
  language: string;
  /** Left out: the defaults. */
  options?: JobOptions;
  maxCredits: number;
}

/** A file, with the handle that lets it be opened again after a reload where there is one. */
export interface PickedFile {
  file: File;
  handle?: FileSystemFileHandle;
}

/**
 * The list of uploads of this tab. `subscribe` and `getSnapshot` fit `useSyncExternalStore`; a
 * snapshot is the same array until something changed.
 */
export interface Uploader {
  subscribe(listener: () => void): () => void;
  getSnapshot(): readonly UploadItem[];
  /** @returns the items' ids, in the order of the files. */
  add(files: PickedFile[], options: AddOptions): string[];
  /** Brings back what was unfinished when the page was left. Call once, in an effect. */
  restore(): Promise<void>;
  pause(id: string): void;
  /** Goes on after `pause`, and tries again after a failure that allows it. */
  resume(id: string): void;
  /**
   * Gives the file back to an item in `needs_file`.
   * @returns false when it is another file.
   */
  attachFile(id: string, picked: PickedFile): Promise<boolean>;
  /**
   * Orders subtitles at a price that was shown: started when the file is there, at once if it is.
   * @throws {AppError} `price_changed`; for a file that is there also `credits_insufficient`, ...
   */
  order(id: string, order: CaptionOrder): Promise<void>;
  /** Takes the order back while the file is on its way. */
  withdraw(id: string): Promise<void>;
  /** Stops, forgets the parts on the server, takes the item off the list. */
  cancel(id: string): Promise<void>;
  /** Takes a `done` or `failed` item off the list. */
  dismiss(id: string): void;
}
