import type { SubtitleDocument } from "@/lib/subtitles/model";

export type SubtitleFormat = "srt" | "vtt" | "ass";

/** How a file is written. Everything has a default; same document and options give same bytes. */
export interface WriteOptions {
  /** Begin with U+FEFF, which some Windows players need to see UTF-8. Default false. */
  bom?: boolean;
  /** Default "lf". */
  lineEnd?: "lf" | "crlf";
  /** Title in the header of VTT and ASS. Default: the document's. */
  title?: string;
  /**
   * Write the names of speakers. In VTT and ASS they have their own place: default true. In SRT
   * they become part of the text ("Name: text"): default false.
   */
  speakers?: boolean;
  /** Width of the video in px, the coordinate space of ASS. Default 1920. */
  playResX?: number;
  /** Height of the video in px. Default 1080. */
  playResY?: number;
  /** Font of ASS's default style. Default "Pretendard". */
  fontName?: string;
}

/** What a format could not hold, or held only in another form. */
export type LossCode =
  /** The speaker's name is not in the file. */
  | "speaker_dropped"
  /** A character of the speaker's name was replaced, because the format gives it a meaning. */
  | "speaker_altered"
  /** The place on the picture is lost or only roughly kept. */
  | "position_reduced"
  /** The ASS style, or the ASS or VTT header around the cues, is not in the file. */
  | "style_dropped"
  | "header_dropped"
  /** The identifier that the cue had in a VTT file is not in this one. */
  | "identifier_dropped"
  /** Blank lines inside the text were left out; they would end the cue. */
  | "blank_lines_removed"
  /** A cue without text was left out. */
  | "empty_cue_dropped"
  /** Invisible U+2060 keeps a "-->" or a "<word", "{\" or "\N" of the text from being taken for code. */
  | "text_guarded"
  /** "{" and "}" became full-width, because the format can't escape them. */
  | "braces_replaced"
  | "control_characters_removed"
  /** Times are kept to 1/100 s. */
  | "time_rounded"
  /** The end was not after the start; it was moved to the shortest duration the format has. */
  | "duration_raised";

/** One kind of loss over the whole file. */
export interface Loss {
  code: LossCode;
  /** How many cues (or header blocks) it touched. */
  count: number;
  /** The first of those cues, at most 100. */
  cueIds: string[];
}

export interface WriteResult {
  text: string;
  losses: Loss[];
}

/** What was found while reading; reading always goes on. */
export type ProblemCode =
  /** The file doesn't begin as its format demands; VTT without its signature gives no cue. */
  | "signature_missing"
  /** No cue was found at all. */
  | "no_cues"
  /** A line that should hold times can't be understood; the cue was left out. */
  | "bad_timing"
  | "end_before_start"
  /** SRT: a blank line inside a cue's text; what follows was kept in the same cue. */
  | "blank_line_in_text"
  /** Text that belongs to no cue was left out. */
  | "text_outside_cue"
  /** A known part that the model has no place for was left out. */
  | "coordinates_dropped"
  | "setting_ignored"
  | "tag_dropped"
  | "override_dropped"
  | "drawing_dropped"
  | "note_dropped"
  | "style_dropped"
  /** VTT: several people speak in one cue; their names were put into the text. */
  | "voices_merged"
  /** ASS: a line of a section has fewer fields than the section's Format line. */
  | "malformed_line"
  /** ASS: an event names a style that isn't defined. */
  | "style_unknown"
  /** There were more problems than are listed. */
  | "more_problems";

export interface LocatedProblem {
  /** Counted from 1. */
  line: number;
  code: ProblemCode;
  /** The beginning of what stands there, at most 80 characters. */
  message?: string;
}

export interface ReadResult {
  document: SubtitleDocument;
  problems: LocatedProblem[];
}

/** Gives a cue its id; `index` counts the cues of the file from 0. */
export type MakeCueId = (index: number) => string;

export type Reader = (text: string, makeId: MakeCueId) => ReadResult;
export type Writer = (document: SubtitleDocument, options: WriteOptions) => WriteResult;
