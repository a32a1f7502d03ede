import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOfWords } from "./align";
import { applyCorrections, type CorrectionPair } from "./corrections";
import { particleLength } from "./korean-particles";
import type { SpeechWord } from "./types";

const wordMs = 500;

/** Words of 500 ms each; "|" stands between words that are written without a space. */
function wordsOf(text: string): SpeechWord[] {
  let at = 0;
  return text.split(" ").flatMap((group, groupIndex) =>
    group.split("|").map((piece, index): SpeechWord => {
      const startMs = at;
      at += wordMs;
      return {
        ...{ text: piece, startMs, endMs: at },
        spaceBefore: index === 0 && groupIndex > 0,
      };
    }),
  );
}

const pair = (text: string): CorrectionPair => {
  const [heard = "", correct = ""] = text.split(" > ");
  return { heard, correct };
};

describe("applyCorrections", () => {
  const cases: [language: string, text: string, pairs: string[], expected: string][] = [
    ["ko", "래프트는 합의 알고리즘입니다.", ["래프트 > Raft"], "Raft는 합의 알고리즘입니다."],
    ["ko", "래프트에서부터는, 래프트와", ["래프트 > Raft"], "Raft에서부터는, Raft와"],
    ["ko", "크래프트는 래프팅이 아니다", ["래프트 > Raft"], "크래프트는 래프팅이 아니다"],
    ["ko", "작곡가가 작곡이 작곡만", ["작곡 > 편곡"], "작곡가가 편곡이 편곡만"],
    ["ko", "수도에서 수 도", ["수 > 숫자"], "수도에서 숫자 도"],
    ["ko", "서울로 서울는", ["서울 > 부산"], "부산로 서울는"],
    ["ko", "내게 테비 표시됩니다", ["내게 테비 > 네 개 탭이"], "네 개 탭이 표시됩니다"],
    ["ko", "(도맨) '도맨'을", ["도맨 > 도메인"], "(도메인) '도메인'을"],
    ["ko", "Raft는 raft를 RAFT", ["raft > Raft"], "Raft는 Raft를 Raft"],
    [
      "en",
      "The raft protocol, rafting, Raft's",
      ["raft > Raft"],
      "The Raft protocol, rafting, Raft's",
    ],
    ["en", "co-op and co", ["co > Co."], "co-op and Co."],
    ["en", "3.5 and 3", ["3 > three"], "3.5 and three"],
    ["en", "open a i released it", ["open a i > OpenAI"], "OpenAI released it"],
    [
      "en",
      "new york city and new york",
      ["new york > NYC", "new york city > Gotham"],
      "Gotham and NYC",
    ],
    ["en", "a b a", ["a > b", "b > a"], "b a b"],
    ["en", "see <b> tags", ["<b> > <i>"], "see <i> tags"],
    ["ja", "音声|ポー|タルから", ["ポータル > Portal"], "音声Portalから"],
    ["ja", "クラフト|と|ラフト", ["ラフト > Raft"], "クラフトとRaft"],
    ["zh", "自定|义语|音", ["定义 > 订艺"], "自订艺语音"],
    ["tr", "İstanbul güzel", ["istanbul > Ankara", "güzel > Güzel"], "İstanbul Güzel"],
    ["en", "nothing to do", ["  > x", "nothing > nothing"], "nothing to do"],
  ];
  it.each(cases)("%s: %j with %j gives %j", (language, text, pairs, expected) => {
    const words = wordsOf(text);
    const result = applyCorrections(words, pairs.map(pair), language);
    expect(textOfWords(result.words)).toBe(expected);
    expect(result.words[0]?.startMs).toBe(0);
    expect(result.words.at(-1)?.endMs).toBe(words.at(-1)?.endMs);
    result.words.forEach((word, index) => {
      expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
      expect(word.startMs).toBeGreaterThanOrEqual(result.words[index - 1]?.endMs ?? 0);
    });
  });

  it("takes NFD for NFC, and leaves what it doesn't touch as it was", () => {
    const words = wordsOf("래프트는 좋다".normalize("NFD"));
    const [first, second] = applyCorrections(words, [pair("래프트 > Raft")], "ko").words;
    expect(first?.text).toBe("Raft는");
    expect(second).toBe(words[1]);
  });

  it("keeps each word's own time, and shares time out when the number of words changes", () => {
    const one = applyCorrections(wordsOf("see raft now"), [pair("raft > Raft")], "en").words[1];
    expect(one).toEqual({ text: "Raft", startMs: 500, endMs: 1_000, spaceBefore: true });
    const two = applyCorrections(wordsOf("see raft now"), [pair("raft > a raft")], "en").words;
    expect(two.slice(1, 3)).toEqual([
      { text: "a", startMs: 500, endMs: 600, spaceBefore: true, interpolated: true },
      { text: "raft", startMs: 600, endMs: 1_000, spaceBefore: true, interpolated: true },
    ]);
  });

  it("keeps doubts, the least confidence, and tells what was applied and where", () => {
    const words = wordsOf("open a i and open a i");
    for (const [index, word] of words.entries()) word.confidence = 0.9 - index / 10;
    const [, doubtful] = words;
    if (doubtful) doubtful.doubts = ["anomaly"];
    const pairs = [pair("unused > x"), pair("open a i > OpenAI")];
    const { words: made, applied, places } = applyCorrections(words, pairs, "en");
    expect(made[0]).toMatchObject({
      text: "OpenAI",
      doubts: ["anomaly"],
      startMs: 0,
      endMs: 1_500,
    });
    expect(made[0]?.confidence).toBeCloseTo(0.7);
    expect(applied).toEqual([{ heard: "open a i", correct: "OpenAI", count: 2 }]);
    expect(places.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 1_500],
      [2_000, 3_500],
    ]);
  });

  it("loses nothing beside what it replaces, whatever the words and pairs", () => {
    const text = fc.stringMatching(/^[ab가는 .,'-]{1,6}$/u);
    fc.assert(
      fc.property(
        fc.array(
          text.filter((value) => value.trim() !== ""),
          { minLength: 1, maxLength: 20 },
        ),
        fc.array(fc.record({ heard: text, correct: text.filter((v) => v.trim() !== "") }), {
          maxLength: 4,
        }),
        (pieces, pairs) => {
          const words = wordsOf(pieces.map((piece) => piece.trim().replace(/\s+/g, " ")).join(" "));
          const { words: made, applied, places } = applyCorrections(words, pairs, "ko");
          expect(places).toHaveLength(applied.reduce((sum, { count }) => sum + count, 0));
          if (places.length === 0) expect(made).toEqual(words);
          expect(made.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it("takes 100,000 words and 40,000 pairs in its stride", () => {
    const words = wordsOf(Array.from({ length: 100_000 }, (_, at) => `word${at % 977}`).join(" "));
    const pairs = Array.from({ length: 40_000 }, (_, at) => pair(`term${at} > Term ${at}`));
    const before = process.cpuUsage();
    applyCorrections(words, [...pairs, pair("word5 > Five")], "en");
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(3);
  });
});

describe("particleLength", () => {
  const cases: [string, string, number][] = [
    ["래프트", "는", 1],
    ["래프트", "에서도 좋다", 3],
    ["래프트", "은", 0],
    ["서버", "들이", 2],
    ["서울", "로", 1],
    ["부산", "으로", 2],
    ["부산", "로", 0],
    ["Raft", "은", 1],
    ["래프트", "", 0],
    ["래프트", " 는", 0],
    ["래프트", "팅이", 0],
  ];
  it.each(cases)("%s with %j: %i", (noun, text, length) => {
    expect(particleLength(noun, text)).toBe(length);
  });
});
