import { describe, expect, it } from "vitest";
import {
  lineWidths,
  readingSpeed,
  readingTimeMs,
  resolveProfile,
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

describe("resolveProfile", () => {
  it.each([
    ["netflix", "ko", false, 16, 12, 833, 7000, 2],
    ["netflix", "ko", true, 16, 14, 833, 7000, 2],
    ["netflix-children", "ko", false, 16, 9, 833, 7000, 2],
    ["netflix-children", "ko", true, 16, 11, 833, 7000, 2],
    ["netflix-children", "en", true, 42, 17, 833, 7000, 2],
    ["netflix-children", "ja", false, 13, 4, 833, 7000, 2],
    ["netflix-children", "yue", true, 16, 9, 833, 7000, 2],
    ["netflix-children", "fr", false, 42, 13, 833, 7000, 2],
    ["ted", "en", true, 42, 21, 1000, 7000, 2],
    ["ted", "ko", false, 21, 10.5, 1000, 7000, 2],
    ["bbc", "en", true, 37, 18, 833, 7000, 0],
    ["bbc", "ja", false, 18.5, 9, 833, 7000, 0],
    ["shorts", "de", false, 24, 25, 700, 5000, 0],
    ["shorts", "ko", true, 12, 12.5, 700, 5000, 0],
  ] as const)(
    "%s, %s, same language %s: %d wide, %d a second, %d to %d ms, %d frames",
    (name, language, sameLanguage, width, speed, shortest, longest, frames) => {
      expect(resolveProfile(name, language, { sameLanguage })).toMatchObject({
        maxLineWidth: width,
        maxCharsPerSecond: speed,
        minDurationMs: shortest,
        maxDurationMs: longest,
        minGapFrames: frames,
      });
    },
  );

  it("names what it is in reports", () => {
    expect(resolveProfile("ted", "ko-KR", { sameLanguage: true }).id).toBe("ted-ko-same-language");
    expect(resolveProfile("shorts", "constructor").id).toBe("shorts-default");
    expect(ruleProfile("fr")).toEqual(resolveProfile("netflix", "fr"));
  });

  it("takes own numbers as they are, for every language", () => {
    const { id: _, ...numbers } = ruleProfile("en");
    const own = { ...numbers, id: "own", maxLineWidth: 30, name: "House style" };
    expect(resolveProfile(own, "ko", { sameLanguage: true })).toEqual({
      ...numbers,
      id: "own",
      maxLineWidth: 30,
    });
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
