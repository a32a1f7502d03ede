import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue, Word } from "@/lib/subtitles/model";
import { graphemes, lineWidths, ruleProfile } from "@/lib/subtitles/rules";
import { cuesFromWords } from "@/lib/subtitles/segmentation";

const makeId = () => "id";
const cuesOf = (words: Word[], language: string) => cuesFromWords({ words, language, makeId });
const letters = (texts: readonly string[]) => texts.join("").replace(/\s+/g, "");
const lettersOf = (cues: readonly Cue[]) => letters(cues.map(({ text }) => plainText(text)));

/** Words of equal length in time, one after the other. */
function even(texts: readonly string[], eachMs = 300): Word[] {
  return texts.map((text, i) => ({ text, startMs: i * eachMs, endMs: (i + 1) * eachMs }));
}

function expectSound(cues: readonly Cue[], words: readonly Word[]): void {
  expect(lettersOf(cues)).toBe(letters(words.map(({ text }) => text)));
  expect(cues.flatMap((cue) => cue.words ?? []).length).toBeGreaterThanOrEqual(words.length);
  for (const [i, cue] of cues.entries()) {
    expect(cue.endMs).toBeGreaterThan(cue.startMs);
    expect(cue.startMs).toBeGreaterThanOrEqual(0);
    expect(cues[i + 1]?.startMs ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(cue.endMs);
    expect(cue.text.split("\n").length).toBeLessThanOrEqual(2);
  }
}

describe("hostile words", () => {
  it("a transcript of three hours keeps every word and every rule of form", () => {
    const sentence = "오늘은 세 명의 손님과 함께 이야기를 나누어 보겠습니다. 네, 반갑습니다.".split(
      " ",
    );
    const words: Word[] = [];
    for (let at = 0, i = 0; at < 3 * 3_600_000; i++) {
      const text = sentence[i % sentence.length] ?? "";
      const endMs = at + text.length * 160;
      words.push({ text, startMs: at, endMs });
      at = endMs + (text.endsWith(".") ? 600 : 10);
    }
    const cues = cuesOf(words, "ko");
    expectSound(cues, words);
    const profile = ruleProfile("ko", { sameLanguage: true });
    for (const { text, startMs, endMs } of cues) {
      expect(Math.max(...lineWidths(text, profile))).toBeLessThanOrEqual(16);
      expect(endMs - startMs).toBeLessThanOrEqual(7000);
    }
  });

  it("takes a hundred thousand words without pause or punctuation in linear time", () => {
    const time = (count: number) => {
      const words = even(
        Array.from({ length: count }, (_, i) => `낱말${i % 10}`),
        200,
      );
      const startedMs = performance.now();
      cuesOf(words, "ko");
      return performance.now() - startedMs;
    };
    time(10_000);
    const small = Math.min(time(10_000), time(10_000), time(10_000));
    // Ten times the words; twice that for a machine that does other things.
    expect(Math.min(time(100_000), time(100_000))).toBeLessThan(small * 20 + 100);
  });

  it("a word of forty seconds among others ends after the longest duration", () => {
    const words: Word[] = [
      { text: "자", startMs: 0, endMs: 300 },
      { text: "어", startMs: 300, endMs: 40_300 },
      { text: "그래서요", startMs: 40_300, endMs: 41_000 },
    ];
    const cues = cuesOf(words, "ko");
    expectSound(cues, words);
    for (const cue of cues) expect(cue.endMs - cue.startMs).toBeLessThanOrEqual(7000);
    expect(cues.at(-1)?.startMs).toBe(40_300);
  });

  it("right-to-left text keeps its order, its marks and its width", () => {
    const arabic = "مَرْحَبًا بِكُمْ فِي هَذَا البَرْنَامَجِ الجَدِيدِ، سَنَتَحَدَّثُ اليَوْمَ عَنْ تَارِيخِ المَدِينَةِ القَدِيمَةِ.";
    const hebrew =
      "\u200fשלום וברוכים הבאים לתוכנית החדשה שלנו, היום נדבר על ההיסטוריה של העיר (2024).";
    for (const [language, text] of [
      ["ar", arabic],
      ["he", hebrew],
    ] as const) {
      const words = even(text.split(" "), 450);
      const cues = cuesOf(words, language);
      expectSound(cues, words);
      for (const cue of cues) {
        expect(Math.max(...lineWidths(cue.text, ruleProfile(language)))).toBeLessThanOrEqual(42);
      }
    }
  });

  it("cuts no emoji sequence, flag or combined letter in two", () => {
    const family = "👨‍👩‍👧‍👦";
    for (const cluster of [
      family,
      "🇰🇷",
      "👍🏽",
      "❤️‍🔥",
      "e\u0301\u0323",
      "각".normalize("NFD"),
      "क्षि",
    ]) {
      const words = [{ text: cluster.repeat(80), startMs: 0, endMs: 30_000 }];
      const cues = cuesOf(words, "ko");
      expect(lettersOf(cues)).toBe(cluster.repeat(80));
      for (const piece of cues.flatMap(({ text }) => text.split("\n"))) {
        expect(graphemes(piece).every((one) => one === cluster)).toBe(true);
      }
    }
  });

  it("breaks decomposed Hangul where it breaks composed", () => {
    const text =
      "처음 이곳에 온 것은 이십 년 전이었는데 그때는 세 명의 친구와 함께였어요 정말 좋았다 그래서";
    const breaks = (form: "NFC" | "NFD") => {
      const words = even(text.split(" ").map((word) => word.normalize(form)));
      return cuesOf(words, "ko").map((cue) => cue.text.normalize("NFC"));
    };
    expect(breaks("NFD")).toEqual(breaks("NFC"));
  });

  it.each([
    ["all at zero", () => ({ startMs: 0, endMs: 0 })],
    ["negative", (i: number) => ({ startMs: -5000 - i, endMs: -4000 })],
    ["backwards", (i: number) => ({ startMs: 60_000 - i * 100, endMs: 59_000 - i * 100 })],
    ["ending before they start", (i: number) => ({ startMs: i * 300, endMs: i * 300 - 200 })],
    ["not numbers", () => ({ startMs: Number.NaN, endMs: Number.NaN })],
    ["beyond every video", () => ({ startMs: 1e15, endMs: 1e16 })],
  ])("times that are %s", (_, times) => {
    const words = even(Array.from({ length: 60 }, (_, i) => `낱말${i}`)).map((word, i) => ({
      ...word,
      ...times(i),
    }));
    const cues = cuesOf(words, "ko");
    expectSound(cues, words);
    const marked = cues.flatMap((cue) => cue.words ?? []).filter((word) => word.interpolated);
    expect(marked.length > 0).toBe(times(1).startMs !== 300);
  });

  it("one word of a hundred thousand letters", () => {
    const words = [{ text: "가".repeat(100_000), startMs: 0, endMs: 3_600_000 }];
    expect(lettersOf(cuesOf(words, "ko"))).toHaveLength(100_000);
  });
});
