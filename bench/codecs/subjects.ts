import { parse as assParse, stringify as assStringify } from "ass-compiler";
import { type CaptionsFileFormat, parseText, type VTTCue } from "media-captions";
import { build, parse as subsrtParse } from "subsrt-ts";
import { parseSync, stringifySync } from "subtitle";
import {
  type ReadableFormat,
  readableFormats,
  readSubtitles,
  type SubtitleFormat,
  subtitleFormats,
  type WriteOptions,
  writeSubtitles,
} from "@/lib/subtitles/formats";
import type { ExpectedCue } from "@/lib/subtitles/formats/conformance/conformance-case";
import type { CueSettings } from "@/lib/subtitles/model";

/** One library: how it reads a format into its own shape, and writes that shape again. */
export interface Subject {
  name: string;
  reads: readonly ReadableFormat[];
  writes: readonly SubtitleFormat[];
  /** Takes seconds at full size, so that it runs fewer rounds. */
  slow?: boolean;
  read(text: string, format: ReadableFormat): unknown;
  write(parsed: unknown, format: SubtitleFormat): string;
  /** The cues of what `read` gave, with all that the library tells of them. */
  cues(parsed: unknown): ExpectedCue[];
}

/** A text is timed only when that is asked for, and read back only when it is timed. */
export const writeOptions: Partial<Record<SubtitleFormat, WriteOptions>> = { txt: { times: true } };

const ours: Subject = {
  name: "AX2 Caption",
  reads: readableFormats,
  writes: subtitleFormats,
  read: (text, format) => readSubtitles({ text, format }),
  write: (parsed, format) => {
    const { document } = parsed as ReturnType<typeof readSubtitles>;
    return writeSubtitles({ document, format, options: writeOptions[format] ?? {} }).text;
  },
  cues: (parsed) =>
    (parsed as ReturnType<typeof readSubtitles>).document.cues.map((cue) => ({
      text: cue.text,
      startMs: cue.startMs,
      endMs: cue.endMs,
      sourceId: cue.sourceId ?? "",
      settings: cue.settings ?? {},
    })),
};

const subtitle: Subject = {
  name: "subtitle",
  reads: ["srt", "vtt"],
  writes: ["srt", "vtt"],
  read: (text) => parseSync(text),
  write: (parsed, format) =>
    stringifySync(parsed as ReturnType<typeof parseSync>, {
      format: format === "srt" ? "SRT" : "WebVTT",
    }),
  cues: (parsed) =>
    (parsed as ReturnType<typeof parseSync>)
      .filter((node) => node.type === "cue")
      .map(({ data }) => ({ text: data.text, startMs: data.start, endMs: data.end })),
};

const subsrt: Subject = {
  name: "subsrt-ts",
  reads: ["srt", "vtt", "ass", "smi", "sbv"],
  writes: ["srt", "vtt", "ass", "smi", "sbv"],
  read: (text, format) => subsrtParse(text, { format }),
  write: (parsed, format) => build(parsed as ReturnType<typeof subsrtParse>, { format }),
  cues: (parsed) =>
    (parsed as ReturnType<typeof subsrtParse>)
      .filter((caption) => caption.type === "caption")
      .map((caption) => ({
        text: caption.content,
        startMs: caption.start,
        endMs: caption.end,
        sourceId: "index" in caption && caption.index !== undefined ? String(caption.index) : "",
      })),
};

function cueSettings(cue: VTTCue): CueSettings {
  const settings: CueSettings = {};
  if (cue.vertical !== "") settings.vertical = cue.vertical as "rl" | "lr";
  if (typeof cue.line === "number") {
    settings.line = cue.line;
    if (!cue.snapToLines) settings.lineIsPercent = true;
    if (cue.lineAlign !== "start") settings.lineAlign = cue.lineAlign as "center" | "end";
  }
  if (typeof cue.position === "number") settings.position = cue.position;
  if (cue.positionAlign !== "auto" && typeof cue.position === "number") {
    settings.positionAlign = cue.positionAlign as "line-left" | "center" | "line-right";
  }
  if (cue.size !== 100) settings.size = cue.size;
  if (cue.align !== "center") settings.align = cue.align as "start" | "end" | "left" | "right";
  if (cue.region) settings.region = cue.region.id;
  return settings;
}

const mediaCaptions: Subject = {
  name: "media-captions",
  reads: ["srt", "vtt", "ass"],
  writes: [],
  slow: true,
  read: (text, format) => parseText(text, { type: format as CaptionsFileFormat }),
  write: () => "",
  cues: (parsed) =>
    (parsed as Awaited<ReturnType<typeof parseText>>).cues.map((cue) => ({
      text: cue.text,
      startMs: Math.round(cue.startTime * 1000),
      endMs: Math.round(cue.endTime * 1000),
      sourceId: cue.id,
      settings: cueSettings(cue),
    })),
};

const assCompiler: Subject = {
  name: "ass-compiler",
  reads: ["ass"],
  writes: ["ass"],
  read: (text) => assParse(text),
  write: (parsed) => assStringify(parsed as ReturnType<typeof assParse>),
  cues: () => [],
};

export const subjects: readonly Subject[] = [ours, subtitle, subsrt, mediaCaptions, assCompiler];
