import { readAss } from "@/lib/subtitles/formats/ass-reader";
import { writeAss } from "@/lib/subtitles/formats/ass-writer";
import { joinLanguages } from "@/lib/subtitles/formats/bilingual";
import { writeCsv } from "@/lib/subtitles/formats/csv-writer";
import { alignedToFrames, exactRate } from "@/lib/subtitles/formats/frames";
import { readJson } from "@/lib/subtitles/formats/json-reader";
import { writeJson } from "@/lib/subtitles/formats/json-writer";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { readSbv } from "@/lib/subtitles/formats/sbv-reader";
import { writeSbv } from "@/lib/subtitles/formats/sbv-writer";
import { readSmi } from "@/lib/subtitles/formats/smi-reader";
import { writeSmi } from "@/lib/subtitles/formats/smi-writer";
import { readSrt } from "@/lib/subtitles/formats/srt-reader";
import { writeSrt } from "@/lib/subtitles/formats/srt-writer";
import { readTtml } from "@/lib/subtitles/formats/ttml-reader";
import { writeTtml } from "@/lib/subtitles/formats/ttml-writer";
import { readTxt } from "@/lib/subtitles/formats/txt-reader";
import { writeTxt } from "@/lib/subtitles/formats/txt-writer";
import type {
  Loss,
  MakeCueId,
  ReadableFormat,
  Reader,
  ReadOptions,
  ReadResult,
  SubtitleFormat,
  WriteOptions,
  WriteResult,
  Writer,
} from "@/lib/subtitles/formats/types";
import { readVtt } from "@/lib/subtitles/formats/vtt-reader";
import { writeVtt } from "@/lib/subtitles/formats/vtt-writer";
import type { SubtitleDocument } from "@/lib/subtitles/model";

export {
  type DecodedText,
  decodeSubtitleBytes,
  type TextEncoding,
} from "@/lib/subtitles/formats/decode";
export { maxSubtitleFileBytes, maxSubtitleFileCues } from "@/lib/subtitles/formats/limits";
export type * from "@/lib/subtitles/formats/types";

/** What a file of the format is called, to people and to programs. */
export const formatInfo: Record<
  SubtitleFormat,
  { extension: string; mimeType: string; name: string }
> = {
  srt: { extension: "srt", mimeType: "application/x-subrip", name: "SubRip" },
  vtt: { extension: "vtt", mimeType: "text/vtt", name: "WebVTT" },
  ass: { extension: "ass", mimeType: "text/x-ssa", name: "Advanced SubStation Alpha" },
  txt: { extension: "txt", mimeType: "text/plain", name: "Text" },
  json: { extension: "json", mimeType: "application/json", name: "JSON" },
  csv: { extension: "csv", mimeType: "text/csv", name: "CSV" },
  ttml: { extension: "ttml", mimeType: "application/ttml+xml", name: "TTML (IMSC 1.1)" },
  smi: { extension: "smi", mimeType: "application/x-sami", name: "SAMI" },
  sbv: { extension: "sbv", mimeType: "text/plain", name: "YouTube SBV" },
};

export const subtitleFormats = Object.keys(formatInfo) as SubtitleFormat[];

const readers: Record<ReadableFormat, Reader> = {
  ...{ srt: readSrt, vtt: readVtt, ass: readAss, txt: readTxt },
  ...{ json: readJson, ttml: readTtml, smi: readSmi, sbv: readSbv },
};
const writers: Record<SubtitleFormat, Writer> = {
  ...{ srt: writeSrt, vtt: writeVtt, ass: writeAss, txt: writeTxt, json: writeJson },
  ...{ csv: writeCsv, ttml: writeTtml, smi: writeSmi, sbv: writeSbv },
};

export const readableFormats = Object.keys(readers) as ReadableFormat[];

/** Formats that keep every time as it is, whatever frame rate is asked for. */
const exactFormats: ReadonlySet<SubtitleFormat> = new Set(["json", "csv"]);
/** Formats that have a place of their own for a second language. */
const twoLanguageFormats: ReadonlySet<SubtitleFormat> = new Set(["json", "csv", "ass", "smi"]);

/** The document as the format is to hold it: at frames, in two languages. */
function prepared(
  { document, format, options }: Required<WriteRequest>,
  losses: LossLog,
): { document: SubtitleDocument; options: WriteOptions } {
  const { second: other, secondPlace = "below" } = options;
  const fps = exactFormats.has(format) ? undefined : exactRate(options.fps);
  const first = fps ? alignedToFrames(document, fps, losses) : document;
  const second = fps && other ? alignedToFrames(other, fps, losses) : other;
  if (second === undefined) return { document: first, options };
  if (twoLanguageFormats.has(format)) return { document: first, options: { ...options, second } };
  return { document: joinLanguages(first, second, secondPlace, losses), options };
}

/** What happened before the writing and while writing, one entry a kind. */
function together(before: readonly Loss[], after: readonly Loss[]): Loss[] {
  const codes = new Set(after.map(({ code }) => code));
  return [...before.filter(({ code }) => !codes.has(code)), ...after];
}

interface WriteRequest {
  document: SubtitleDocument;
  format: SubtitleFormat;
  options?: WriteOptions;
}

/**
 * Writes a document as a subtitle file. Pure: the same document and options give the same text.
 * Cues are sorted by start and renumbered. `losses` says what the format could not hold.
 */
export function writeSubtitles({ document, format, options = {} }: WriteRequest): WriteResult {
  if (options.fps === undefined && options.second === undefined) {
    return writers[format](document, options);
  }
  const losses = new LossLog();
  const ready = prepared({ document, format, options }, losses);
  const written = writers[format](ready.document, ready.options);
  return { text: written.text, losses: together(losses.losses, written.losses) };
}

const timedArrow = /^[ \t]*\d+:[\d:.,]*[ \t]*(?:-+[ \t]*>|[\u2013\u2014]+>?|\u2192)[ \t]*\d+:/m;

/**
 * Tells the format by the content. What looks like none of the others is SRT where times stand on
 * both sides of an arrow, else a text.
 */
export function detectFormat(text: string): ReadableFormat {
  const head = text.slice(0, 4096).replace(/^\ufeff/, "");
  if (/^WEBVTT(?:[ \t\r\n]|$)/.test(head)) return "vtt";
  if (/^\s*\{\s*"/.test(head) && head.includes('"ax2-caption"')) return "json";
  if (/<sami[\s>]/i.test(head) || /^\s*<sync\s/i.test(head)) return "smi";
  if (
    /^\s*<(?:\?xml|!--|!DOCTYPE|(?:\w+:)?tt[\s>])/i.test(head) &&
    /<(?:\w+:)?tt[\s>]/.test(head)
  ) {
    return "ttml";
  }
  if (/^\s*\[Script Info\]|^\[(?:V4\+? Styles|Events)\]\s*$|^Dialogue:.*,/im.test(head))
    return "ass";
  if (/^\s*\d+:\d{1,2}:\d{1,2}[.,]\d{1,3},\d+:\d{1,2}:\d{1,2}[.,]\d{1,3}\s*$/m.test(head))
    return "sbv";
  return timedArrow.test(head) || timedArrow.test(text) ? "srt" : "txt";
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
  ...options
}: {
  text: string;
  format?: ReadableFormat;
  /** Default: "1", "2", ... Cues of our own JSON keep theirs. */
  makeId?: MakeCueId;
} & ReadOptions): ReadResult {
  const result = readers[format](text, makeId, options);
  if (result.document.cues.length === 0) result.problems.push({ line: 1, code: "no_cues" });
  return result;
}
