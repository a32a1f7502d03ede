import { describe, expect, it } from "vitest";
import { targetLanguageCode } from "./schema";
import { namedTargets, sameLanguage, targetName, translatesFrom } from "./targets";

describe("sameLanguage", () => {
  it.each([
    ["en", "en", true],
    ["en", "en-GB", true],
    ["pt", "pt-BR", true],
    ["no", "nb", true],
    ["tl", "fil", true],
    ["zh", "zh-Hans", true],
    ["zh", "zh-Hant", false],
    ["yue", "zh-Hant", false],
    ["ko", "ja", false],
    ["auto", "ko", false],
    ["not a code", "ko", false],
  ])("%s and %s: %s", (spoken, target, same) => {
    expect(sameLanguage(spoken, target)).toBe(same);
  });
});

describe("targetName", () => {
  it.each([
    ["ko", "한국어", "Korean"],
    ["en", "영어", "English"],
    ["en-GB", "영어(영국)", "English (British)"],
    ["zh-Hant", "중국어(번체)", "Chinese (traditional)"],
    ["nb", "노르웨이어", "Norwegian"],
    ["eo", "에스페란토어", "Esperanto"],
    ["xx", "xx", "xx"],
  ])("%s: %s, %s", (code, ko, en) => {
    expect([targetName(code, "ko"), targetName(code, "en")]).toEqual([ko, en]);
  });
});

describe("namedTargets", () => {
  it("holds each language once, with a name in both languages and a code that can be ordered", () => {
    expect(new Set(namedTargets).size).toBe(namedTargets.length);
    for (const code of namedTargets) {
      expect(targetLanguageCode.safeParse(code).success).toBe(true);
      expect(targetName(code, "ko")).toMatch(/\p{Script=Hangul}/u);
      expect(targetName(code, "en")).not.toBe(code);
    }
    expect(namedTargets).toEqual(expect.arrayContaining(["en", "pt-BR", "zh-Hans"]));
    expect(namedTargets).not.toContain("zh");
  });
});

describe("translatesFrom", () => {
  it.each([
    [["ko", "no", "zh"], "ko", true],
    [["ko", "no", "zh"], "nb", true],
    [["ko", "no", "zh"], "zh-Hant", true],
    [["ko", "no", "zh"], "km", false],
    [["ko"], "auto", true],
    [[], "km", true],
  ])("%j, %s: %s", (sources, spoken, known) => {
    expect(translatesFrom({ sources }, spoken)).toBe(known);
  });
});
