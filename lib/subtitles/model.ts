/**
 * The subtitle model: what every reader makes, every writer takes and every rule looks at.
 * Times are integer milliseconds from the start of the video. Everything is plain data, safe to
 * store as JSON and to use in the browser, in a worker and on the server.
 */

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
  speaker?: string;
  settings?: CueSettings;
  /** The recogniser's words behind the cue; kept as evidence when the text is edited. */
  words?: Word[];
  /** The identifier the cue carried in an imported WebVTT file. */
  sourceId?: string;
  /** The name of an ASS style in the document's headers. */
  style?: string;
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

/** Rebuilds the running text of words, with spaces only where they belong. */
export function joinWords(words: readonly Word[], language: string): string {
  const spaces = writesSpaces(language);
  let text = "";
  for (const word of words) {
    const space = text !== "" && (word.spaceBefore ?? spaces) ? " " : "";
    text += space + word.text;
  }
  return text;
}
