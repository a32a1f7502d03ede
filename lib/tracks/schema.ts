import { z } from "zod";
import type { Cue } from "@/lib/subtitles/model";
import { cleanLine, cleanText } from "@/lib/text";

/** Longest text of one cue, in UTF-16 units; far above what a screen holds. */
export const maxCueText = 2_000;

export interface TrackView {
  id: string;
  videoId: string;
  language: string;
  /** Number of the newest edit included; 0 as the job made it. */
  revision: number;
  cues: readonly Cue[];
  updatedAt: string;
}

const setText = z.object({
  kind: z.literal("setText"),
  cueId: cleanLine(1, 64),
  text: cleanText.pipe(z.string().max(maxCueText)),
});

export const editTrackInput = z.object({
  /** Made by the editor; sending the same edit again stores it once. */
  clientOpId: cleanLine(8, 64),
  /** The revision the editor saw. */
  baseRevision: z.number().int().min(0),
  operation: z.discriminatedUnion("kind", [setText]),
});
export type EditTrackInput = z.infer<typeof editTrackInput>;

/** Answer to an edit: the track's new revision and the edits of others since `baseRevision`. */
export interface EditResult {
  revision: number;
  missed: { revision: number; operation: EditTrackInput["operation"] }[];
}

/** What a refused edit (`edit_conflict`) carries in `data`. */
export interface EditConflict {
  revision: number;
  cueId: string;
  yours: string;
  theirs: string;
}

export const exportQuery = z.object({
  format: z.enum(["srt", "vtt", "ass"]),
  bom: z.enum(["0", "1"]).default("0"),
  lineEnd: z.enum(["lf", "crlf"]).default("lf"),
});
export type ExportQuery = z.infer<typeof exportQuery>;
