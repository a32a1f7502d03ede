import { readAss } from "@/lib/subtitles/formats/ass-reader";
import { writeAss } from "@/lib/subtitles/formats/ass-writer";
import { readSrt } from "@/lib/subtitles/formats/srt-reader";
import { writeSrt } from "@/lib/subtitles/formats/srt-writer";
import type {
  MakeCueId,
  Reader,
  ReadResult,
  SubtitleFormat,
  WriteOptions,
  WriteResult,
  Writer,
} from "@/lib/subtitles/formats/types";
import { readVtt } from "@/lib/subtitles/formats/vtt-reader";
import { writeVtt } from "@/lib/subtitles/formats/vtt-writer";
import type { SubtitleDocument } from "@/lib/subtitles/model";

export type * from "@/lib/subtitles/formats/types";

/** What a file of the format is called, to people and to programs. */
export const formatInfo: Record<
  SubtitleFormat,
  { extension: string; mimeType: string; name: string }
> = {
  srt: { extension: "srt", mimeType: "application/x-subrip", name: "SubRip" },
  vtt: { extension: "vtt", mimeType: "text/vtt", name: "WebVTT" },
  ass: { extension: "ass", mimeType: "text/x-ssa", name: "Advanced SubStation Alpha" },
};

export const subtitleFormats = Object.keys(formatInfo) as SubtitleFormat[];

const readers: Record<SubtitleFormat, Reader> = { srt: readSrt, vtt: readVtt, ass: readAss };
const writers: Record<SubtitleFormat, Writer> = { srt: writeSrt, vtt: writeVtt, ass: writeAss };

/**
 * Writes a document as a subtitle file. Pure: the same document and options give the same text.
 * Cues are sorted by start and renumbered. `losses` says what the format could not hold.
 */
export function writeSubtitles({
  document,
  format,
  options = {},
}: {
  document: SubtitleDocument;
  format: SubtitleFormat;
  options?: WriteOptions;
}): WriteResult {
  return writers[format](document, options);
}

/** Tells the format by the content; what is neither WebVTT nor ASS is taken for SRT. */
export function detectFormat(text: string): SubtitleFormat {
  const head = text.slice(0, 4096);
  if (/^\ufeff?WEBVTT(?:[ \t\r\n]|$)/.test(head)) return "vtt";
  return /^\ufeff?\s*\[Script Info\]|^\[(?:V4\+? Styles|Events)\]\s*$|^Dialogue:.*,/im.test(head)
    ? "ass"
    : "srt";
}

/**
 * Reads a subtitle file of which the characters are already decoded. Never throws: what can't be
 * understood is left out and reported with its line. Cues come in the order of the file, with the
 * times of the file, even where an end lies before its start (reported as a problem).
 */
export function readSubtitles({
  text,
  format = detectFormat(text),
  makeId = (index) => String(index + 1),
}: {
  text: string;
  format?: SubtitleFormat;
  /** Default: "1", "2", ... */
  makeId?: MakeCueId;
}): ReadResult {
  const result = readers[format](text, makeId);
  if (result.document.cues.length === 0) result.problems.push({ line: 1, code: "no_cues" });
  return result;
}
