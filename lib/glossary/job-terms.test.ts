import { describe, expect, it } from "vitest";
import { jobTerms, translationFor } from "./job-terms";
import { type GlossaryTermInput, glossaryText } from "./schema";

const term = (text: string, rest: Partial<GlossaryTermInput> = {}): GlossaryTermInput => ({
  term: text,
  language: null,
  misheard: [],
  translations: {},
  ...rest,
});

const none = { hints: [], corrections: [], targets: [], language: "auto" };

describe("what a job takes from the glossary", () => {
  it("is its own list first, and nothing twice", () => {
    const glossary = [
      term("래프트", { misheard: ["레프트", "라프트"] }),
      term("AX2", { misheard: ["에이엑스투", "AX2"] }),
    ];
    const made = jobTerms({
      ...none,
      glossary,
      hints: ["수아", "AX2"],
      corrections: [{ heard: "레프트", correct: "좌측" }],
    });
    expect(made.hints).toEqual(["수아", "AX2", "래프트"]);
    expect(made.corrections).toEqual([
      { heard: "레프트", correct: "좌측" },
      { heard: "라프트", correct: "래프트" },
      { heard: "에이엑스투", correct: "AX2" },
    ]);
    expect(made.pairs).toEqual({});
  });

  it.each([
    ["auto", ["모두", "한국말", "English"]],
    ["ko", ["모두", "한국말"]],
    ["en", ["모두", "English"]],
    ["ja", ["모두"]],
  ])("spoken %s: %j", (language, hints) => {
    const glossary = [
      term("모두"),
      term("한국말", { language: "ko" }),
      term("English", { language: "en" }),
    ];
    expect(jobTerms({ ...none, glossary, language }).hints).toEqual(hints);
  });

  it("has the pairs of each target, only of terms that say how", () => {
    const glossary = [
      term("래프트", { translations: { en: "Raft", "zh-Hant": "筏" } }),
      term("지식", {}),
    ];
    expect(jobTerms({ ...none, glossary, targets: ["en-GB", "zh-Hant", "ja"] }).pairs).toEqual({
      "en-GB": [{ source: "래프트", target: "Raft" }],
      "zh-Hant": [{ source: "래프트", target: "筏" }],
      ja: [],
    });
  });
});

describe("the translation of a term", () => {
  it.each([
    [{ en: "a", "en-GB": "b" }, "en-GB", "b"],
    [{ en: "a", "en-GB": "b" }, "en-US", "a"],
    [{ "pt-BR": "a" }, "pt", "a"],
    [{ "PT-br": "a" }, "pt-BR", "a"],
    [{ ko: "a" }, "kok", undefined],
    [{}, "en", undefined],
  ])("%j for %s is %s", (translations, target, expected) => {
    expect(translationFor(translations, target)).toBe(expected);
  });
});

describe("the text of a term", () => {
  it.each([
    ["  하늘  ", "하늘"],
    ["하늘".normalize("NFD"), "하늘"],
    ["두\n줄\t이에요", "두 줄 이에요"],
    ["a\0b", "ab"],
    ["<b>굵게</b> & 'x'", "<b>굵게</b> & 'x'"],
    ["👩‍👩‍👧", "👩‍👩‍👧"],
  ])("%j is kept as %j", (given, kept) => {
    expect(glossaryText.parse(given)).toBe(kept);
  });

  it.each(["", "   ", "\n", "가".repeat(101)])("%j is none", (given) => {
    expect(glossaryText.safeParse(given).success).toBe(false);
  });
});
