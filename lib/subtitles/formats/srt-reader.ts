import { settingsFromNumpad } from "@/lib/subtitles/formats/numpad";
import { ProblemLog } from "@/lib/subtitles/formats/problem-log";
import { readableText } from "@/lib/subtitles/formats/text-form";
import type { MakeCueId, ReadResult } from "@/lib/subtitles/formats/types";
import { isTidyMarkup, type LightTag, MarkupBuilder } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";

const newline = 10;
const space = 32;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isBlank(code: number): boolean {
  return code === space || code === 9 || code === newline || code === 0x3000 || code === 0xa0;
}

/** Reads lenient timestamps: `[H:]M:S` with an optional fraction after "," or ".". */
class TimestampScanner {
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  skipSpaces(): void {
    let code = this.#text.charCodeAt(this.position);
    while (code === space || code === 9) code = this.#text.charCodeAt(++this.position);
  }

  /** Milliseconds, or -1 when no timestamp stands here. The fraction counts to 3 digits. */
  timestamp(): number {
    let seconds = 0;
    for (let group = 1; ; group++) {
      const from = this.position;
      let value = 0;
      let code = this.#text.charCodeAt(from);
      while (isDigit(code)) {
        value = value * 10 + code - 48;
        code = this.#text.charCodeAt(++this.position);
      }
      if (this.position === from || this.position - from > 9) return -1;
      seconds = seconds * 60 + value;
      if (code !== 58) return group === 1 ? -1 : seconds * 1000 + this.#fraction(code);
      if (group === 3) return -1;
      this.position++;
    }
  }

  #fraction(separator: number): number {
    if (separator !== 44 && separator !== 46) return 0;
    let value = 0;
    let unit = 100;
    let code = this.#text.charCodeAt(++this.position);
    while (isDigit(code)) {
      value += (code - 48) * unit;
      unit = Math.floor(unit / 10);
      code = this.#text.charCodeAt(++this.position);
    }
    return value;
  }
}

/** Text that holds more than characters and single line ends. */
const needsCare = /[<{]|[-\\]\u2060|\n[^\S\n]*\n/;

/** The same for text with tidy tags. */
const needsMoreCare = /\{|[-\\]\u2060|\n[^\S\n]*\n/;

const codePattern =
  /<(\/?)(?:([biu])\s*|font(?:\s[^<>\n]*)?)>|\{\\an([1-9])\}|\{\\[^{}\n]*\}|([<{\\-])\u2060/gi;

/** The model's text for a cue's text in SRT, and what its codes say. */
function modelText(raw: string, offset: number, cue: Cue, log: ProblemLog): string {
  const blank = raw.search(/\n[^\S\n]*\n/);
  if (blank !== -1) log.add(offset + blank + 1, "blank_line_in_text");
  const builder = new MarkupBuilder();
  let from = 0;
  for (const match of raw.matchAll(codePattern)) {
    builder.literal(raw.slice(from, match.index));
    from = match.index + match[0].length;
    const [code, slash, name, key, guarded] = match;
    if (guarded !== undefined) {
      builder.literal(unguarded(guarded, raw, from));
    } else if (name !== undefined) {
      const tag = name.toLowerCase() as LightTag;
      if (slash === "") builder.open(tag);
      else builder.close(tag);
    } else if (key !== undefined) {
      const settings = settingsFromNumpad(Number(key));
      if (settings) cue.settings ??= settings;
    } else if (slash !== "/") {
      log.add(offset + match.index, code[0] === "{" ? "override_dropped" : "tag_dropped", code);
    }
  }
  builder.literal(raw.slice(from));
  return builder.finish();
}

/** What makes code of a character; the second "-" of an arrow needs one before it as well. */
const followers: Record<string, RegExp> = {
  "<": /[/a-z!]/i,
  "{": /\\/,
  "\\": /[nh]/i,
  "-": />/,
};

/** Takes away the U+2060 that `writeSrt` put between, and no other. */
function unguarded(first: string, raw: string, next: number): string {
  let at = next;
  while (raw.charCodeAt(at) === 0x2060) at++;
  const follower = raw.charAt(at);
  const ours = followers[first]?.test(follower) && (first !== "-" || raw.charAt(next - 3) === "-");
  return ours ? first : `${first}\u2060`;
}

class SrtReader {
  readonly cues: Cue[] = [];
  readonly log: ProblemLog;
  readonly #text: string;
  readonly #makeId: MakeCueId;
  readonly #scanner: TimestampScanner;
  /** Where the text after the last timing line begins; 0 before the first. */
  #textFrom = 0;
  /** The cue that this text belongs to; null when it belongs to none. */
  #cue: Cue | null = null;

  constructor(text: string, makeId: MakeCueId) {
    this.#text = text;
    this.#makeId = makeId;
    this.#scanner = new TimestampScanner(text);
    this.log = new ProblemLog(text);
  }

  /**
   * Goes from arrow to arrow: a line with times on both sides of one begins a cue, whatever
   * stands around it; all else is text.
   */
  read(): void {
    const text = this.#text;
    let arrow = text.indexOf("-->");
    while (arrow !== -1) {
      const lineStart = text.lastIndexOf("\n", arrow) + 1;
      let lineEnd = text.indexOf("\n", arrow);
      if (lineEnd === -1) lineEnd = text.length;
      this.#timingLine(lineStart, arrow, lineEnd);
      arrow = text.indexOf("-->", lineEnd);
    }
    this.#finishText(text.length);
  }

  #timingLine(lineStart: number, arrow: number, lineEnd: number): void {
    const scanner = this.#scanner;
    scanner.position = lineStart;
    scanner.skipSpaces();
    if (!isDigit(this.#text.charCodeAt(scanner.position))) return;
    const startMs = scanner.timestamp();
    scanner.skipSpaces();
    let endMs = -1;
    if (startMs >= 0 && scanner.position === arrow) {
      scanner.position = arrow + 3;
      scanner.skipSpaces();
      endMs = scanner.timestamp();
    }
    if (endMs < 0 && startMs < 0 && !this.#looksLikeTiming(lineStart, arrow, lineEnd)) return;

    this.#finishText(this.#counterStart(lineStart));
    this.#textFrom = Math.min(lineEnd + 1, this.#text.length);
    if (endMs < 0) {
      this.#cue = null;
      this.log.add(lineStart, "bad_timing", this.#text.slice(lineStart, lineEnd));
      return;
    }
    this.#cue = { id: "", startMs, endMs, text: "" };
    if (endMs < startMs) this.log.add(lineStart, "end_before_start");
    scanner.skipSpaces();
    if (scanner.position < lineEnd) {
      const rest = this.#text.slice(scanner.position, lineEnd);
      this.log.add(lineStart, "coordinates_dropped", rest);
    }
  }

  /** A line that was meant to hold times is not kept as text of the cue before. */
  #looksLikeTiming(lineStart: number, arrow: number, lineEnd: number): boolean {
    const before = this.#text.slice(lineStart, arrow);
    return /^\s*\d+\s*:/.test(before) && /\d/.test(this.#text.slice(arrow, lineEnd));
  }

  /** Where the block of a timing line begins: at the counter before it, or at itself. */
  #counterStart(lineStart: number): number {
    let at = lineStart - 2;
    let digits = 0;
    for (; at >= this.#textFrom; at--) {
      const code = this.#text.charCodeAt(at);
      if (isDigit(code)) digits++;
      else if (code === newline || !isBlank(code)) break;
    }
    const wholeLine = at < this.#textFrom || this.#text.charCodeAt(at) === newline;
    return digits > 0 && wholeLine ? at + 1 : lineStart;
  }

  /** Gives the text up to an offset to the cue that is waiting for it. */
  #finishText(end: number): void {
    const text = this.#text;
    let to = end;
    while (to > this.#textFrom && isBlank(text.charCodeAt(to - 1))) to--;
    // Blank lines around the text are not part of it; spaces in its last line are.
    const lineEnd = text.indexOf("\n", to);
    if (to > this.#textFrom) to = lineEnd === -1 ? end : Math.min(lineEnd, end);
    let from = this.#textFrom;
    for (let at = from; at < to && isBlank(text.charCodeAt(at)); at++) {
      if (text.charCodeAt(at) === newline) from = at + 1;
    }
    const cue = this.#cue;
    if (cue === null) {
      if (to > from && this.cues.length === 0) this.log.add(from, "text_outside_cue");
      return;
    }
    const raw = text.slice(from, to);
    cue.text = this.#modelText(raw, from, cue);
    cue.id = this.#makeId(this.cues.length);
    this.cues.push(cue);
    this.#cue = null;
  }

  #modelText(raw: string, offset: number, cue: Cue): string {
    if (!needsCare.test(raw)) return raw;
    if (!needsMoreCare.test(raw) && isTidyMarkup(raw)) return raw;
    return modelText(raw, offset, cue, this.log);
  }
}

/** Arrows that people and word processors make of "-->", in files that have no right one. */
const wrongArrow =
  /^([ \t]*\d[\d:.,]*)[ \t]*(?:-+[ \t]+>|->|[\u2013\u2014]+>?|\u2192)[ \t]*(?=\d)/gm;

/**
 * SubRip, leniently: any line ends, with or without counters, "," or "." before one to three
 * digits of a fraction, hours from none to any number, coordinates, blank lines inside a text.
 */
export function readSrt(input: string, makeId: MakeCueId): ReadResult {
  let text = readableText(input);
  if (!text.includes("-->")) text = text.replace(wrongArrow, "$1 --> ");
  const reader = new SrtReader(text, makeId);
  reader.read();
  return { document: { cues: reader.cues }, problems: reader.log.problems };
}
