import { ProblemLog } from "@/lib/subtitles/formats/problem-log";
import { readableText } from "@/lib/subtitles/formats/text-form";
import type { MakeCueId, ReadResult } from "@/lib/subtitles/formats/types";
import { asciiTokens, parseSettings } from "@/lib/subtitles/formats/vtt-settings";
import { readPayload } from "@/lib/subtitles/formats/vtt-text";
import { isTidyMarkup } from "@/lib/subtitles/markup";
import type { Cue, HeaderBlock } from "@/lib/subtitles/model";

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * WebVTT, exactly as the specification's parser does it (https://www.w3.org/TR/webvtt1/#parsing):
 * blocks are collected line by line, a bad timing line costs one cue, an arrow inside a payload
 * begins a new block. The text is scanned in place; only what is kept is cut out.
 */
class VttReader {
  readonly cues: Cue[] = [];
  readonly headers: HeaderBlock[] = [];
  readonly log: ProblemLog;
  readonly #text: string;
  readonly #makeId: MakeCueId;
  readonly #regions = new Set<string>();
  #position = 0;
  /** The next "-->" at or after the line that is looked at; -1 when there is none. */
  #arrow = 0;
  /** A timing line was read: STYLE and REGION count no more. */
  #seenCue = false;

  constructor(text: string, makeId: MakeCueId) {
    this.#text = text;
    this.#makeId = makeId;
    this.log = new ProblemLog(text);
  }

  read(): void {
    const text = this.#text;
    if (!/^WEBVTT(?:[ \t\n]|$)/.test(text)) {
      this.log.add(0, "signature_missing", text.slice(0, this.#lineEnd(0)));
      return;
    }
    const end = this.#lineEnd(0);
    const header = text.slice(6, end);
    if (header.trim() !== "") this.#header("header", header.trim());
    this.#position = Math.min(end + 1, text.length);
    this.#arrow = text.indexOf("-->", this.#position);
    if (this.#position < text.length && text.charCodeAt(this.#position) !== 10) {
      this.#block(true);
    }
    this.#skipNewlines();
    while (this.#position < text.length) {
      this.#block(false);
      this.#skipNewlines();
    }
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf("\n", from);
    return end === -1 ? this.#text.length : end;
  }

  #skipNewlines(): void {
    while (this.#text.charCodeAt(this.#position) === 10) this.#position++;
  }

  #arrowBefore(lineStart: number, lineEnd: number): boolean {
    if (this.#arrow !== -1 && this.#arrow < lineStart) {
      this.#arrow = this.#text.indexOf("-->", lineStart);
    }
    return this.#arrow !== -1 && this.#arrow < lineEnd;
  }

  /** "Collect a WebVTT block": lines up to a blank one, or up to an arrow that isn't its own. */
  #block(inHeader: boolean): void {
    const text = this.#text;
    const blockStart = this.#position;
    let bodyStart = blockStart;
    let bodyEnd = blockStart;
    let cue: Cue | null = null;
    let seenArrow = false;
    let lineCount = 0;
    while (this.#position < text.length) {
      const lineStart = this.#position;
      const lineEnd = this.#lineEnd(lineStart);
      lineCount++;
      if (this.#arrowBefore(lineStart, lineEnd)) {
        if (inHeader || seenArrow || lineCount > 2) break;
        seenArrow = true;
        cue = this.#timingLine(lineStart, lineEnd);
        if (cue === null) {
          this.log.add(lineStart, "bad_timing", text.slice(lineStart, lineEnd));
        } else {
          if (lineCount === 2) cue.sourceId = text.slice(bodyStart, bodyEnd);
          bodyStart = Math.min(lineEnd + 1, text.length);
          bodyEnd = bodyStart;
        }
      } else if (lineEnd === lineStart) {
        break;
      } else {
        bodyEnd = lineEnd;
      }
      this.#position = Math.min(lineEnd + 1, text.length);
    }
    if (cue !== null) this.#finishCue(cue, bodyStart, bodyEnd);
    else if (!seenArrow && bodyEnd > blockStart) this.#otherBlock(blockStart, bodyEnd, inHeader);
  }

  #finishCue(cue: Cue, bodyStart: number, bodyEnd: number): void {
    const payload = this.#text.slice(bodyStart, bodyEnd);
    const references = payload.includes("&");
    if (references || (payload.includes("<") && !isTidyMarkup(payload))) {
      const read = readPayload(payload);
      cue.text = read.text;
      if (read.speaker !== undefined) cue.speaker = read.speaker;
      if (read.droppedTag !== undefined) this.log.add(bodyStart, "tag_dropped", read.droppedTag);
      if (read.namedVoices) this.log.add(bodyStart, "voices_merged");
    } else {
      cue.text = payload;
    }
    cue.id = this.#makeId(this.cues.length);
    this.cues.push(cue);
  }

  /** A block without times: a header to keep, or something that WebVTT ignores. */
  #otherBlock(start: number, end: number, inHeader: boolean): void {
    const block = this.#text.slice(start, end);
    if (inHeader) {
      this.#header("header", block);
      return;
    }
    const [, keyword, body] = /^(STYLE|REGION)[\t\f ]*\n([\s\S]*)$/.exec(block) ?? [];
    if (keyword !== undefined && body !== undefined && !this.#seenCue) {
      this.#header(keyword === "STYLE" ? "style" : "region", body);
      if (keyword === "REGION") this.#addRegion(body);
    } else if (/^NOTE(?:[\t\n ]|$)/.test(block)) {
      if (this.#seenCue) this.log.add(start, "note_dropped", block);
      else this.#header("note", block.slice(5));
    } else {
      this.log.add(start, keyword === "STYLE" ? "style_dropped" : "text_outside_cue", block);
    }
  }

  #addRegion(body: string): void {
    for (const token of asciiTokens(body)) {
      if (token.startsWith("id:") && token.length > 3) this.#regions.add(token.slice(3));
    }
  }

  #header(kind: "header" | "style" | "region" | "note", text: string): void {
    this.headers.push({ format: "vtt", kind, text });
  }

  /** Times and settings of a cue, or null when the line can't be understood. */
  #timingLine(lineStart: number, lineEnd: number): Cue | null {
    const text = this.#text;
    const startMs = this.#timestamp(this.#skipSpaces(lineStart, lineEnd));
    if (startMs < 0) return null;
    const arrow = this.#skipSpaces(this.#after, lineEnd);
    if (!text.startsWith("-->", arrow)) return null;
    const endMs = this.#timestamp(this.#skipSpaces(arrow + 3, lineEnd));
    if (endMs < 0 || this.#after > lineEnd) return null;
    this.#seenCue = true;
    const cue: Cue = { id: "", startMs, endMs, text: "" };
    if (endMs < startMs) this.log.add(lineStart, "end_before_start");
    if (this.#after < lineEnd) {
      const rest = text.slice(this.#after, lineEnd);
      const { settings, ignored } = parseSettings(rest, this.#regions);
      if (settings !== undefined) cue.settings = settings;
      if (ignored !== undefined) this.log.add(lineStart, "setting_ignored", ignored);
    }
    return cue;
  }

  #skipSpaces(from: number, end: number): number {
    let at = from;
    while (at < end) {
      const code = this.#text.charCodeAt(at);
      if (code !== 32 && code !== 9 && code !== 12) break;
      at++;
    }
    return at;
  }

  /** Where the last timestamp ended. */
  #after = 0;

  /** Exactly `count` digits as a number, or -1. A digit more belongs to whoever looks next. */
  #digits(from: number, count: number): number {
    let value = 0;
    for (let at = from; at < from + count; at++) {
      const code = this.#text.charCodeAt(at);
      if (!isDigit(code)) return -1;
      value = value * 10 + code - 48;
    }
    return isDigit(this.#text.charCodeAt(from + count)) ? -1 : value;
  }

  /** "Collect a WebVTT timestamp": `[h..h:]mm:ss.mmm` in ms, or -1. */
  #timestamp(from: number): number {
    const text = this.#text;
    let at = from;
    while (isDigit(text.charCodeAt(at))) at++;
    const length = at - from;
    if (length === 0 || length > 12 || text.charCodeAt(at) !== 58) return -1;
    const first = Number(text.slice(from, at));
    const second = this.#digits(at + 1, 2);
    if (second < 0) return -1;
    at += 3;
    let hours = 0;
    let minutes = first;
    let seconds = second;
    if (length !== 2 || first > 59 || text.charCodeAt(at) === 58) {
      if (text.charCodeAt(at) !== 58) return -1;
      hours = first;
      minutes = second;
      seconds = this.#digits(at + 1, 2);
      at += 3;
    }
    const thousandths = text.charCodeAt(at) === 46 ? this.#digits(at + 1, 3) : -1;
    if (seconds < 0 || thousandths < 0 || minutes > 59 || seconds > 59) return -1;
    this.#after = at + 4;
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths;
  }
}

/** Reads WebVTT. A file without the signature gives no cue, as in a browser. */
export function readVtt(input: string, makeId: MakeCueId): ReadResult {
  const reader = new VttReader(readableText(input), makeId);
  reader.read();
  const { cues, headers, log } = reader;
  const document = headers.length > 0 ? { cues, headers } : { cues };
  return { document, problems: log.problems };
}
