import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WordDoubt } from "@/lib/subtitles/model";
import { textOfWords } from "./align";
import { cleanSpeech, type RecognisedChunk } from "./clean";
import type { SpeechResult, SpeechSegment, SpeechWord } from "./types";

/** A result of one segment a line; the words of a line share its time evenly. */
function result(
  durationMs: number,
  lines: (Partial<SpeechSegment> & { text: string; startMs: number; endMs: number })[],
  language = "en",
): SpeechResult {
  const words = lines.flatMap((line, segment) => {
    const texts = line.text.split(" ");
    const share = (line.endMs - line.startMs) / texts.length;
    return texts.map(
      (text, index): SpeechWord => ({
        text,
        startMs: Math.round(line.startMs + share * index),
        endMs: Math.round(line.startMs + share * (index + 1)),
        spaceBefore: segment > 0 || index > 0,
        segment,
      }),
    );
  });
  return { language, durationMs, segments: lines, words };
}

const speech = (...spans: [number, number][]) =>
  spans.map(([startMs, endMs]) => ({ startMs, endMs }));

const chunk = (
  startMs: number,
  endMs: number,
  heard: SpeechResult | undefined,
  spans: [number, number][] = [[startMs, endMs]],
): RecognisedChunk => ({ startMs, endMs, speech: speech(...spans), result: heard });

describe("cleanSpeech", () => {
  it("moves every chunk to its real start", () => {
    const cleaned = cleanSpeech([
      chunk(10_250, 13_000, result(2_750, [{ text: "One two.", startMs: 100, endMs: 2_100 }]), [
        [10_400, 12_400],
      ]),
      chunk(95_007, 97_000, result(1_993, [{ text: "Three.", startMs: 0, endMs: 1_000 }])),
    ]);
    expect(cleaned.words).toEqual([
      { text: "One", startMs: 10_350, endMs: 11_350, spaceBefore: false, chunk: 0 },
      { text: "two.", startMs: 11_350, endMs: 12_350, spaceBefore: true, chunk: 0 },
      { text: "Three.", startMs: 95_007, endMs: 96_007, spaceBefore: true, chunk: 1 },
    ]);
    expect(cleaned.segments.map(({ startMs, endMs, text }) => [startMs, endMs, text])).toEqual([
      [10_350, 12_350, "One two."],
      [95_007, 96_007, "Three."],
    ]);
    expect(cleaned.removed).toEqual([]);
  });

  it("joins Japanese chunks without a space", () => {
    const line = (text: string) => result(1_000, [{ text, startMs: 0, endMs: 900 }], "ja");
    const { words } = cleanSpeech([
      chunk(0, 1_000, line("そうです。")),
      chunk(1_000, 2_000, line("はい。")),
    ]);
    expect(textOfWords(words)).toBe("そうです。はい。");
  });

  it.each([
    ["다녀왔습니다.", 200, 0],
    ["수고하셨습니다.", 240, 0],
    // Mumbled, but said in a time that it can be said in.
    ["다녀왔습니다.", 600, 1],
  ])("judges a guess of %s in %d ms", (text, ms, words) => {
    const last = { text, startMs: 30_000, endMs: 30_000 + ms, avgLogprob: -1.3 };
    const cleaned = cleanSpeech([chunk(0, 31_000, result(31_000, [last], "ko"))]);
    expect(cleaned.words).toHaveLength(words);
    expect(cleaned.removed).toHaveLength(1 - words);
  });

  /** A text with exactly one doubt of each kind, and how to add another kind to it. */
  interface Case {
    text: string;
    segment: Partial<SpeechSegment>;
    speech: [number, number][];
    confidence?: number;
    lengthMs: number;
  }
  const plain: Case = {
    text: "one two three four",
    segment: { avgLogprob: -0.8 },
    speech: [[0, 30_000]],
    lengthMs: 2_000,
  };
  const causes: Record<WordDoubt, (into: Case) => Case> = {
    guess: (into) => ({ ...into, segment: { ...into.segment, avgLogprob: -1 } }),
    no_speech: (into) => ({ ...into, segment: { ...into.segment, noSpeechProb: 0.61 } }),
    repetition: (into) => ({ ...into, segment: { ...into.segment, compressionRatio: 2.41 } }),
    anomaly: (into) => ({ ...into, confidence: 0.1 }),
    outside_speech: (into) => ({ ...into, speech: [[20_000, 30_000]] }),
    stock_phrase: (into) => ({ ...into, text: "Thank you for watching!" }),
  };
  const kinds = Object.keys(causes) as WordDoubt[];

  function clean(given: Case) {
    const heard = result(30_000, [
      { text: given.text, startMs: 1_000, endMs: 1_000 + given.lengthMs, ...given.segment },
    ]);
    const { confidence } = given;
    if (confidence !== undefined) for (const word of heard.words) word.confidence = confidence;
    return cleanSpeech([chunk(0, 30_000, heard, given.speech)]);
  }

  it.each(kinds)("keeps what is doubtful by %s alone, with the doubt on its words", (kind) => {
    const given = causes[kind](plain);
    const { words, removed } = clean(given);
    expect(textOfWords(words)).toBe(given.text);
    expect(words.map((word) => word.doubts)).toEqual(words.map(() => [kind]));
    expect(removed).toEqual([]);
  });

  const pairs = kinds.flatMap((one, at) =>
    kinds.slice(at + 1).map((other): [WordDoubt, WordDoubt] => [one, other]),
  );
  it.each(pairs)("with %s and %s the text is removed, whole and restorable", (one, other) => {
    const given = causes[other](causes[one](plain));
    const { words, removed } = clean(given);
    // Both come from the decoder's probabilities: mumbled speech has both, so it stays.
    const sameWitness = one === "guess" && other === "anomaly";
    expect(textOfWords(words)).toBe(sameWitness ? given.text : "");
    if (sameWitness) return;
    expect(removed).toEqual([
      expect.objectContaining({ id: "0-0-0", text: given.text, startMs: 1_000, endMs: 3_000 }),
    ]);
    expect(removed[0]?.doubts).toEqual(expect.arrayContaining([one, other]));
  });

  const believed: [string, Partial<Case>][] = [
    ["is quiet but sure", { segment: { noSpeechProb: 0.9, avgLogprob: -0.49 } }],
    [
      "says thanks and is sure",
      { text: "시청해 주셔서 감사합니다.", segment: { avgLogprob: -0.3 } },
    ],
    ["comes without evidence", { segment: {} }],
    ["says no three times", { text: "no no no way", segment: { avgLogprob: -0.3 } }],
    ["is one long word before a pause", { text: "So", lengthMs: 5_000, speech: [[500, 1_600]] }],
  ];
  it.each(believed)("keeps without a doubt what %s", (_name, more) => {
    const given = { ...plain, ...more };
    const { words, removed } = clean(given);
    expect(textOfWords(words)).toBe(given.text);
    expect(words.every((word) => word.doubts === undefined)).toBe(true);
    expect(removed).toEqual([]);
  });

  it("removes what was guessed and squeezed into an instant at the end of a chunk", () => {
    // As Whisper base answered, at temperature 1, 0.4 s after a sentence had ended.
    const heard = result(57_500, [
      { text: "The sentence before it.", startMs: 50_000, endMs: 56_000, avgLogprob: -0.2 },
      { text: "Thank you very much.", startMs: 56_700, endMs: 57_160, avgLogprob: -1.25 },
      { text: "Something else then.", startMs: 57_160, endMs: 57_200, avgLogprob: -1.25 },
    ]);
    for (const word of heard.words.filter(({ segment }) => segment !== 0)) {
      if (word.segment === 1) word.startMs = word.text === "Thank" ? 56_700 : 57_160;
      word.endMs = Math.max(word.startMs, Math.min(word.endMs, 57_160));
      word.confidence = 0.05;
    }
    const { words, removed } = cleanSpeech([chunk(0, 57_500, heard, [[49_900, 57_300]])]);
    expect(textOfWords(words)).toBe("The sentence before it.");
    expect(removed.map(({ text }) => text)).toEqual([
      "Thank you very much.",
      "Something else then.",
    ]);
  });

  it("removes what was guessed outside speech, whatever the rest of its segment", () => {
    const heard = result(9_000, [{ text: "a b c d", startMs: 0, endMs: 5_333 }]);
    heard.words.forEach((word, index) => {
      word.confidence = index < 2 ? 0.3 : 0.9;
    });
    const { words, removed } = cleanSpeech([chunk(0, 9_000, heard, [[4_301, 9_000]])]);
    expect(textOfWords(words)).toBe("c d");
    expect(removed).toMatchObject([{ text: "a b", doubts: ["outside_speech", "guess"] }]);
  });

  const echoes: [string, string, WordDoubt[] | undefined][] = [
    [
      "오늘은 래프트와 샤딩에 대해 이야기합니다.",
      "오늘은 래프트와 샤딩에 대해 이야기합니다.",
      ["stock_phrase"],
    ],
    ["오늘은 래프트와 샤딩에 대해 이야기합니다.", "래프트와 샤딩에 대해 이야기", ["stock_phrase"]],
    ["오늘은 래프트와 샤딩에 대해 이야기합니다.", "래프트", undefined],
    [
      "이 영상에서는 음성 포털, 도메인 이야기를 합니다.",
      "이 영상에서는 음성 포털. 이 영상에서는 음성 포털",
      ["stock_phrase"],
    ],
  ];
  it.each(echoes)("with the prompt %j it doubts %j: %j", (prompt, text, doubts) => {
    const line = { text, startMs: 0, endMs: 1_900, avgLogprob: -0.3 };
    const { words } = cleanSpeech([chunk(0, 9_000, result(9_000, [line], "ko"))], { prompt });
    expect(words[0]?.doubts).toEqual(doubts);
  });

  it("keeps one round of a loop, also of one that runs over segments", () => {
    const text = `Mr. Dash ${"Wood house ".repeat(20)}said`;
    const line = { text, startMs: 0, endMs: 20_000, compressionRatio: 8.1 };
    const once = cleanSpeech([chunk(0, 20_000, result(20_000, [line]))]);
    expect(textOfWords(once.words)).toBe("Mr. Dash Wood house said");
    expect(once.removed).toMatchObject([{ doubts: ["repetition"] }]);
    expect(once.segments[0]?.text).toBe("Mr. Dash Wood house said");
    const lines = Array.from({ length: 12 }, (_, at) => ({
      text: "이제 다음으로 넘어가겠습니다.",
      startMs: at * 1_000,
      endMs: at * 1_000 + 900,
    }));
    const over = cleanSpeech([chunk(0, 12_000, result(12_000, lines, "ko"))]);
    expect(textOfWords(over.words)).toBe("이제 다음으로 넘어가겠습니다.");
    expect(over.removed).toHaveLength(11);
  });

  it("only flags a few rounds: people do say no, no, no, no", () => {
    const line = { text: "no no no no way", startMs: 0, endMs: 3_000, avgLogprob: -0.2 };
    const { words, removed } = cleanSpeech([chunk(0, 3_000, result(3_000, [line]))]);
    expect(removed).toEqual([]);
    expect(words.map((word) => word.doubts)).toEqual([
      ...[undefined, ["repetition"], ["repetition"], ["repetition"]],
      undefined,
    ]);
  });

  it("marks words and stretches of another language than the track's", () => {
    const says = (language: string) =>
      result(1_000, [{ text: "word", startMs: 0, endMs: 900 }], language);
    const chunks = ["ko", "en", "en", "ko", "ja"].map((language, at) =>
      chunk(at * 2_000, at * 2_000 + 1_000, says(language)),
    );
    const { words, stretches, language } = cleanSpeech(chunks);
    expect(language).toBe("ko");
    expect(words.map((word) => word.language)).toEqual([undefined, "en", "en", undefined, "ja"]);
    expect(stretches).toEqual([
      { startMs: 2_000, endMs: 4_900, language: "en" },
      { startMs: 8_000, endMs: 8_900, language: "ja" },
    ]);
    expect(cleanSpeech(chunks, { language: "en" }).words[0]?.language).toBe("ko");
  });

  it("names the language that most of the speech is in, and passes over missing chunks", () => {
    const says = (language: string, ms: number) =>
      result(ms, [{ text: "Word", startMs: 0, endMs: ms }], language);
    const cleaned = cleanSpeech([
      chunk(0, 2_000, says("ko", 2_000)),
      chunk(5_000, 6_500, says("en", 1_500)),
      chunk(8_000, 9_000, undefined),
      chunk(9_000, 10_000, says("ko", 1_000)),
    ]);
    expect(cleaned.language).toBe("ko");
    expect(cleanSpeech([]).language).toBeUndefined();
  });

  it("loses no word and doubles none, in order without overlap, inside their chunks", () => {
    const evidence = fc.record(
      {
        avgLogprob: fc.constantFrom(-0.2, -0.8, -1.2),
        noSpeechProb: fc.constantFrom(0.1, 0.9),
        compressionRatio: fc.constantFrom(1.2, 3),
      },
      { requiredKeys: [] },
    );
    const layout = fc
      .array(
        fc.record({
          gapMs: fc.integer({ min: 0, max: 5_000 }),
          lengthMs: fc.integer({ min: 500, max: 30_000 }),
          words: fc.array(
            fc.tuple(fc.nat(32_000), fc.nat(3_000), fc.constantFrom("a", "b", "네"), fc.nat(3)),
            { maxLength: 12 },
          ),
          segments: fc.array(evidence, { minLength: 1, maxLength: 3 }),
          speech: fc.array(fc.tuple(fc.nat(30_000), fc.nat(5_000)), { maxLength: 3 }),
        }),
        { maxLength: 8 },
      )
      .map((parts) => {
        let atMs = 0;
        return parts.map(({ gapMs, lengthMs, words, segments, speech: spans }, part) => {
          const startMs = atMs + gapMs;
          atMs = startMs + lengthMs;
          const heard: SpeechResult = {
            durationMs: lengthMs,
            segments: segments.map((each) => ({ text: "x", startMs: 0, endMs: lengthMs, ...each })),
            words: words
              .map(([start, length, text, segment], index) => ({
                ...{ text: `${text}${part}-${index % 2}`, spaceBefore: true },
                ...{ startMs: start, endMs: start + length, segment },
              }))
              .toSorted((a, b) => a.segment - b.segment || a.startMs - b.startMs),
          };
          const stretches = spans
            .toSorted((a, b) => a[0] - b[0])
            .map(([from, length]): [number, number] => [startMs + from, startMs + from + length]);
          return chunk(startMs, atMs, heard, stretches);
        });
      });
    fc.assert(
      fc.property(layout, (chunks) => {
        const { words, removed } = cleanSpeech(chunks.toReversed());
        const said = chunks.flatMap((c) => c.result?.words.map((word) => word.text) ?? []);
        const told = [
          ...words.map((word) => word.text),
          ...removed.flatMap(({ text }) => text.split(" ")),
        ];
        expect(told.toSorted()).toEqual(said.toSorted());
        expect(new Set(removed.map(({ id }) => id)).size).toBe(removed.length);
        words.forEach((word, index) => {
          expect(word.startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? 0);
          expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
          expect(chunks.some((c) => word.startMs >= c.startMs && word.endMs <= c.endMs)).toBe(true);
        });
      }),
    );
  });
});
