import type { UnitTime } from "./alignment";
import type { SpeechWord } from "./types";

/** What is compared: whole words, or single letters where spaces don't make words. */
export type UnitKind = "word" | "letter";

/** A piece of the person's text. */
export interface TextUnit {
  kind: UnitKind;
  /** In one form, so that equal pieces are equal. */
  key: string;
  /** Its place among all units. */
  index: number;
  line: number;
  /** Where it stands in the line's plain text: [from, to) in UTF-16 units. */
  from: number;
  to: number;
  /** Its length in letters. */
  weight: number;
}

/** A piece of what was recognised. */
export interface HeardUnit {
  key: string;
  word: SpeechWord;
  startMs: number;
  endMs: number;
}

interface Piece {
  key: string;
  from: number;
  to: number;
}

const pieces = {
  word: /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*/gu,
  letter: /[\p{L}\p{N}]\p{M}*/gu,
};

/**
 * Pieces with their places. Hangul that is written in single letters (NFD) is one piece a
 * syllable, as its marks and jamo follow one another without a boundary.
 */
function piecesOf(text: string, kind: UnitKind): Piece[] {
  const found: Piece[] = [];
  if (kind === "word" || text === text.normalize("NFC")) {
    for (const { 0: piece, index } of text.matchAll(pieces[kind])) {
      found.push({ key: keyOf(piece), from: index, to: index + piece.length });
    }
    return found;
  }
  for (const { segment, index } of graphemes.segment(text)) {
    if (/[\p{L}\p{N}]/u.test(segment)) {
      found.push({ key: keyOf(segment), from: index, to: index + segment.length });
    }
  }
  return found;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

const keyOf = (piece: string) => piece.normalize("NFKC").toLowerCase().replace(/['’]/g, "");

export function textUnits(texts: readonly string[], kind: UnitKind): TextUnit[] {
  const units: TextUnit[] = [];
  texts.forEach((text, line) => {
    for (const piece of piecesOf(text, kind)) {
      const weight = Array.from(piece.key).length;
      units.push({ kind, ...piece, index: units.length, line, weight });
    }
  });
  return units;
}

/** A recognised word's time is shared by its pieces, by length. */
export function heardUnits(words: readonly SpeechWord[], kind: UnitKind): HeardUnit[] {
  const units: HeardUnit[] = [];
  for (const word of words) {
    const found = piecesOf(word.text, kind);
    const total = found.reduce((sum, piece) => sum + piece.key.length, 0);
    let done = 0;
    const at = () => Math.round(word.startMs + ((word.endMs - word.startMs) * done) / total);
    for (const { key } of found) {
      const startMs = at();
      done += key.length;
      units.push({ key, word, startMs, endMs: at() });
    }
  }
  return units;
}

/** Scripts written without spaces, in which a word of the dictionary is one to us. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const dictionary = new Intl.Segmenter(undefined, { granularity: "word" });

interface WrittenWord {
  text: string;
  from: number;
  to: number;
  spaceBefore: boolean;
}

/** The words of a line as they are written, with their punctuation. */
function writtenWords(text: string): WrittenWord[] {
  const words: WrittenWord[] = [];
  for (const { 0: group, index } of text.matchAll(/\S+/gu)) {
    const parts = unspaced.test(group) ? dictionaryWords(group) : [{ text: group, from: 0 }];
    parts.forEach((part, at) => {
      const from = index + part.from;
      words.push({
        ...{ text: part.text, from, to: from + part.text.length },
        spaceBefore: at === 0 && words.length > 0,
      });
    });
  }
  return words;
}

function dictionaryWords(group: string): { text: string; from: number }[] {
  const words: { text: string; from: number }[] = [];
  for (const { segment, index, isWordLike } of dictionary.segment(group)) {
    const last = words.at(-1);
    // Punctuation leans on the word before it, at the beginning on the one after it.
    const leans = last && (!isWordLike || !/[\p{L}\p{N}]/u.test(last.text));
    if (leans) last.text += segment;
    else words.push({ text: segment, from: index });
  }
  return words;
}

/** The words of a line with the times of their units; a word without any lies with its neighbour. */
export function wordsOfLine(
  text: string,
  units: readonly TextUnit[],
  times: readonly UnitTime[],
): SpeechWord[] {
  const words: SpeechWord[] = [];
  let next = 0;
  for (const written of writtenWords(text)) {
    const own: UnitTime[] = [];
    for (let unit = units[next]; unit && unit.from < written.to; unit = units[++next]) {
      const time = times[unit.index];
      if (time) own.push(time);
    }
    const atMs = words.at(-1)?.endMs ?? times[units[0]?.index ?? -1]?.startMs ?? 0;
    const heard = own.flatMap((time) => time.heard ?? []);
    const found = heard.length * 2 >= own.length && own.length > 0;
    const confidence = heard.flatMap((word) => word.confidence ?? []);
    const [speaker] = heard.flatMap((word) => word.speaker ?? []);
    words.push({
      text: written.text,
      startMs: own[0]?.startMs ?? atMs,
      endMs: own.at(-1)?.endMs ?? atMs,
      spaceBefore: written.spaceBefore,
      ...(found
        ? confidence.length > 0 && { confidence: Math.min(...confidence) }
        : { interpolated: true }),
      ...(speaker !== undefined && { speaker }),
    });
  }
  return words;
}
