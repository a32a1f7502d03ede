import { z } from "zod";
import type { ProblemCode, ReadableFormat } from "@/lib/subtitles/formats";
import { cleanLine } from "@/lib/text";

export type TranscriptFormat = ReadableFormat;

/** A line, a paragraph or a subtitle of a text that a person has. */
export interface TranscriptLine {
  /** With the light markup of cues; subtitles keep their line breaks. */
  text: string;
  /** Of subtitles: when the file shows it, in ms. */
  startMs?: number;
  endMs?: number;
  speaker?: string;
}

/** What needs a look in a text that was read. */
export type TranscriptWarningCode =
  | ProblemCode
  /** A subtitle file's name, but no subtitles in it: taken as plain text. */
  | "read_as_text"
  /** Times written into a plain text, which would be shown as text. */
  | "times_removed";

export interface TranscriptWarning {
  /** In the file, from 1; 0: about the whole file. */
  line: number;
  code: TranscriptWarningCode;
  /** In the reader's language. */
  message: string;
}

export interface TranscriptView {
  id: string;
  fileName: string;
  format: TranscriptFormat;
  lines: TranscriptLine[];
  warnings: TranscriptWarning[];
}

export const importTranscriptQuery = z.object({ fileName: cleanLine(1, 255) });
