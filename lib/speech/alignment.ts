import { plainText } from "@/lib/subtitles/markup";
import { primaryLanguage } from "@/lib/subtitles/model";
import {
  type HeardUnit,
  heardUnits,
  type TextUnit,
  textUnits,
  wordsOfLine,
} from "./alignment-units";
import { alignSequences, type Pairs } from "./sequences";
import type { SpeechWord } from "./types";

/** One line, paragraph or subtitle of the text that a person has. */
export interface TextLine {
  /** May hold the light markup of cues and line breaks. */
  text: string;
  /** Own times, where the text came with some; only used for lines that nobody is heard saying. */
  startMs?: number | undefined;
  endMs?: number | undefined;
  speaker?: string | undefined;
}

export interface AlignedLine {
  text: string;
  startMs: number;
  endMs: number;
  speaker?: string;
  /**
   * The line's words with their times. `interpolated`: not found in what was heard; its time lies
   * between those of its neighbours.
   */
  words: SpeechWord[];
  /** The share of its letters that were heard, 0..1. */
  matched: number;
}

export interface Alignment {
  /** As many as were given, in order; each starts where the one before ends or later. */
  lines: AlignedLine[];
  /** The share of all letters that were heard, 0..1. */
  matched: number;
}

/** Spaces in these say little about words: they are matched letter by letter. */
const byLetter = new Set(["ko", "ja", "zh", "yue", "th", "lo", "km", "my", "bo"]);

/**
 * Puts a person's text onto the times of what was heard. The text is kept as it is; times come
 * from the words that both have in common, in the same order. The time it takes grows with the
 * length: three hours and 100,000 words are a matter of seconds.
 * @param options.words what was recognised, absolute times, in order
 * @param options.language of the speech, BCP-47
 * @param options.durationMs of the video
 */
export function alignTranscript(options: {
  lines: readonly TextLine[];
  words: readonly SpeechWord[];
  language: string;
  durationMs: number;
}): Alignment {
  const unit = byLetter.has(primaryLanguage(options.language)) ? "letter" : "word";
  const texts = options.lines.map((line) => plainText(line.text));
  const said = textUnits(texts, unit);
  const heard = heardUnits(options.words, unit);
  const pairs = withoutStrays(
    alignSequences(
      said.map(({ key }) => key),
      heard.map(({ key }) => key),
    ),
    said,
  );
  const timed = timeUnits({ said, heard, pairs, durationMs: options.durationMs });
  const byLine = Map.groupBy(said, ({ line }) => line);
  const lines = options.lines.map((line, index): AlignedLine => {
    const units = byLine.get(index) ?? [];
    const words = wordsOfLine(texts[index] ?? "", units, timed);
    return {
      text: line.text,
      ...spanOf(words),
      ...(line.speaker !== undefined && { speaker: line.speaker }),
      words,
      matched: matchedShare(units, timed),
    };
  });
  return { lines: inOrder(placeUnheard(lines, options.lines)), matched: matchedShare(said, timed) };
}

/** Where a unit of the text lies in time, and what it is known from. */
export interface UnitTime {
  startMs: number;
  endMs: number;
  /** The word it was heard as; undefined: interpolated. */
  heard?: SpeechWord;
}

/**
 * A pair all by itself, with neither neighbour paired beside it on both sides, is chance unless the
 * word is a long one: any two texts of one language have "the" and "이" in common.
 */
function withoutStrays(pairs: Pairs, said: readonly TextUnit[]): Pairs {
  return pairs.filter(([a, b], at) => {
    const [before, after] = [pairs[at - 1], pairs[at + 1]];
    const beside =
      (before && a - before[0] === 1 && b - before[1] === 1) ||
      (after && after[0] - a === 1 && after[1] - b === 1);
    return beside || (said[a]?.key.length ?? 0) >= longWord;
  });
}

const longWord = 6;

/** How fast people speak where nothing tells: a letter and a word, in ms. */
const usualMs = { letter: 170, word: 350 };

function timeUnits(options: {
  said: readonly TextUnit[];
  heard: readonly HeardUnit[];
  pairs: Pairs;
  durationMs: number;
}): UnitTime[] {
  const { said, heard, pairs, durationMs } = options;
  const times: UnitTime[] = [];
  const fill = (to: number, heardFrom: number, heardTo: number) => {
    const count = to - times.length;
    if (count <= 0) return;
    const fromMs = times.at(-1)?.endMs ?? 0;
    const next = heard[heardTo];
    const room = { startMs: fromMs, endMs: Math.max(fromMs, next?.startMs ?? durationMs) };
    const between = heard.slice(heardFrom, heardTo);
    times.push(...interpolate(said.slice(to - count, to), between, room, times.length === 0));
  };
  let heardAt = 0;
  for (const [a, b] of pairs) {
    fill(a, heardAt, b);
    const unit = heard[b];
    if (!unit) continue;
    const startMs = Math.max(unit.startMs, times.at(-1)?.endMs ?? 0);
    times.push({ startMs, endMs: Math.max(startMs, unit.endMs), heard: unit.word });
    heardAt = b + 1;
  }
  fill(said.length, heardAt, heard.length);
  return times;
}

/**
 * Units that weren't heard share the time in which something else was heard in their place, else
 * as much of the silence as saying them takes.
 * @param atStart nothing was heard before them: they lie at the end of the room, not its beginning
 */
function interpolate(
  units: readonly TextUnit[],
  instead: readonly HeardUnit[],
  room: { startMs: number; endMs: number },
  atStart: boolean,
): UnitTime[] {
  const inside = (ms: number) => Math.min(room.endMs, Math.max(room.startMs, ms));
  const [first] = instead;
  const last = instead.at(-1);
  const length = units.reduce((sum, unit) => sum + unit.weight, 0);
  const usual = units[0]?.kind === "letter" ? usualMs.letter : usualMs.word;
  const wanted = Math.min(room.endMs - room.startMs, units.length * usual);
  const span =
    first && last
      ? { startMs: inside(first.startMs), endMs: inside(last.endMs) }
      : {
          startMs: atStart ? room.endMs - wanted : room.startMs,
          endMs: atStart ? room.endMs : room.startMs + wanted,
        };
  let done = 0;
  const at = () => Math.round(span.startMs + ((span.endMs - span.startMs) * done) / length);
  return units.map((unit) => {
    const startMs = at();
    done += unit.weight;
    return { startMs, endMs: at() };
  });
}

function matchedShare(units: readonly TextUnit[], times: readonly UnitTime[]): number {
  let matched = 0;
  let total = 0;
  for (const unit of units) {
    total += unit.weight;
    if (times[unit.index]?.heard) matched += unit.weight;
  }
  return total === 0 ? 0 : matched / total;
}

function spanOf(words: readonly SpeechWord[]): { startMs: number; endMs: number } {
  const startMs = words[0]?.startMs ?? 0;
  return { startMs, endMs: words.at(-1)?.endMs ?? startMs };
}

/** Of a line, so much must have been heard for its own times to mean nothing any more. */
const heardEnough = 0.3;

/**
 * Subtitles that nobody is heard saying (a title on the picture, a song) keep their own times,
 * moved as their neighbours were moved, as far as these leave room.
 */
function placeUnheard(
  lines: readonly AlignedLine[],
  given: readonly TextLine[],
): readonly AlignedLine[] {
  const shifts = lines.map((line, index) => {
    const ownMs = given[index]?.startMs;
    return ownMs !== undefined && line.matched >= heardEnough ? line.startMs - ownMs : undefined;
  });
  let before: number | undefined;
  const after: (number | undefined)[] = [];
  for (let at = shifts.length - 1; at >= 0; at--) after[at] = shifts[at] ?? after[at + 1];
  return lines.map((line, index) => {
    before = shifts[index] ?? before;
    const own = given[index];
    const shift = before ?? after[index];
    const heard = line.matched >= heardEnough;
    if (heard || shift === undefined || own?.startMs === undefined || own.endMs === undefined) {
      return line;
    }
    const startMs = Math.max(0, own.startMs + shift);
    const endMs = Math.max(startMs, own.endMs + shift);
    return { ...line, startMs, endMs, words: spread(line.words, startMs, endMs) };
  });
}

function spread(words: readonly SpeechWord[], startMs: number, endMs: number): SpeechWord[] {
  const total = words.reduce((sum, word) => sum + word.text.length, 0);
  let done = 0;
  const at = () => Math.round(startMs + ((endMs - startMs) * done) / Math.max(1, total));
  return words.map(({ confidence: _unsure, ...word }) => {
    const from = at();
    done += word.text.length;
    return { ...word, startMs: from, endMs: at(), interpolated: true };
  });
}

/** No line starts before its predecessor ends, and each lasts at least a ms; words stay inside. */
function inOrder(lines: readonly AlignedLine[]): AlignedLine[] {
  let atMs = 0;
  // What was heard stays: an estimated line gives way to the next one that was.
  const limits: number[] = [];
  for (let at = lines.length - 1; at >= 0; at--) {
    const next = lines[at + 1];
    const limit = limits[at + 1] ?? Number.POSITIVE_INFINITY;
    limits[at] = next && next.matched >= heardEnough ? Math.min(limit, next.startMs) : limit;
  }
  return lines.map((line, index) => {
    const limit = Math.max(atMs + 1, limits[index] ?? Number.POSITIVE_INFINITY);
    const startMs = Math.min(Math.max(line.startMs, atMs), limit - 1);
    const endMs = Math.min(Math.max(line.endMs, startMs + 1), Math.max(limit, startMs + 1));
    atMs = endMs;
    const inside = (ms: number) => Math.min(endMs, Math.max(startMs, ms));
    const words = line.words.map((word) => ({
      ...word,
      startMs: inside(word.startMs),
      endMs: inside(word.endMs),
    }));
    return { ...line, startMs, endMs, words };
  });
}
