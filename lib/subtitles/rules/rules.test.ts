import { describe, expect, it } from "vitest";
import {
  lineWidths,
  readingSpeed,
  readingTimeMs,
  ruleProfile,
  textWidth,
} from "@/lib/subtitles/rules";

describe("textWidth", () => {
  it.each([
    ["", 0, 0],
    ["안녕하세요", 5, 5],
    ["안녕 hi!", 6, 4],
    ["안녕".normalize("NFD"), 2, 2],
    ["ㅋㅋㅋ", 3, 3],
    ["東京、タワー", 6, 6],
    ["ﾊﾟﾝ", 2, 1],
    ["ｈｉ", 2, 2],
    ["a\u200bb\u2060\u200e", 2, 1],
    ["e\u0301", 1, 0.5],
    ["👨‍👩‍👧‍👦", 1, 1],
    ["🇰🇷❤️", 2, 2],
    ["가\n나", 2, 2],
    ["…", 1, 0.5],
    ["𠮷野", 2, 2],
    ["שלום", 4, 2],
    ["สวัสดี", 4, 2],
  ])("%j: %d graphemes, weight %d", (text, graphemes, weighted) => {
    expect(textWidth(text, "graphemes")).toBe(graphemes);
    expect(textWidth(text, "weighted")).toBe(weighted);
  });
});

describe("ruleProfile", () => {
  it.each([
    ["ko", 16, 12, 14],
    ["ko-KR", 16, 12, 14],
    ["en-US", 42, 20, 20],
    ["ja", 13, 4, 7],
    ["zh-Hant", 16, 9, 11],
    ["yue", 16, 9, 11],
    ["fr", 42, 17, 20],
    ["constructor", 42, 17, 20],
  ])("%s: %d characters, %d a second, %d for its own speech", (language, width, cps, own) => {
    const profile = ruleProfile(language);
    expect(profile.maxLineWidth).toBe(width);
    expect(profile.maxCharsPerSecond).toBe(cps);
    expect(ruleProfile(language, { sameLanguage: true }).maxCharsPerSecond).toBe(own);
    expect(profile.maxLines).toBe(2);
  });
});

describe("measures of a cue", () => {
  const korean = ruleProfile("ko");

  it("measures lines without their markup", () => {
    expect(lineWidths("<b>안녕</b> 하세요\nhi", korean)).toEqual([5.5, 1]);
  });

  it("gives characters a second, line breaks not counted", () => {
    expect(readingSpeed("가나다라마바\n사아자차카타", 1000, korean)).toBe(12);
    expect(readingSpeed("", 0, korean)).toBe(0);
    expect(readingSpeed("가", 0, korean)).toBe(Number.POSITIVE_INFINITY);
  });

  it("gives the time in which the limit is just kept", () => {
    expect(readingTimeMs("가나다라마바\n사아자차카타", korean)).toBe(1000);
  });
});
