import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Stretch } from "./chunks";
import { placeInSpeech } from "./snap";
import type { SpeechWord } from "./types";

type Timed = [text: string, startMs: number, endMs: number];

const wordsOf = (words: readonly Timed[]) =>
  words.map(([text, startMs, endMs]) => ({ text, startMs, endMs }));
const speechOf = (spans: readonly [number, number][]) =>
  spans.map(([startMs, endMs]) => ({ startMs, endMs }));

function snapToSpeech(words: readonly SpeechWord[], speech: readonly Stretch[]) {
  const placed = placeInSpeech(words, speech);
  return {
    kept: placed.filter(({ outside }) => !outside).map(({ word }) => word),
    dropped: placed.filter(({ outside }) => outside).map(({ word }) => word),
  };
}

describe("placeInSpeech", () => {
  const cases: [string, Timed[], [number, number][], Timed[], string[]][] = [
    [
      "leaves words inside speech where they are",
      [
        ["one", 1_000, 1_400],
        ["two", 1_400, 2_000],
      ],
      [[700, 2_100]],
      [
        ["one", 1_000, 1_400],
        ["two", 1_400, 2_000],
      ],
      [],
    ],
    [
      "cuts a word back that stretches over the pause before it",
      [
        ["man,", 151_570, 152_150],
        ["unless", 152_610, 156_730],
        ["to", 156_730, 156_990],
      ],
      [
        [149_698, 152_116],
        [156_546, 161_428],
      ],
      [
        ["man,", 151_570, 152_150],
        ["unless", 156_496, 156_730],
        ["to", 156_730, 156_990],
      ],
      [],
    ],
    [
      "cuts a word back that stretches into the pause after it",
      [
        ["end.", 4_000, 9_000],
        ["Next", 9_000, 9_300],
      ],
      [
        [3_000, 5_000],
        [8_900, 9_500],
      ],
      [
        ["end.", 4_000, 5_200],
        ["Next", 8_850, 9_300],
      ],
      [],
    ],
    [
      "puts first words that came too early to the beginning of the speech",
      [
        ["He", 85_674, 86_194],
        ["might", 86_194, 86_714],
        ["even", 86_714, 87_014],
      ],
      [[86_530, 89_236]],
      [
        ["He", 86_480, 86_547],
        ["might", 86_547, 86_714],
        ["even", 86_714, 87_014],
      ],
      [],
    ],
    [
      "drops what is said long before anyone speaks",
      [
        ["Thanks", 1_000, 1_500],
        ["bye", 3_000, 3_500],
      ],
      [[2_700, 4_000]],
      [["bye", 3_000, 3_500]],
      ["Thanks"],
    ],
    [
      "drops what is said after everyone has stopped",
      [
        ["bye", 3_000, 3_500],
        ["Thanks", 3_850, 4_200],
      ],
      [[2_700, 3_540]],
      [["bye", 3_000, 3_500]],
      ["Thanks"],
    ],
    [
      "keeps what comes right after the speech was thought to end",
      [
        ["bye", 3_000, 3_500],
        ["now", 3_800, 4_000],
      ],
      [[2_700, 3_540]],
      [
        ["bye", 3_000, 3_370],
        ["now", 3_370, 3_740],
      ],
      [],
    ],
    [
      "moves three early words at most",
      [
        ["a", 0, 100],
        ["b", 100, 200],
        ["c", 200, 300],
        ["d", 300, 400],
        ["e", 900, 1_400],
      ],
      [[800, 2_000]],
      [
        ["b", 750, 913],
        ["c", 913, 1_075],
        ["d", 1_075, 1_238],
        ["e", 1_238, 1_400],
      ],
      ["a"],
    ],
    [
      "begins a phrase where the speech begins, whether the word came early or late",
      [
        ["end.", 500, 1_050],
        ["Early", 1_050, 1_700],
        ["on.", 1_700, 2_000],
        ["Late", 2_400, 2_700],
      ],
      [
        [400, 1_250],
        [1_450, 2_030],
        [2_200, 3_000],
      ],
      [
        ["end.", 350, 1_050],
        ["Early", 1_400, 1_700],
        ["on.", 1_700, 2_000],
        ["Late", 2_150, 2_700],
      ],
      [],
    ],
    [
      "leaves a word over a short pause where most of it is, unless the sentence tells",
      [
        ["so", 500, 1_000],
        ["over", 1_000, 1_650],
      ],
      [
        [400, 1_350],
        [1_450, 2_000],
      ],
      [
        ["so", 350, 1_000],
        ["over", 1_000, 1_550],
      ],
      [],
    ],
    ["has nothing to keep without speech", [["a", 0, 100]], [], [], ["a"]],
    ["has nothing to do without words", [], [[0, 100]], [], []],
  ];
  it.each(cases)("%s", (_name, words, speech, kept, dropped) => {
    const snapped = snapToSpeech(wordsOf(words), speechOf(speech));
    expect(snapped.kept.map((word) => [word.text, word.startMs, word.endMs])).toEqual(kept);
    expect(snapped.dropped.map((word) => word.text)).toEqual(dropped);
  });

  const scene = fc.record({
    words: fc.array(fc.tuple(fc.nat(600), fc.nat(900)), { maxLength: 25 }).map((steps) => {
      let atMs = 0;
      return steps.map(([gapMs, lengthMs], index) => {
        const startMs = atMs + gapMs;
        atMs = startMs + lengthMs;
        return { text: `w${index}`, startMs, endMs: atMs };
      });
    }),
    speech: fc
      .array(fc.tuple(fc.integer({ min: 300, max: 4_000 }), fc.integer({ min: 150, max: 3_000 })), {
        maxLength: 8,
      })
      .map((steps) => {
        let atMs = 0;
        return steps.map(([gapMs, lengthMs]) => {
          const startMs = atMs + gapMs;
          atMs = startMs + lengthMs;
          return { startMs, endMs: atMs };
        });
      }),
  });

  it("loses no word, keeps their order, and leaves none outside of speech", () => {
    fc.assert(
      fc.property(scene, ({ words, speech }) => {
        const { kept, dropped } = snapToSpeech(words, speech);
        const names = new Set([...kept, ...dropped].map((word) => word.text));
        expect(names.size).toBe(words.length);
        expect(kept.length + dropped.length).toBe(words.length);
        const order = kept.map((word) => Number(word.text.slice(1)));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        kept.forEach((word, index) => {
          expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
          expect(word.startMs).toBeGreaterThanOrEqual(kept[index - 1]?.endMs ?? 0);
          expect(
            speech.some((s) => word.startMs >= s.startMs - 100 && word.endMs <= s.endMs + 200),
          ).toBe(true);
        });
      }),
    );
  });
});
