import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

/**
 * The subtitle model: what every reader makes, every writer takes and every rule looks at.
 * Times are integer milliseconds from the start of the video. Everything is plain data, safe to
 * store as JSON and to use in the browser, in a worker and on the server.
 */

/**
 * Why a recognised word may not have been said. One of them: kept and flagged. Two that agree:
 * removed, see `RemovedText`.
 * `guess`: the engine's own mean log probability is at most -1; `no_speech`: it held the window to
 * be without speech; `repetition`: the text repeats itself (compression above 2.4, or loops);
 * `anomaly`: improbable words of impossible lengths (Whisper's own score); `outside_speech`: where
 * the voice detector hears nobody; `stock_phrase`: what Whisper is known to invent.
 */
export type WordDoubt =
  | "guess"
  | "no_speech"
  | "repetition"
  | "anomaly"
  | "outside_speech"
  | "stock_phrase";

/** One recognised word with its time. */
export interface Word {
  /** The word with its punctuation, without surrounding spaces. */
  text: string;
  startMs: number;
  endMs: number;
  /** How sure the engine was, 0..1. */
  confidence?: number;
  /** The time was worked out from the neighbours; the engine gave none, or an impossible one. */
  interpolated?: boolean;
  /**
   * Whether a space stands before the word, so that text is rebuilt exactly. When absent: true in
   * languages written with spaces, false in the others (see `writesSpaces`).
   */
  spaceBefore?: boolean;
  /** Who says it, when speakers were told apart. A change of speaker always starts a new cue. */
  speaker?: string;
  /** BCP 47, where it differs from the document's language. A change always starts a new cue. */
  language?: string;
  /** Absent: none. */
  doubts?: WordDoubt[];
  /** The chunk of audio it was heard in, from 0. */
  chunk?: number;
}

/**
 * How a translated text came back: with its whole scene; in a smaller part of it after the scene's
 * reply had lost, repeated or moved cues; alone with its neighbours as context.
 */
export type TranslationWay = "scene" | "part" | "cue";

/** Where a cue's text comes from. Edits by people are in the operation log, by cue. */
export interface CueProvenance {
  /** What made the text. `alignment`: the person's own text, timed to the sound. */
  origin: "recognition" | "translation" | "import" | "alignment" | "repair";
  /** "openai", "local", "deepl", "chat" ... */
  engine?: string;
  model?: string;
  jobId?: string;
  /** ISO 8601. */
  at?: string;
  /** First and last chunk of audio it was heard in, from 0. */
  chunks?: [number, number];
  /** Terms and corrections of the glossary that shaped it, as written in the glossary. */
  terms?: string[];
  /**
   * Of a translation: which text of which cue it renders. A different text now: it is stale.
   * `shortened`: made shorter so that there is time to read it.
   */
  translation?: {
    sourceCueId: string;
    sourceText: string;
    way: TranslationWay;
    shortened?: boolean;
  };
  /** Of an alignment: the share of its words that were found in what was heard, 0..1. */
  matched?: number;
}

/**
 * Where a cue stands on the picture, in WebVTT's terms (the richest of the formats that are not
 * ASS). An absent property means WebVTT's default: bottom, centred, horizontal, full width.
 */
export interface CueSettings {
  vertical?: "rl" | "lr";
  /** A line number (negative counts from the bottom), or percent of the height. */
  line?: number;
  /** `line` is a percentage (0..100) instead of a line number. */
  lineIsPercent?: boolean;
  lineAlign?: "start" | "center" | "end";
  /** Percent of the width, 0..100. */
  position?: number;
  positionAlign?: "line-left" | "center" | "line-right";
  /** Percent of the width, 0..100. */
  size?: number;
  align?: "start" | "center" | "end" | "left" | "right";
  /** The id of a WebVTT region in the document's headers. */
  region?: string;
}

/** One timed subtitle. */
export interface Cue {
  /** Stable over edits and unique in the document; not the number written into a file. */
  id: string;
  startMs: number;
  endMs: number;
  /**
   * Lines joined by "\n", with the light tags <b>, <i>, <u> and nothing else as markup: any other
   * character stands for itself. A literal "<b>" is kept from being a tag by U+2060 after the "<"
   * (see `literalMarkup` and `plainText`).
   */
  text: string;
  /** Key of a `VideoSpeaker`, or a name as an imported file has it. */
  speaker?: string;
  /** BCP 47, where it differs from the document's language. */
  language?: string;
  provenance?: CueProvenance;
  settings?: CueSettings;
  /** The recogniser's words behind the cue; kept as evidence when the text is edited. */
  words?: Word[];
  /** The identifier the cue carried in an imported WebVTT file. */
  sourceId?: string;
  /** The name of an ASS style in the document's headers. */
  style?: string;
  /** How it looks where it differs from the track's style. Absent: as the track does. */
  styleOverrides?: StyleOverrides;
}

/** What the operations of a track change. */
export interface TrackContent {
  /** In the order of the track, see `inTrackOrder`. */
  cues: readonly Cue[];
  /** Null: the usual look, see `defaultStyle`. */
  style: SubtitleStyle | null;
}

/** A part of an imported file that is no cue, kept word for word for the way back. */
export type HeaderBlock =
  | {
      format: "vtt";
      /** "header": what follows the signature; the others: a block of that name before the cues. */
      kind: "header" | "style" | "region" | "note";
      text: string;
    }
  | {
      format: "ass";
      kind: "info" | "styles" | "section";
      /** The section's name without brackets. */
      name: string;
      /** The section's lines without the bracketed first one. */
      text: string;
    };

export interface SubtitleDocument {
  /** BCP 47. */
  language?: string;
  title?: string;
  cues: Cue[];
  headers?: HeaderBlock[];
  /** Absent: the usual look. */
  style?: SubtitleStyle;
}

const languagesWithoutSpaces = new Set(["ja", "zh", "yue", "th", "lo", "my", "km", "bo"]);

/** The primary subtag of a BCP 47 code in lower case: "zh-Hant-TW" gives "zh". */
export function primaryLanguage(language: string): string {
  return language.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
}

/** Whether words of the language are written with spaces between them. */
export function writesSpaces(language: string): boolean {
  return !languagesWithoutSpaces.has(primaryLanguage(language));
}
