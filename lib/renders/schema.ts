import { z } from "zod";
import type { ErrorCode } from "@/lib/errors";
import { burnInQualities } from "@/lib/media/schema";
import { cleanLine } from "@/lib/text";

/** The most for the picture's shorter side, px; as it is, or smaller. */
export const renderHeights = ["source", 1080, 720] as const;
export type RenderHeight = (typeof renderHeights)[number];

/** So many may wait or be at work for an account. */
export const maxOpenRenders = 3;
/** Orders of an account in a day. */
export const maxRendersPerDay = 20;
/** How long a video is kept for taking home, ms. */
export const renderKeptMs = 7 * 24 * 3_600_000;

/**
 * So many finished ones of a video are kept, the newest: about one for each language that it has
 * subtitles in. With the orders of a day that bounds what an account's files take of the disk.
 */
export const maxKeptOfVideo = 10;

export const renderOptions = z.strictObject({
  height: z.literal(renderHeights).default("source"),
  quality: z.enum(burnInQualities).default("standard"),
});
export type RenderOptions = z.infer<typeof renderOptions>;

export const orderRenderInput = z.strictObject({
  trackId: z.uuid(),
  options: renderOptions.prefault({}),
  /** The same key again answers the first order. */
  idempotencyKey: cleanLine(8, 100),
});
export type OrderRenderInput = z.infer<typeof orderRenderInput>;

export const renderStatuses = [
  "pending",
  "processing",
  "completed",
  "failed",
  "cancelled",
] as const;
export type RenderStatus = (typeof renderStatuses)[number];

/** Waits, or is at work. */
export const isOpen = (status: RenderStatus) => status === "pending" || status === "processing";

/** A video with its subtitles in the picture, made or on its way. */
export interface RenderView {
  id: string;
  videoId: string;
  trackId: string;
  /** BCP 47, of the subtitles. */
  language: string;
  /** The track's revision that is burned in. */
  revision: number;
  status: RenderStatus;
  options: RenderOptions;
  /** 0-100, never falls. */
  progress: number;
  /** By how fast it has been so far; null while that can't be told. */
  msLeft: number | null;
  sizeBytes: number | null;
  /** Hex, of the whole file. */
  sha256: string | null;
  errorCode: ErrorCode | null;
  /** ISO 8601. */
  createdAt: string;
  endedAt: string | null;
  /** When the file goes; null while there is none. */
  expiresAt: string | null;
  /** Where the file is taken home; null while there is none, and once it is gone. */
  fileUrl: string | null;
}

export interface RendersView {
  /** The newest first. */
  renders: RenderView[];
  /** This installation can burn subtitles in. */
  available: boolean;
  /** The person may order one: the video is theirs. */
  mayOrder: boolean;
}
