import type { SubtitleDocument } from "@/lib/subtitles/model";

/** What subtitles are written as. */
export type SubtitleFormat =
  | "srt"
  | "vtt"
  | "ass"
  | "txt"
  | "json"
  | "csv"
  | "ttml"
  | "smi"
  | "sbv";

/** What subtitles are read from: a spreadsheet has been anybody's by the time it comes back. */
export type ReadableFormat = Exclude<SubtitleFormat, "csv">;

/** How a file is written. Everything has a default; same document and options give same bytes. */
export interface WriteOptions {
  /**
   * Begin with U+FEFF, which some Windows players, and Excel, need to see UTF-8. Default: true in
   * CSV, else false.
   */
  bom?: boolean;
  /** Default: "crlf" in CSV (RFC 4180), else "lf". */
  lineEnd?: "lf" | "crlf";
  /** Title in the header of VTT, ASS, TTML and SMI. Default: the document's. */
  title?: string;
  /**
   * Write the names of speakers. Where they have their own place (VTT, ASS, TTML, CSV) and in TXT:
   * default true. In SRT, SMI and SBV they become part of the text ("Name: text"): default false.
   * JSON always has them.
   */
  speakers?: boolean;
  /**
   * Frames a second: times are moved to the nearest frame, and TTML counts in frames. Not in JSON
   * and CSV, which keep times as they are. Default: times in ms.
   */
  fps?: number;
  /**
   * Another language of the same video. Its cues are matched by id, else by overlap, and their
   * text goes below: in ASS in a style of its own, in SMI as the file's second language, in CSV
   * in a column. JSON holds one language.
   */
  second?: SubtitleDocument;
  /** Where the second language goes in the text. Default "below". */
  secondPlace?: "below" | "above";
  /**
   * VTT: write colours and letters into STYLE blocks, as browsers follow them. FFmpeg up to 5
   * finds no subtitle in a file that has any. Default true; places are written always.
   */
  looks?: boolean;
  /** TXT: begin every cue (or paragraph) with its times. Default false. */
  times?: boolean;
  /** TXT: run cues of one speaker together until there is a pause. Default false. */
  paragraphs?: boolean;
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
  /** How the track or the cue looks (font, colours, margins) is not in the file, or only in part. */
  | "look_dropped"
  /** The look is in the file, but players of the format differ in how much of it they follow. */
  | "look_approximated"
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
  /** Times are kept to 1/100 s, or to frames. */
  | "time_rounded"
  /** Bold, italic and underlined letters became plain ones. */
  | "markup_dropped"
  /** The lines of a cue became one. */
  | "lines_joined"
  /** TXT without times: when each cue shows. */
  | "times_dropped"
  /** Cues that show at the same time were written as one, or as several after each other. */
  | "overlap_joined"
  /** A cue of the second language goes with one whose times are others. */
  | "second_retimed"
  /** The second language is not in the file. */
  | "second_dropped"
  /** An apostrophe keeps a spreadsheet from taking the text for a formula. */
  | "formula_guarded"
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
  /** JSON: not what our own files hold. TTML: not well-formed, read as far as it went. */
  | "malformed_file"
  /** The file says when a subtitle begins, but not when it ends. */
  | "end_missing"
  /** The file says nothing of times: they were worked out from the length of the text. */
  | "times_estimated"
  /** The file has another language as well, which was not read. */
  | "other_language"
  /** Nothing in the file says which encoding it is in, and it isn't UTF-8. */
  | "encoding_guessed"
  /** Bytes that are no characters of the file's encoding. */
  | "characters_lost"
  /** The bytes are no text at all. */
  | "not_text"
  /** There were more problems than are listed. */
  | "more_problems";

export interface LocatedProblem {
  /** Counted from 1; 0: about the whole file. */
  line: number;
  code: ProblemCode;
  /** The beginning of what stands there, at most 80 characters. */
  message?: string;
}

/** A language of a file that holds several. */
export interface FileLanguage {
  /** What the file calls it: a class of SMI. */
  key: string;
  /** BCP 47; null where the file doesn't say. */
  language: string | null;
  cues: number;
}

export interface ReadResult {
  document: SubtitleDocument;
  problems: LocatedProblem[];
  /** What a file of several languages holds (SMI); the document is one of them. */
  languages?: FileLanguage[];
}

/** How a file is read. */
export interface ReadOptions {
  /** The wanted language of a file that holds several, BCP 47 or its key. Default: the first. */
  language?: string;
}

/** Gives a cue its id; `index` counts the cues of the file from 0. */
export type MakeCueId = (index: number) => string;

export type Reader = (text: string, makeId: MakeCueId, options: ReadOptions) => ReadResult;
export type Writer = (document: SubtitleDocument, options: WriteOptions) => WriteResult;
