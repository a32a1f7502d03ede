import { AppError } from "@/lib/errors";
import {
  decodeSubtitleBytes,
  detectFormat,
  type LocatedProblem,
  type ReadableFormat,
  readSubtitles,
} from "@/lib/subtitles/formats";
import { plainText } from "@/lib/subtitles/markup";
import { cleanText } from "@/lib/text";
import { maxTranscriptLetters, maxTranscriptLines } from "./limits";
import { plainLines } from "./plain-lines";
import type { TranscriptFormat, TranscriptLine, TranscriptWarning } from "./schema";

export interface ReadTranscript {
  format: TranscriptFormat;
  lines: TranscriptLine[];
  warnings: Omit<TranscriptWarning, "message">[];
}

/**
 * Reads a text or subtitles. What can't be understood is left out and told with its line.
 * @throws {AppError} `subtitles_unreadable` for what isn't text, `transcript_empty`,
 *   `payload_too_large` for more lines or letters than are taken
 */
export function readTranscript(fileName: string, bytes: Uint8Array): ReadTranscript {
  const { text: decoded, problems } = decodeSubtitleBytes(bytes);
  if (problems.some(({ code }) => code === "not_text")) throw new AppError("subtitles_unreadable");
  const text = cleanText.parse(decoded);
  if (text.length > maxTranscriptLetters) throw new AppError("payload_too_large");
  const read = readAs(formatOfFile(fileName, text), text);
  if (read.lines.length > maxTranscriptLines) throw new AppError("payload_too_large");
  if (!read.lines.some((line) => /[\p{L}\p{N}]/u.test(plainText(line.text)))) {
    throw new AppError("transcript_empty");
  }
  return { ...read, warnings: [...problems.map(warningOf), ...read.warnings] };
}

const byEnding: Record<string, ReadableFormat> = {
  ...{ srt: "srt", vtt: "vtt", ass: "ass", ssa: "ass", smi: "smi", sami: "smi", sbv: "sbv" },
  ...{ ttml: "ttml", dfxp: "ttml", itt: "ttml", xml: "ttml", json: "json" },
};

/** By the content; the name decides only where the content could be either. */
export function formatOfFile(fileName: string, text: string): ReadableFormat | undefined {
  const named = byEnding[/\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ""];
  const detected = detectFormat(text);
  return detected === "txt" ? named : detected;
}

function readAs(format: ReadableFormat | undefined, text: string): ReadTranscript {
  if (format === undefined) return readPlain(text);
  const { document, problems } = readSubtitles({ text, format });
  const lines = document.cues.flatMap((cue): TranscriptLine[] => {
    if (plainText(cue.text).trim() === "") return [];
    const { text: said, startMs, endMs, speaker } = cue;
    const end = Math.max(startMs, endMs);
    return [{ text: said, startMs, endMs: end, ...(speaker !== undefined && { speaker }) }];
  });
  if (lines.length === 0) {
    const plain = readPlain(text);
    return { ...plain, warnings: [{ line: 0, code: "read_as_text" }, ...plain.warnings] };
  }
  // Alignment walks through the text in the order in which it is said.
  lines.sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0));
  return { format, lines, warnings: problems.map(warningOf) };
}

const warningOf = ({ line, code }: LocatedProblem) => ({ line, code });

function readPlain(text: string): ReadTranscript {
  const { lines, timesAt } = plainLines(text);
  const warnings: ReadTranscript["warnings"] =
    timesAt === undefined ? [] : [{ line: timesAt, code: "times_removed" }];
  return { format: "txt", lines, warnings };
}
