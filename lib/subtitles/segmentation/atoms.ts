import { primaryLanguage, type Word, writesSpaces } from "@/lib/subtitles/model";
import { graphemes, type RuleProfile, textWidth } from "@/lib/subtitles/rules";
import type { WordTimes } from "@/lib/subtitles/segmentation/word-times";

/**
 * The words as one running text. Words and atoms are both ranges of it, and neither follows from
 * the other: a word may hold several atoms (an engine that gives phrases), an atom several words
 * (an engine that gives syllables).
 */
export interface RunningText {
  text: string;
  words: Word[];
  /** Offsets of each word in `text`, its end exclusive. */
  wordFrom: Int32Array;
  wordTo: Int32Array;
}

/** The smallest pieces that lines and cues are made of, as parallel arrays. */
export interface Atoms {
  count: number;
  /** Offsets in the running text, surrounding spaces excluded. */
  from: Int32Array;
  to: Int32Array;
  startMs: Float64Array;
  endMs: Float64Array;
  width: Float64Array;
  /** Width of the space before the atom; 0 where none is written. */
  spaceWidth: Float64Array;
  /** Index of the word in which the atom begins. */
  word: Int32Array;
}

/** The language of a word where it isn't the document's. */
function foreignLanguage(word: Word, language: string): string | undefined {
  if (word.language === undefined) return undefined;
  const same = primaryLanguage(word.language) === primaryLanguage(language);
  return same ? undefined : word.language;
}

/** Joins words into running text, with the usable times in place of the engine's. */
export function runningText(
  words: readonly Word[],
  times: WordTimes,
  language: string,
): RunningText {
  const kept: Word[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const [i, word] of words.entries()) {
    const text = word.text.trim().replace(/\s+/g, " ");
    if (text === "") continue;
    const own = foreignLanguage(word, language);
    const spaces = writesSpaces(own ?? language);
    const spaceBefore = word.spaceBefore ?? (spaces || /^\s/.test(word.text));
    const last = kept.at(-1);
    const change = last !== undefined && (word.speaker !== last.speaker || own !== last.language);
    // Two speakers or languages never share an atom, even where no space is written.
    const separator = last !== undefined && (spaceBefore || change) ? " " : "";
    parts.push(separator, text);
    length += separator.length;
    from.push(length);
    length += text.length;
    to.push(length);
    const { language: _, ...rest } = word;
    kept.push({
      ...rest,
      ...(own === undefined ? {} : { language: own }),
      text,
      startMs: times.starts[i] ?? 0,
      endMs: times.ends[i] ?? 0,
      ...(times.interpolated[i] === 1 ? { interpolated: true } : {}),
    });
  }
  const wordFrom = Int32Array.from(from);
  return { text: parts.join(""), words: kept, wordFrom, wordTo: Int32Array.from(to) };
}

/** A line must not begin with one of these, whatever a dictionary says ... */
const noLineStart =
  /^[\s\u3001\u3002\uff0c\uff0e\u30fb\uff1f\uff01\uff1a\uff1b\uff09\u300d\u300f\u3011\u3015\u3009\u300b\u201d\u2019\u30fc\u3005\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6\u2026\u2025,.!?:;)\]}%]/;
/** ... or end with one of these. */
const noLineEnd = /[\uff08\u300c\u300e\u3010\u3014\u3008\u300a\u201c\u2018([{]$/;

/** Dictionaries are asked about this much text at a time, so that their cost stays linear. */
const dictionaryChunk = 2000;

/** Offsets at which text may break without a space, where its language writes none. */
function dictionaryBreaks({ text, words, wordFrom }: RunningText, language: string): Uint8Array {
  const breaks = new Uint8Array(text.length + 1);
  let first = 0;
  while (first < words.length) {
    const own = words[first]?.language;
    let next = first + 1;
    while (next < words.length && words[next]?.language === own) next++;
    if (!writesSpaces(own ?? language)) {
      const to = next < words.length ? (wordFrom[next] ?? 0) : text.length;
      markDictionaryBreaks(breaks, text, wordFrom[first] ?? 0, to, own ?? language);
    }
    first = next;
  }
  return breaks;
}

function markDictionaryBreaks(
  breaks: Uint8Array,
  text: string,
  start: number,
  end: number,
  language: string,
): void {
  const segmenter = new Intl.Segmenter(primaryLanguage(language), { granularity: "word" });
  let from = start;
  while (from < end) {
    const to = Math.min(end, chunkEnd(text, from));
    for (const { index, segment } of segmenter.segment(text.slice(from, to))) {
      const at = from + index;
      const before = text.charAt(at - 1);
      const latin = /^[!-~]/.test(segment) && /^[!-~]$/.test(before);
      if (at > 0 && !latin && !noLineStart.test(segment) && !noLineEnd.test(before)) breaks[at] = 1;
    }
    from = to;
  }
}

/** The end of a chunk: after a stop where there is one, never inside a surrogate pair. */
function chunkEnd(text: string, from: number): number {
  const limit = from + dictionaryChunk;
  if (limit >= text.length) return text.length;
  for (let at = limit; at > from + dictionaryChunk / 2; at--) {
    if (/[\s\u3001\u3002\uff01\uff1f.!?]/.test(text.charAt(at - 1))) return at;
  }
  const code = text.charCodeAt(limit);
  return code >= 0xdc00 && code <= 0xdfff ? limit + 1 : limit;
}

class AtomBuilder {
  readonly #running: RunningText;
  readonly #profile: RuleProfile;
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #width: number[] = [];
  readonly #spaceBefore: boolean[] = [];

  constructor(running: RunningText, profile: RuleProfile) {
    this.#running = running;
    this.#profile = profile;
  }

  /** Adds a piece; one that no cue could hold is cut into pieces of a line each. */
  add(from: number, to: number, spaceBefore: boolean): void {
    const text = this.#running.text.slice(from, to);
    const { counting, maxLineWidth, maxLines } = this.#profile;
    const maxPiece = maxLineWidth === Number.POSITIVE_INFINITY ? maxLineWidth : 1000;
    const width = textWidth(text, counting);
    if (width <= maxLineWidth * maxLines && text.length < maxPiece) {
      this.#push(from, to, width, spaceBefore);
      return;
    }
    let pieceFrom = from;
    let at = from;
    let pieceWidth = 0;
    for (const cluster of graphemes(text)) {
      const clusterWidth = textWidth(cluster, counting);
      if (at > pieceFrom && pieceWidth + clusterWidth > maxLineWidth) {
        this.#push(pieceFrom, at, pieceWidth, spaceBefore && pieceFrom === from);
        pieceFrom = at;
        pieceWidth = 0;
      }
      at += cluster.length;
      pieceWidth += clusterWidth;
    }
    this.#push(pieceFrom, to, pieceWidth, spaceBefore && pieceFrom === from);
  }

  #push(from: number, to: number, width: number, spaceBefore: boolean): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#width.push(width);
    this.#spaceBefore.push(spaceBefore);
  }

  finish(): Atoms {
    const count = this.#from.length;
    const spaceWidth = this.#profile.counting === "weighted" ? 0.5 : 1;
    const atoms: Atoms = {
      count,
      from: Int32Array.from(this.#from),
      to: Int32Array.from(this.#to),
      startMs: new Float64Array(count),
      endMs: new Float64Array(count),
      width: Float64Array.from(this.#width),
      spaceWidth: Float64Array.from(this.#spaceBefore, (before) => (before ? spaceWidth : 0)),
      word: new Int32Array(count),
    };
    this.#placeInTime(atoms);
    return atoms;
  }

  /** Times of atoms from the words they lie in; inside a word by share of its characters. */
  #placeInTime(atoms: Atoms): void {
    const { words, wordFrom, wordTo } = this.#running;
    const timeAt = (word: number, offset: number): number => {
      const from = wordFrom[word] ?? 0;
      const { startMs, endMs } = words[word] ?? { startMs: 0, endMs: 0 };
      const share = (offset - from) / Math.max(1, (wordTo[word] ?? 0) - from);
      return Math.round(startMs + (endMs - startMs) * Math.min(1, share));
    };
    let word = 0;
    for (let i = 0; i < atoms.count; i++) {
      const from = atoms.from[i] ?? 0;
      const to = atoms.to[i] ?? 0;
      while (word + 1 < words.length && (wordFrom[word + 1] ?? 0) <= from) word++;
      atoms.word[i] = word;
      atoms.startMs[i] = timeAt(word, from);
      while (word + 1 < words.length && (wordFrom[word + 1] ?? 0) < to) word++;
      atoms.endMs[i] = timeAt(word, to);
    }
  }
}

/** Cuts running text into atoms: at spaces, and where the dictionary says so in ja, zh, th ... */
export function atomsOf(running: RunningText, language: string, profile: RuleProfile): Atoms {
  const { text } = running;
  const breaks = dictionaryBreaks(running, language);
  const builder = new AtomBuilder(running, profile);
  let from = 0;
  let spaceBefore = false;
  for (let at = 0; at <= text.length; at++) {
    const isSpace = text.charCodeAt(at) === 32;
    if (at < text.length && !isSpace && breaks[at] !== 1) continue;
    if (at > from) {
      builder.add(from, at, spaceBefore);
      spaceBefore = false;
      from = at;
    }
    if (isSpace) {
      from = at + 1;
      spaceBefore = true;
    }
  }
  return builder.finish();
}
