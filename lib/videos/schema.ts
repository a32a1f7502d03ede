import { z } from "zod";
import type { QuoteView } from "@/lib/credits/schema";
import type { ErrorCode } from "@/lib/errors";
import { type JobOptions, jobOptions } from "@/lib/jobs/options";
import { plainOptions } from "@/lib/jobs/plain-options";
import { type JobView, maxCredits } from "@/lib/jobs/schema";
import type { VideoRole } from "@/lib/sharing/roles";
import { speechLanguageChoice } from "@/lib/speech/schema";
import { cleanLine } from "@/lib/text";
import { cleanFileName } from "./file-name";

export type VideoStatus = "uploading" | "preparing" | "ready" | "failed";

export interface VideoView {
  id: string;
  /** What the reader may do with it. */
  role: VideoRole;
  /** Whose it is, where it isn't the reader's own. */
  ownerName: string | null;
  title: string;
  fileName: string;
  status: VideoStatus;
  sizeBytes: number;
  durationMs: number | null;
  width: number | null;
  height: number | null;
  fps: number | null;
  container: string | null;
  videoCodec: string | null;
  audioCodec: string | null;
  errorCode: ErrorCode | null;
  createdAt: string;
  /** When the files were deleted and the subtitles kept (ISO 8601); there are no addresses then. */
  mediaDeletedAt: string | null;
  /** When the files go (ISO 8601); null while something works on them. */
  expiresAt: string | null;
  /** Null until made. All four are same-origin paths for whoever may see the video. */
  thumbnailUrl: string | null;
  peaksUrl: string | null;
  /** What a `<video>` plays: the original, or its preview where browsers can't play that. */
  playUrl: string | null;
  /** The original; the owner's alone. */
  downloadUrl: string | null;
  /** A preview is still being made; `playUrl` is null until then. */
  previewPending: boolean;
  /** Set while the file isn't wholly there. */
  upload: { id: string; sentBytes: number } | null;
  /** The newest job over this video; the owner's alone. */
  job: JobView | null;
  /** What is said first, the newest of them first; then translations in their order. */
  tracks: VideoTrack[];
}

/** One language of a video. */
export interface VideoTrack {
  id: string;
  language: string;
  /** The track that this one translates; null for what is said. */
  sourceTrackId: string | null;
  /** When its cues changed last (ISO 8601). */
  updatedAt: string;
}

/** See `cleanFileName`. */
export const fileNameSchema = z.string().transform(cleanFileName).pipe(z.string().min(1));

export const createUploadMeta = z.object({
  fileName: fileNameSchema,
  sizeBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  contentType: z.string().max(200).default(""),
  lastModifiedMs: z.number().int().default(0),
  /** Hex SHA-256 over name, size, time of change, first and last MiB. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** Which parts of the file the sample holds, in order. */
  ranges: z
    .array(z.object({ offset: z.number().int().min(0), length: z.number().int().min(0) }))
    .max(4096),
  /** Start captioning once the file is there; `false` leaves an earlier order as it is. */
  caption: z.boolean().default(true),
  language: speechLanguageChoice.default("auto"),
  /** What else is ordered; left out: the defaults. */
  options: jobOptions.optional(),
  /** Above this price captioning isn't started; left out: at any price. */
  maxCredits: maxCredits.optional(),
});
export type CreateUploadMeta = z.infer<typeof createUploadMeta>;

/** What the browser needs to send a file, or to go on sending it. */
export interface UploadView {
  id: string;
  videoId: string;
  state: "active" | "completed" | "cancelled" | "expired";
  pathname: string;
  sizeBytes: number;
  partSizeBytes: number;
  /** Allows writing `pathname` and nothing else; empty once the upload has ended. */
  token: string;
  /** Where the Blob SDK sends to; null: its own default. */
  blobApiUrl: string | null;
  storageUploadId: string | null;
  storageKey: string | null;
  parts: { partNumber: number; etag: string }[];
  /** Of the video; null until the whole file has been looked at. */
  durationMs: number | null;
  /** What captioning costs and leaves; null while the length isn't known. */
  quote: QuoteView | null;
  /** Subtitles that are ordered: started once the file is there. */
  caption: { language: string; options: JobOptions; maxCredits: number | null } | null;
}

/** Orders subtitles at a price that the person has seen. */
export const orderCaptionInput = z.object({
  language: speechLanguageChoice.default("auto"),
  options: jobOptions.default(plainOptions),
  maxCredits: maxCredits.optional(),
});
/** As it is sent: what has a default may be left out. */
export type OrderCaptionInput = z.input<typeof orderCaptionInput>;

export const attachUploadInput = z.object({
  storageUploadId: cleanLine(1, 1024),
  storageKey: cleanLine(1, 1024),
});

export const uploadPartInput = z.object({
  etag: cleanLine(1, 256),
  sizeBytes: z
    .number()
    .int()
    .min(1)
    .max(64 * 1024 ** 2),
});

export const listVideosQuery = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  q: cleanLine(0, 200).optional(),
  status: z.enum(["uploading", "preparing", "ready", "failed"]).optional(),
  /** "shared": what others have shared with the reader. */
  of: z.enum(["own", "shared"]).default("own"),
});
export type ListVideosQuery = z.infer<typeof listVideosQuery>;

export const renameVideoInput = z.object({ title: cleanLine(1, 200) });

/** How long a video's files stay, and what longer would cost. */
export interface RetentionView {
  /** ISO 8601; null while something works on them. */
  expiresAt: string | null;
  /** Credits that can be spent. */
  balance: number;
  choices: { days: 7 | 30 | 90; credits: number; until: string }[];
}
