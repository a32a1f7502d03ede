import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVEL_MS, startAtOnsets } from "./onsets";
import type { SpeechWord } from "./types";

type Timed = [text: string, startMs: number, endMs: number];

const wordsOf = (words: readonly Timed[]): SpeechWord[] =>
  words.map(([text, startMs, endMs]) => ({ text, startMs, endMs }));

const timesOf = (words: readonly SpeechWord[]) =>
  words.map(({ text, startMs, endMs }): Timed => [text, startMs, endMs]);

/** A voice of 2 s at -20 dB, with quieter stretches: from, to, dB. */
function levelsWith(...quiet: [number, number, number][]): Float32Array {
  const levels = new Float32Array(200).fill(-20);
  for (const [fromMs, toMs, db] of quiet) levels.fill(db, fromMs / LEVEL_MS, toMs / LEVEL_MS);
  return levels;
}

/** Words of 60 ms a letter, so that it is known how long "he" takes; then the one in question. */
const withUsual = (...words: Timed[]) =>
  wordsOf([["plain", 0, 300], ["words", 300, 600], ["here", 600, 840], ...words]);

describe("startAtOnsets", () => {
  const clear = levelsWith([1_050, 1_200, -60]);
  it.each<[string, Float32Array, Timed[], Timed[]]>([
    [
      "begins a long word after the breath, and ends the one before with it",
      clear,
      [
        ["woman,", 840, 960],
        ["he", 960, 1_320],
      ],
      [
        ["woman,", 840, 1_050],
        ["he", 1_180, 1_320],
      ],
    ],
    [
      "is content with less of a fall the longer the word is",
      levelsWith([1_050, 1_200, -34]),
      [
        ["woman,", 840, 960],
        ["he", 960, 1_320],
      ],
      [
        ["woman,", 840, 1_050],
        ["he", 1_180, 1_320],
      ],
    ],
    [
      "asks for more where it is shorter",
      levelsWith([1_050, 1_160, -34]),
      [
        ["woman,", 840, 960],
        ["him", 960, 1_260],
      ],
      [
        ["woman,", 840, 960],
        ["him", 960, 1_260],
      ],
    ],
    ...(
      [
        ["a word as long as its letters", [["leisurely", 960, 1_500]]],
        ["a word that begins after a pause anyhow", [["he", 1_000, 1_360]]],
        ["numbers", [["26", 960, 1_320]]],
        ["abbreviations", [["Mr.", 960, 1_320]]],
        ["capitals", [["TV", 960, 1_320]]],
        ["Korean", [["그", 960, 1_320]]],
        ["Japanese", [["私", 960, 1_320]]],
        ["a word that would have nothing left", [["he", 960, 1_230]]],
      ] satisfies [string, [Timed]][]
    ).map(([name, [word]]): [string, Float32Array, Timed[], Timed[]] => [
      `leaves ${name} alone`,
      clear,
      [["woman,", 840, 960], word],
      [["woman,", 840, 960], word],
    ]),
    [
      "leaves a word alone in which the sound only falls",
      levelsWith([1_050, 2_000, -60]),
      [
        ["woman,", 840, 960],
        ["he", 960, 1_320],
      ],
      [
        ["woman,", 840, 960],
        ["he", 960, 1_320],
      ],
    ],
  ])("%s", (_name, levels, given, expected) => {
    const placed = timesOf(startAtOnsets(withUsual(...given), levels));
    expect(placed.slice(3)).toEqual(expected);
  });

  it("leaves shared-out times alone, and what it was given", () => {
    const words = withUsual(["woman,", 840, 960], ["he", 960, 1_320]);
    const shared = words.map((word) => ({ ...word, interpolated: true }));
    expect(startAtOnsets(shared, clear)).toEqual(shared);
    startAtOnsets(words, clear);
    expect(words.at(-1)?.startMs).toBe(960);
  });

  it("keeps words in order and apart, and begins none sooner, whatever the sound is", () => {
    const word = fc.tuple(
      fc.constantFrom("he", "woman,", "I", "Straße", "26", "을", "Mr."),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 900 }),
    );
    const levels = fc.array(fc.float({ min: -90, max: 0, noNaN: true }), { maxLength: 400 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), levels, (steps, loud) => {
        let at = 0;
        const words = steps.map(([text, gapMs, lengthMs]) => {
          const startMs = at + gapMs;
          at = startMs + lengthMs;
          return { text, startMs, endMs: at };
        });
        const placed = startAtOnsets(words, Float32Array.from(loud));
        placed.forEach((one, index) => {
          expect(Number.isInteger(one.startMs) && Number.isInteger(one.endMs)).toBe(true);
          expect(one.startMs).toBeGreaterThanOrEqual(words[index]?.startMs ?? 0);
          expect(one.endMs).toBeGreaterThanOrEqual(one.startMs);
          expect(placed[index + 1]?.startMs ?? one.endMs).toBeGreaterThanOrEqual(one.endMs);
        });
        expect(placed.at(-1)?.endMs).toBe(words.at(-1)?.endMs);
      }),
    );
  });
});
