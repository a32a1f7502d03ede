import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignTranscript, type TextLine } from "./alignment";
import type { SpeechWord } from "./types";

/** Words of 400 ms with 100 ms between, from `fromMs` on; "…" is a pause of 5 s. */
function heard(text: string, fromMs = 0): SpeechWord[] {
  let at = fromMs;
  return text.split(" ").flatMap((word): SpeechWord[] => {
    if (word === "…") {
      at += 5_000;
      return [];
    }
    const startMs = at;
    at += 500;
    return [{ text: word, startMs, endMs: startMs + 400, spaceBefore: true, confidence: 0.9 }];
  });
}

const align = (language: string, lines: (string | TextLine)[], words: SpeechWord[]) =>
  alignTranscript({
    lines: lines.map((line) => (typeof line === "string" ? { text: line } : line)),
    words,
    language,
    durationMs: 60_000,
  });

describe("alignTranscript", () => {
  it("gives every word the time of the one that was heard, and keeps the text", () => {
    const { lines, matched } = align(
      "en",
      ["Well, <i>it's</i> far.", "Let us\nwalk!"],
      heard("well its far … let us walk"),
    );
    expect(matched).toBe(1);
    expect(lines.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ["Well, <i>it's</i> far.", 0, 1_400],
      ["Let us\nwalk!", 6_500, 7_900],
    ]);
    expect(lines[0]?.words).toEqual([
      { text: "Well,", startMs: 0, endMs: 400, spaceBefore: false, confidence: 0.9 },
      { text: "it's", startMs: 500, endMs: 900, spaceBefore: true, confidence: 0.9 },
      { text: "far.", startMs: 1_000, endMs: 1_400, spaceBefore: true, confidence: 0.9 },
    ]);
  });

  it("puts what wasn't heard between its neighbours and marks it", () => {
    const { lines, matched } = align(
      "en",
      ["one two three four five six"],
      heard("one two tree fore five six"),
    );
    const [line] = lines;
    expect(line?.words.map((word) => [word.startMs, word.endMs, word.interpolated])).toEqual([
      [0, 400, undefined],
      [500, 900, undefined],
      [1_000, 1_500, true],
      [1_500, 1_900, true],
      [2_000, 2_400, undefined],
      [2_500, 2_900, undefined],
    ]);
    expect(matched).toBeCloseTo(13 / 22);
    expect(line?.matched).toBeCloseTo(13 / 22);
  });

  it("takes as long for what nobody says as saying it would, before and after", () => {
    const { lines } = align("en", ["title by me", "one two three"], heard("one two three", 20_000));
    expect(lines[0]).toMatchObject({ startMs: 20_000 - 3 * 350, endMs: 20_000, matched: 0 });
    const after = align("en", ["one two three", "the end"], heard("one two three", 20_000))
      .lines[1];
    expect(after).toMatchObject({ startMs: 21_400, endMs: 21_400 + 2 * 350 });
  });

  it("matches Korean letter by letter, whatever its spaces and its Unicode form", () => {
    const words = heard("각프로젝트는 도맨 및 국가에만 적용됩니다");
    const text = "각 프로젝트는 도메인 및 국가에만 적용 됩니다.";
    for (const form of ["NFC", "NFD"]) {
      const { lines, matched } = align("ko", [text.normalize(form)], words);
      expect(matched).toBeGreaterThan(0.8);
      const [line] = lines;
      expect(line?.words.map((word) => word.text.normalize("NFC"))).toEqual(text.split(" "));
      expect(line?.words[1]).toMatchObject({ startMs: 67, endMs: 400 });
      expect(line?.words.at(-1)).toMatchObject({ text: "됩니다.".normalize(form), endMs: 2_400 });
      expect(line?.words.map((word) => word.interpolated ?? false)).toEqual([
        ...[false, false, true, false, false, false, false],
      ]);
    }
  });

  it("cuts Japanese into words without spaces", () => {
    const words = "音声 モデル の 品質 を 検査 できます".split(" ").map((text, at) => ({
      ...{ text, startMs: at * 500, endMs: at * 500 + 500, spaceBefore: false },
    }));
    const { lines, matched } = align("ja", ["「音声モデルの品質を検査できます。」"], words);
    expect(matched).toBe(1);
    const [line] = lines;
    expect(line?.words.map(({ text }) => text).join("")).toBe(
      "「音声モデルの品質を検査できます。」",
    );
    expect(line?.words[0]).toMatchObject({ text: expect.stringMatching(/^「音声/), startMs: 0 });
    expect(line?.words.slice(1).every(({ spaceBefore }) => spaceBefore === false)).toBe(true);
  });

  it("keeps the own times of a subtitle that nobody says, moved with its neighbours", () => {
    const subtitle = (text: string, startMs: number, endMs: number) => ({ text, startMs, endMs });
    const { lines } = align(
      "en",
      [
        subtitle("one two three", 1_000, 2_500),
        subtitle("[ON THE WALL: KEEP OUT]", 4_000, 6_000),
        subtitle("four five six", 8_000, 9_500),
      ],
      heard("one two three … … four five six", 2_000),
    );
    expect(lines.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [2_000, 3_400],
      [5_000, 7_000],
      [13_500, 14_900],
    ]);
    expect(lines[1]?.words.every((word) => word.interpolated)).toBe(true);
  });

  it("keeps speakers, of the text and of what was heard", () => {
    const words = heard("one two three").map((word) => ({ ...word, speaker: "1" }));
    const [line] = align("en", [{ text: "One two three", speaker: "Ann" }], words).lines;
    expect(line?.speaker).toBe("Ann");
    expect(line?.words[0]?.speaker).toBe("1");
  });

  const unrelated: [string, string, string][] = [
    [
      "en",
      "Content like data, models, tests, and endpoints are organized into projects in the portal. Each project is specific to a domain and a language.",
      "The old man went down to the sea with a boat and a net, for it was the last day of the season and nobody in the village had caught a fish.",
    ],
    [
      "ko",
      "사용자 지정 음성은 오디오 데이터와 해당 인식 결과를 비교하여 모델의 인식 품질을 시각적으로 검사할 수 있는 도구를 제공합니다.",
      "어제는 비가 많이 와서 집에만 있었는데 오늘은 날씨가 맑아서 친구들과 함께 한강에 나가 자전거를 타고 치킨도 시켜 먹었습니다.",
    ],
  ];
  it.each(unrelated)("finds little of a text in other speech (%s)", (language, text, other) => {
    expect(align(language, [text], heard(other)).matched).toBeLessThan(0.25);
    expect(align(language, [text], heard(text)).matched).toBe(1);
  });

  it("keeps all text in order without overlap, whatever was heard", () => {
    const piece = fc.constantFrom("one", "two", "three", "네", "네,", "🙂", "—", "مرحبا", "a-b");
    const text = fc.array(piece, { maxLength: 8 }).map((words) => words.join(" "));
    const line = fc.record(
      { text, startMs: fc.nat(60_000), endMs: fc.nat(60_000) },
      { requiredKeys: ["text"] },
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom("en", "ko", "ja"),
        (given, said, language) => {
          const words = said.length > 0 ? heard(said.join(" ")) : [];
          const { lines } = align(language, given, words);
          expect(lines.map((each) => each.text)).toEqual(given.map((each) => each.text));
          let atMs = 0;
          for (const each of lines) {
            expect(each.startMs).toBeGreaterThanOrEqual(atMs);
            expect(each.endMs).toBeGreaterThan(each.startMs);
            const spaced = each.words.map(({ text: w, spaceBefore }) =>
              spaceBefore ? ` ${w}` : w,
            );
            expect(spaced.join("")).toBe(each.text);
            let wordMs = each.startMs;
            for (const word of each.words) {
              expect(word.startMs).toBeGreaterThanOrEqual(wordMs);
              expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
              wordMs = word.endMs;
            }
            expect(wordMs).toBeLessThanOrEqual(each.endMs);
            atMs = each.endMs;
          }
        },
      ),
    );
  });

  it("takes three hours and 100,000 words in seconds", () => {
    let state = 1;
    const text = Array.from({ length: 100_000 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return `단어${state % 5_003}는`;
    });
    const words = text.map((word, at) => ({
      ...{ text: at % 11 === 0 ? "음" : word, startMs: at * 108, endMs: at * 108 + 100 },
      spaceBefore: true,
    }));
    const lines = Array.from({ length: 5_000 }, (_, at) => ({
      text: text.slice(at * 20, at * 20 + 20).join(" "),
    }));
    const before = process.cpuUsage();
    const options = { lines, words, language: "ko", durationMs: 10_800_000 };
    const { matched } = alignTranscript(options);
    // Of the processor, not of a clock that others share.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(20);
    expect(matched).toBeGreaterThan(0.88);
  }, 120_000);
});
