import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder, textOfWords, wordsOnText } from "./align";
import type { SpeechSegment, SpeechWord } from "./types";

/** Words of 100 ms each, one after the other. */
const timed = (texts: string): SpeechWord[] =>
  texts
    .split("|")
    .filter((text) => text !== "")
    .map((text, index) => ({ text, startMs: index * 100, endMs: index * 100 + 100 }));

const segmentsOf = (...texts: string[]): SpeechSegment[] =>
  texts.map((text, index) => ({ text, startMs: index * 1_000, endMs: index * 1_000 + 1_000 }));

/** "_word" stands for a space before it, "word*" for a shared-out time. */
const show = (words: readonly SpeechWord[]) =>
  words
    .map((word) => (word.spaceBefore ? "_" : "") + word.text + (word.interpolated ? "*" : ""))
    .join("|");

describe("wordsOnText", () => {
  const cases: [string, string[], string, string][] = [
    [
      "gives whisper-1's bare words their punctuation",
      [" Hello, world. How are you?"],
      "Hello|world|How|are|you",
      "Hello,|_world.|_How|_are|_you?",
    ],
    [
      "leaves words that have their punctuation as they are",
      [" Hello, world."],
      "Hello,|world.",
      "Hello,|_world.",
    ],
    [
      "opening marks lean on the next word, closing ones on the one before",
      [' He said, "yes" (twice), ¿no? $5 #1'],
      "He|said|yes|twice|no|5|1",
      'He|_said,|_"yes"|_(twice),|_¿no?|_$5|_#1',
    ],
    [
      "a dash between spaces leans on the word before",
      [" not far – at all"],
      "not|far|at|all",
      "not|_far –|_at|_all",
    ],
    [
      "pieces written together become one word",
      [" It's 3.5 hard-working km."],
      "It|'s|3|.5|hard|-working|km",
      "It's|_3.5|_hard-working|_km.",
    ],
    [
      "Korean keeps its eojeol",
      [" 국가/언어에만 적용 됩니다: 데이터, 테스트."],
      "국가|언어에만|적용|됩니다|데이터|테스트",
      "국가/언어에만|_적용|_됩니다:|_데이터,|_테스트.",
    ],
    [
      "Japanese stays without spaces, over segments too",
      ["今日は、天気がいい。", "「はい」と言った。"],
      "今日|は|天気|が|いい|はい|と|言った",
      "今日|は、|天気|が|いい。|「はい」|と|言った。",
    ],
    [
      "Latin words inside Japanese stay whole",
      ["これはWi-Fiです。"],
      "これ|は|Wi|-Fi|です",
      "これ|は|Wi-Fi|です。",
    ],
    ["the case of letters is no difference", [" HELLO World."], "hello|world", "HELLO|_World."],
    ["segments without leading spaces are still apart", ["One.", "Two."], "One|Two", "One.|_Two."],
    [
      "text without a timed word is kept, with a shared-out time",
      [" one two three four"],
      "one|four",
      "one|_two*|_three*|_four",
    ],
    ["text at the end is kept", [" one two three."], "one", "one|_two*|_three.*"],
    [
      "no words at all: the segments' text by its length",
      [" No words here.", " None."],
      "",
      "No*|_words*|_here.*|_None.*",
    ],
    ["no words at all in Japanese", ["今日は天気。"], "", "今日*|は*|天気。*"],
    [
      "a word that the text spells otherwise gives its time to the text",
      [" It costs five dollars."],
      "It|costs|5|dollars",
      "It|_costs|_five|_dollars.",
    ],
    ["words that are no part of the text go", [" Yes."], "Yes|thanks", "Yes."],
    ["marks alone are nothing said", [" ♪♪", " Hi."], "Hi", "Hi."],
    ["neither words nor text", [], "", ""],
  ];
  it.each(cases)("%s", (_name, texts, words, expected) => {
    const aligned = wordsOnText({ segments: segmentsOf(...texts), words: timed(words) });
    expect(show(aligned).replace(/^_/, "")).toBe(expected);
  });

  it("takes the time from first to last piece, and the doubt of the least sure one", () => {
    const words = timed("3|.5").map((word, index) => ({ ...word, confidence: index ? 0.4 : 0.9 }));
    expect(wordsOnText({ segments: segmentsOf(" 3.5"), words })).toEqual([
      { text: "3.5", startMs: 0, endMs: 200, confidence: 0.4, spaceBefore: false, segment: 0 },
    ]);
  });

  it("finds each of many equal words in its own place", () => {
    const words = timed("no|no|no|yes|no");
    const aligned = wordsOnText({ segments: segmentsOf(" No, no, no.", " Yes, no!"), words });
    expect(show(aligned)).toBe("No,|_no,|_no.|_Yes,|_no!");
    expect(aligned.map((word) => [word.startMs, word.segment])).toEqual([
      [0, 0],
      [100, 0],
      [200, 0],
      [300, 1],
      [400, 1],
    ]);
  });

  it("keeps the words by their times when the text is of another speech", () => {
    const other = Array.from({ length: 1_200 }, (_, index) => `x${index}`).join(" ");
    const words = timed(Array.from({ length: 1_200 }, () => "가나다").join("|"));
    const aligned = wordsOnText({ segments: segmentsOf(other), words });
    expect(aligned).toHaveLength(1_200);
    expect(aligned.every((word) => word.segment === 0)).toBe(true);
  });

  const sentence = fc
    .array(fc.constantFrom("Hello", "3.5", "it's", "a", "음성", "world", "a", "ok"), {
      minLength: 1,
      maxLength: 30,
    })
    .chain((words) =>
      fc.record({
        words: fc.constant(words),
        marks: fc.array(fc.constantFrom("", "", ",", ".", "?", "…", '"'), {
          minLength: words.length,
          maxLength: words.length,
        }),
        cuts: fc.array(fc.boolean(), { minLength: words.length, maxLength: words.length }),
      }),
    );

  it("rebuilds the text exactly from bare words, whatever the punctuation and segments", () => {
    fc.assert(
      fc.property(sentence, ({ words, marks, cuts }) => {
        const texts: string[] = [];
        words.forEach((word, index) => {
          const piece = ` ${word}${marks[index]}`;
          if (index === 0 || cuts[index]) texts.push(piece);
          else texts[texts.length - 1] += piece;
        });
        const bare = timed(words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "")).join("|"));
        const aligned = wordsOnText({ segments: segmentsOf(...texts), words: bare });
        expect(textOfWords(aligned)).toBe(texts.join("").trim());
        expect(aligned.map((word) => word.startMs)).toEqual(bare.map((word) => word.startMs));
      }),
    );
  });
});

describe("inOrder", () => {
  it("leaves no overlap, no backward step and no negative length", () => {
    const word = fc.record({
      text: fc.constant("a"),
      startMs: fc.integer({ min: 0, max: 5_000 }),
      endMs: fc.integer({ min: 0, max: 5_000 }),
    });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 50 }), (words) => {
        const ordered = inOrder(words);
        expect(ordered).toHaveLength(words.length);
        ordered.forEach(({ startMs, endMs }, index) => {
          expect(endMs).toBeGreaterThanOrEqual(startMs);
          expect(startMs).toBeGreaterThanOrEqual(ordered[index - 1]?.endMs ?? 0);
        });
        expect(inOrder(ordered)).toEqual(ordered);
      }),
    );
  });
});
