import { z } from "zod";
import type { TrackDiff } from "@/lib/subtitles/diff";
import type {
  FileLanguage,
  ProblemCode,
  ReadableFormat,
  TextEncoding,
} from "@/lib/subtitles/formats";
import { cleanLine } from "@/lib/text";
import { targetLanguageCode } from "@/lib/translation/schema";

/** How many cues a preview shows. */
export const sampleSize = 30;

const file = {
  fileName: cleanLine(1, 255),
  /** Of a file that holds several: BCP 47 or the file's own key. Left out: the first. */
  fileLanguage: cleanLine(1, 40).optional(),
  preview: z.enum(["0", "1"]).default("0"),
};

export const replaceQuery = z.object({
  ...file,
  /** The revision that was compared; not needed for a preview. */
  baseRevision: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
});
export type ReplaceQuery = z.infer<typeof replaceQuery>;

export const newTrackQuery = z.object({ ...file, language: targetLanguageCode });
export type NewTrackQuery = z.infer<typeof newTrackQuery>;

export type ImportWarningCode =
  | ProblemCode
  /** A text without times: it took those of the present cues, one by one. */
  | "times_kept"
  /** Cues without text. */
  | "empty_cue_dropped";

export interface ImportWarning {
  /** In the file, from 1; 0: about the whole file. */
  line: number;
  code: ImportWarningCode;
  /** In the reader's language. */
  text: string;
  /** The beginning of what stands there. */
  found?: string;
}

/** What a file holds, and what taking it would change. */
export interface ImportPreview {
  format: ReadableFormat;
  encoding: TextEncoding;
  problems: ImportWarning[];
  cues: number;
  /** The first of them. */
  sample: { startMs: number; endMs: number; text: string; speaker: string | null }[];
  /** Of a file that holds several. */
  languages: FileLanguage[];
  /** Which of them was read, or what the file says of itself; BCP 47. */
  language: string | null;
  /** Beside the present cues; null: there is no track yet. */
  changes: TrackDiff["counts"] | null;
  /** The track's present revision; null: there is no track yet. */
  revision: number | null;
}

/** A track after a file has been taken. */
export interface ImportResult {
  trackId: string;
  revision: number;
  version: number;
  /** The version that holds what was there before; null: nothing was. */
  kept: number | null;
}

/** A file is read anew at every choice of the dialog. */
export const importRate = { limit: 120, windowMs: 600_000 };
