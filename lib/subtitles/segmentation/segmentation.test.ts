import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue, Word } from "@/lib/subtitles/model";
import { lineWidths, ruleProfile } from "@/lib/subtitles/rules";
import { breakLines, cuesFromWords } from "@/lib/subtitles/segmentation";

const makeId = () => "id";

/** Words at a steady pace, with a breath after punctuation. */
function spoken(text: string, msPerCharacter = 160): Word[] {
  let at = 0;
  return text.split(" ").map((word) => {
    const startMs = at;
    const endMs = startMs + word.length * msPerCharacter;
    at = endMs + (/[.?!。]$/.test(word) ? 400 : 0);
    return { text: word, startMs, endMs };
  });
}

const cuesOf = (text: string, language: string, msPerCharacter?: number) =>
  cuesFromWords({ words: spoken(text, msPerCharacter), language, fps: 25, makeId });
const textsOf = (text: string, language: string, msPerCharacter?: number) =>
  cuesOf(text, language, msPerCharacter).map((cue) => cue.text);

/** All letters in order, without the spaces and line ends that belong to the layout. */
const letters = (cues: readonly Cue[]) =>
  cues.map(({ text }) => plainText(text).replace(/\s+/g, "")).join("");
const lettersOf = (words: readonly Word[]) =>
  words.map(({ text }) => text.replace(/\s+/g, "")).join("");

describe("Korean", () => {
  it.each([
    [
      "breaks where a sentence and a clause end",
      "안녕하세요. 이 골목은 조선 시대부터 있었던 곳으로, 지금도 많은 사람들이 살고 있습니다.",
      [
        "안녕하세요.",
        "이 골목은 조선 시대부터\n있었던 곳으로,",
        "지금도 많은 사람들이\n살고 있습니다.",
      ],
    ],
    [
      "keeps modifier and bound noun, verb and auxiliary together",
      "혼자서는 절대로 끝까지 해낼 수 없는 일이라고 생각하고 있었어요.",
      ["혼자서는 절대로 끝까지\n해낼 수 없는 일이라고", "생각하고 있었어요."],
    ],
    ["leaves a short sentence on one line", "정말 고맙습니다.", ["정말 고맙습니다."]],
  ])("%s", (_, text, expected) => {
    expect(textsOf(text, "ko")).toEqual(expected);
  });

  it("breaks at spaces only", () => {
    const text =
      "음성인식결과를시각적으로 검사할수있는도구를 제공합니다 그리고나서 다시시작하는편이좋겠습니다";
    const pieces = cuesOf(text, "ko").flatMap((cue) => cue.text.split(/[\s\n]/));
    expect(pieces).toEqual(text.split(" "));
  });

  it("joins the syllables of an engine that gives no whole words", () => {
    const words: Word[] = ["안", "녕", "하", "세", "요"].map((text, i) => ({
      text,
      startMs: i * 200,
      endMs: i * 200 + 200,
      spaceBefore: i === 0,
    }));
    expect(cuesFromWords({ words, language: "ko", makeId }).map(({ text }) => text)).toEqual([
      "안녕하세요",
    ]);
  });
});

it.each([
  [
    "ko",
    "그래도 골목 끝에 있는 은행나무 한 그루는 여전히 그 자리를 지키고 있었어요. 정말 아쉬웠습니다.",
  ],
  [
    "en",
    "The great fire of 1666 destroyed most of the houses, and it took fifty years to rebuild it.",
  ],
])("%s: a cue's lines are those that its text alone is given", (language, text) => {
  const profile = ruleProfile(language, { sameLanguage: true });
  for (const cue of cuesOf(text, language, language === "ko" ? 160 : 62)) {
    expect(breakLines(cue.text, { language, profile })).toBe(cue.text);
  }
});

describe("other languages", () => {
  it("English doesn't end a line with what leans on the next word", () => {
    const text =
      "Today we are going to talk about the history of the city of London, which was founded by the Romans.";
    for (const line of textsOf(text, "en", 60).flatMap((cue) => cue.split("\n"))) {
      expect(line).not.toMatch(/ (?:the|of|to|by|a|are)$/);
    }
  });

  it("an abbreviation ends no sentence", () => {
    expect(textsOf("I met Mr. Smith.", "en", 60)).toEqual(["I met Mr. Smith."]);
  });

  it("Japanese breaks between words of the dictionary, never before a particle or a stop", () => {
    const text =
      "今日は東京の古い路地を歩いてみたいと思います。この路地は江戸時代からあった場所です。";
    const words: Word[] = Array.from(text, (character, i) => ({
      text: character,
      startMs: i * 150,
      endMs: i * 150 + 150,
    }));
    const cues = cuesFromWords({ words, language: "ja", makeId });
    expect(letters(cues)).toBe(text);
    const profile = ruleProfile("ja");
    for (const cue of cues) {
      expect(cue.text).not.toContain(" ");
      expect(Math.max(...lineWidths(cue.text, profile))).toBeLessThanOrEqual(13);
      for (const line of cue.text.split("\n")) expect(line).not.toMatch(/^[はがをにの。、ー]/);
    }
  });

  it("Thai and Chinese break without spaces", () => {
    for (const [language, text] of [
      ["th", "สวัสดีครับวันนี้เราจะมาพูดคุยเกี่ยวกับประวัติศาสตร์ของกรุงเทพมหานครกันนะครับ"],
      ["zh", "大家好，今天我们来谈谈北京的历史，这座城市已经有三千多年的历史了，非常值得一看。"],
    ] as const) {
      const words = [{ text, startMs: 0, endMs: 14_000 }];
      const cues = cuesFromWords({ words, language, makeId });
      expect(letters(cues)).toBe(text);
      const { maxLineWidth } = ruleProfile(language);
      for (const cue of cues) {
        expect(Math.max(...lineWidths(cue.text, ruleProfile(language)))).toBeLessThanOrEqual(
          maxLineWidth,
        );
      }
    }
  });
});

describe("pauses, speakers, times", () => {
  it("ends a cue at a long pause and at a change of speaker", () => {
    const words: Word[] = [
      { text: "하나", startMs: 0, endMs: 400, speaker: "A" },
      { text: "둘", startMs: 1500, endMs: 1900, speaker: "A" },
      { text: "셋", startMs: 1900, endMs: 2300, speaker: "B" },
    ];
    const cues = cuesFromWords({ words, language: "ko", makeId });
    expect(cues.map(({ text, speaker, startMs }) => [text, speaker, startMs])).toEqual([
      ["하나", "A", 0],
      ["둘", "A", 1500],
      ["셋", "B", 1900],
    ]);
  });

  it("starts a cue where the language changes, and writes each as its own language does", () => {
    const words: Word[] = [
      { text: "오늘의", startMs: 0, endMs: 400 },
      { text: "문장", startMs: 400, endMs: 900, language: "ko-KR" },
      { text: "今日", startMs: 900, endMs: 1300, language: "ja" },
      { text: "は", startMs: 1300, endMs: 1500, language: "ja" },
      { text: "晴れ", startMs: 1500, endMs: 2000, language: "ja" },
      { text: "입니다", startMs: 2000, endMs: 2500 },
    ];
    const cues = cuesFromWords({ words, language: "ko", makeId });
    expect(cues.map(({ text, language }) => [text, language])).toEqual([
      ["오늘의 문장", undefined],
      ["今日は晴れ", "ja"],
      ["입니다", undefined],
    ]);
  });

  it("ends cues at cuts of the picture where speech allows", () => {
    const words = [{ text: "하나", startMs: 0, endMs: 1000 }];
    const [cue] = cuesFromWords({ words, language: "ko", fps: 25, shotChanges: [1300], makeId });
    expect(cue?.endMs).toBe(1220);
  });

  it("starts a cue with its first word and leaves at most half a second after its last", () => {
    for (const cue of cuesOf("오늘은 날씨가 좋네요. 그래서 산책을 나왔습니다.", "ko")) {
      expect(cue.startMs).toBe(cue.words?.[0]?.startMs);
      expect(cue.endMs).toBeLessThanOrEqual((cue.words?.at(-1)?.endMs ?? 0) + 500);
    }
  });

  it("works out one wrong time from its neighbours and leaves the others alone", () => {
    const words: Word[] = [100, 400, 999_000, 1000, 1300].map((startMs, i) => ({
      text: `낱말${i}`,
      startMs,
      endMs: startMs + 250,
    }));
    const [cue] = cuesFromWords({ words, language: "ko", makeId });
    expect(
      cue?.words?.map(({ startMs, endMs, interpolated }) => [startMs, endMs, interpolated]),
    ).toEqual([
      [100, 350, undefined],
      [400, 650, undefined],
      [650, 1000, true],
      [1000, 1250, undefined],
      [1300, 1550, undefined],
    ]);
  });

  it("limits a word of forty seconds to the longest duration", () => {
    const words = [{ text: "어", startMs: 1000, endMs: 41_000 }];
    expect(cuesFromWords({ words, language: "ko", makeId })).toMatchObject([
      { startMs: 1000, endMs: 8000, text: "어" },
    ]);
  });

  it("cuts what no cue can hold, and shares its time", () => {
    const words = [{ text: "가".repeat(40), startMs: 0, endMs: 8000, confidence: 0.5 }];
    const cues = cuesFromWords({ words, language: "ko", makeId });
    expect(letters(cues)).toBe("가".repeat(40));
    for (const cue of cues) {
      expect(Math.max(...lineWidths(cue.text, ruleProfile("ko")))).toBeLessThanOrEqual(16);
      expect(cue.words?.every(({ interpolated }) => interpolated)).toBe(true);
    }
    const pieces = cues.flatMap(({ words: own }) => own ?? []);
    expect(pieces.map(({ text }) => text).join("")).toBe("가".repeat(40));
  });

  it("takes recognised tags for text", () => {
    const words = [{ text: "<b>굵게</b>", startMs: 0, endMs: 900 }];
    const [cue] = cuesFromWords({ words, language: "ko", makeId });
    expect(plainText(cue?.text ?? "")).toBe("<b>굵게</b>");
  });

  it("makes nothing of nothing", () => {
    expect(cuesFromWords({ words: [], language: "ko", makeId })).toEqual([]);
    const silence = [{ text: " \n", startMs: 0, endMs: 10 }];
    expect(cuesFromWords({ words: silence, language: "ko", makeId })).toEqual([]);
  });
});

describe("whatever the words", () => {
  const time = fc.oneof(
    fc.integer({ min: -1000, max: 60_000 }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e300, 0, 0, 1000),
  );
  const anyWord = fc.record(
    {
      text: fc.oneof(
        fc.constantFrom(
          ..."네. 안녕하세요, 그리고 hello the U.S. 할 수 있는 것 東京 。 、 👨‍👩‍👧‍👦 שלום مرحبا ...".split(
            " ",
          ),
          "안녕".normalize("NFD"),
          "\u200b",
          " 앞뒤 ",
          "두 낱말",
          "a".repeat(200),
        ),
        fc.string({ unit: "grapheme", maxLength: 6 }),
      ),
      startMs: time,
      endMs: time,
      spaceBefore: fc.boolean(),
      speaker: fc.constantFrom("A", "B"),
      language: fc.constantFrom("ko", "en", "ja"),
    },
    { requiredKeys: ["text", "startMs", "endMs"] },
  );
  const ordered = fc
    .array(anyWord, { maxLength: 60 })
    .map((words) => words.map((word, i) => ({ ...word, startMs: i * 300, endMs: i * 300 + 280 })));
  const language = fc.constantFrom("ko", "en", "ja", "zh", "th", "ar", "xx");

  it("loses, doubles and reorders nothing, and keeps cues in order", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(anyWord, { maxLength: 60 }), ordered),
        language,
        (words, code) => {
          const cues = cuesFromWords({ words, language: code, makeId });
          expect(letters(cues)).toBe(lettersOf(words));
          expect(lettersOf(cues.flatMap((cue) => cue.words ?? []))).toBe(lettersOf(words));
          for (const [i, cue] of cues.entries()) {
            expect(Number.isSafeInteger(cue.startMs) && Number.isSafeInteger(cue.endMs)).toBe(true);
            expect(cue.endMs).toBeGreaterThan(cue.startMs);
            const next = cues[i + 1];
            if (next) expect(next.startMs).toBeGreaterThanOrEqual(cue.endMs);
            expect(cue.text.split("\n").length).toBeLessThanOrEqual(2);
            expect(cue.text).not.toMatch(/^\n|\n$|\n\n| \n|\n /);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keeps every line within the width unless one piece alone is wider", () => {
    fc.assert(
      fc.property(ordered, fc.constantFrom("ko", "en"), (words, code) => {
        const profile = ruleProfile(code);
        for (const { text } of cuesFromWords({ words, language: code, makeId })) {
          for (const [i, width] of lineWidths(text, profile).entries()) {
            const pieces = plainText(text).split("\n")[i]?.split(" ") ?? [];
            expect(width <= profile.maxLineWidth || pieces.length === 1).toBe(true);
          }
        }
      }),
    );
  });

  it("takes 100,000 words without a pause", () => {
    const words = Array.from({ length: 100_000 }, (_, i) => ({
      text: `낱말${i % 10}`,
      startMs: i * 200,
      endMs: i * 200 + 200,
    }));
    const cues = cuesFromWords({ words, language: "ko", makeId });
    expect(cues.flatMap((cue) => cue.words ?? [])).toHaveLength(100_000);
    expect(cues.length).toBeGreaterThan(5000);
  });
});
