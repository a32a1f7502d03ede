import { shareWords, spokenWords } from "@/lib/subtitles/cue-parts";
import { plainText } from "@/lib/subtitles/markup";
import { sliceMarkup } from "@/lib/subtitles/markup-slices";
import { type Cue, primaryLanguage, type Word, writesSpaces } from "@/lib/subtitles/model";
import type { Making } from "@/lib/subtitles/operations/editing/edited";
import { textWidth } from "@/lib/subtitles/rules";
import { breakLines } from "@/lib/subtitles/segmentation";

/** Where a cue is cut: the offset in what a viewer reads, the end before it, the start after it. */
export interface Cut {
  offset: number;
  endMs: number;
  startMs: number;
}

/**
 * A cue as several, cut at `cuts` (in order). The first keeps its id, the others get `ids`. Each
 * part has its share of the words, and all else that the cue had.
 */
export function cutCue(
  cue: Cue,
  cuts: readonly Cut[],
  ids: readonly string[],
  making: Making,
): Cue[] {
  const plain = plainText(cue.text);
  const bounds = [0, ...cuts.map(({ offset }) => offset), plain.length];
  const parts = bounds.slice(1).map((to, i) => {
    const from = bounds[i] ?? 0;
    return {
      startMs: cuts[i - 1]?.startMs ?? cue.startMs,
      endMs: cuts[i]?.endMs ?? cue.endMs,
      text: textBetween(cue, plain, [from, to], making),
    };
  });
  const words = wordShares(cue, plain, bounds, parts);
  return parts.map((part, i) => {
    const { words: _, sourceId, ...kept } = cue;
    const own = words[i] ?? [];
    return {
      ...kept,
      ...part,
      ...(i === 0 ? sourceId !== undefined && { sourceId } : { id: ids[i - 1] ?? "" }),
      ...(own.length > 0 && { words: own }),
    };
  });
}

const atLineBreak = /^[^\S\n]*\n|^\s*$/;
const afterLineBreak = /\n[^\S\n]*$|^\s*$/;

/** A part of the text; its lines stay where it was cut at their ends, else they are broken anew. */
function textBetween(
  cue: Cue,
  plain: string,
  [from, to]: readonly [number, number],
  { language, profile }: Making,
): string {
  const own = plain.slice(from, to);
  const start = from + (own.length - own.trimStart().length);
  const end = Math.max(start, to - (own.length - own.trimEnd().length));
  const text = sliceMarkup(cue.text, start, end);
  const wholeLines =
    afterLineBreak.test(plain.slice(0, start)) && atLineBreak.test(plain.slice(end));
  return wholeLines ? text : breakLines(text, { language: cue.language ?? language, profile });
}

/** Characters that aren't spaces before an offset: words are counted in them. */
function compactBefore(plain: string, offset: number): number {
  return plain.slice(0, offset).replace(/\s+/g, "").length;
}

/** Each part's words: by the text where they say it, else by when they were said. */
function wordShares(
  cue: Cue,
  plain: string,
  bounds: readonly number[],
  parts: readonly Pick<Cue, "startMs">[],
): Word[][] {
  const spoken = spokenWords(cue);
  if (!spoken) return shareWords(cue.words ?? [], parts);
  const ends = bounds.slice(1).map((to) => compactBefore(plain, to));
  const shares: Word[][] = parts.map(() => []);
  let part = 0;
  let at = 0;
  for (const word of spoken) {
    let rest = word;
    let length = rest.text.replace(/\s+/g, "").length;
    while (part < shares.length - 1 && at + length > (ends[part] ?? 0)) {
      const here = (ends[part] ?? 0) - at;
      if (here > 0) {
        const [left, right] = cutWord(rest, here);
        shares[part]?.push(left);
        rest = right;
        length -= here;
        at += here;
      }
      part += 1;
    }
    shares[part]?.push(rest);
    at += length;
  }
  return shares;
}

/** A word as two, the first of `length` characters; the time is shared by length. */
function cutWord(word: Word, length: number): [Word, Word] {
  const text = word.text.replace(/\s+/g, "");
  const share = length / Math.max(1, text.length);
  const atMs = Math.round(word.startMs + (word.endMs - word.startMs) * share);
  return [
    { ...word, text: text.slice(0, length), endMs: atMs, interpolated: true },
    { ...word, text: text.slice(length), startMs: atMs, interpolated: true, spaceBefore: false },
  ];
}

/** When what stands at an offset begins to be said, and when what stands before it ends. */
export function timesAtOffset(
  cue: Cue,
  offset: number,
  { profile }: Making,
): { beforeMs: number; afterMs: number } {
  const plain = plainText(cue.text);
  const spoken = spokenWords(cue);
  if (spoken) {
    const compact = compactBefore(plain, offset);
    let at = 0;
    for (const [i, word] of spoken.entries()) {
      const length = word.text.replace(/\s+/g, "").length;
      if (at + length > compact) {
        if (compact > at) {
          const share = (compact - at) / Math.max(1, length);
          const ms = Math.round(word.startMs + (word.endMs - word.startMs) * share);
          return { beforeMs: ms, afterMs: ms };
        }
        return { beforeMs: spoken[i - 1]?.endMs ?? word.startMs, afterMs: word.startMs };
      }
      at += length;
    }
  }
  const width = (text: string) => textWidth(text.replace(/\s+/g, " ").trim(), profile.counting);
  const whole = Math.max(0.5, width(plain));
  const share = width(plain.slice(0, offset)) / whole;
  const ms = Math.round(cue.startMs + (cue.endMs - cue.startMs) * share);
  return { beforeMs: ms, afterMs: ms };
}

const noPieceStart = /^[\s\p{P}\u30fc\u3005]/u;
const openingEnd = /[\p{Ps}\p{Pi}]$/u;

/**
 * Where a text may be cut: at its spaces and line breaks, and between the words of languages
 * written without spaces. Never at its edges.
 */
export function cutOffsets(plain: string, language: string): number[] {
  const found = new Set<number>();
  for (const match of plain.matchAll(/\s+/g)) found.add(match.index);
  if (!writesSpaces(language)) {
    const segmenter = new Intl.Segmenter(primaryLanguage(language), { granularity: "word" });
    for (const { index, segment } of segmenter.segment(plain)) {
      const held = noPieceStart.test(segment) || openingEnd.test(plain.slice(0, index));
      if (!held) found.add(index);
    }
  }
  return [...found].filter((offset) => isInside(plain, offset)).sort((a, b) => a - b);
}

/** Whether something to read stands on both sides of an offset. */
export function isInside(plain: string, offset: number): boolean {
  return plain.slice(0, offset).trim() !== "" && plain.slice(offset).trim() !== "";
}
