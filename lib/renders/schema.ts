import { z } from "zod";
import type { ErrorCode } from "@/lib/errors";
import { burnInQualities } from "@/lib/media/schema";
import { cleanLine } from "@/lib/text";
import { renderHeights } from "./heights";
import type { RenderStatus } from "./statuses";

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
