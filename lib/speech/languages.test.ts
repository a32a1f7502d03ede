import { describe, expect, it } from "vitest";
import { languageName, normaliseLanguage, speechLanguages, whisperCode } from "./languages";

describe("speechLanguages", () => {
  it("has Whisper's hundred, each once, each with all its names", () => {
    expect(speechLanguages).toHaveLength(100);
    for (const key of ["code", "whisperName", "ko", "en"] as const) {
      expect(new Set(speechLanguages.map((entry) => entry[key])).size).toBe(100);
    }
    for (const { whisperName, ko, en } of speechLanguages) {
      expect(whisperName).toMatch(/^[a-z ]+$/);
      expect(ko).toMatch(/[가-힣]/);
      expect(en).toMatch(/^[A-Z]/);
    }
  });

  it("has codes that other programs know", () => {
    const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
    for (const { code } of speechLanguages) expect(names.of(code)).toBeDefined();
  });
});

describe("normaliseLanguage", () => {
  it("knows every language by its code, by Whisper's code and by each of its names", () => {
    for (const { code, whisperName, ko, en } of speechLanguages) {
      for (const name of [code, whisperCode(code), whisperName, ko, en, en.toUpperCase()]) {
        expect(normaliseLanguage(name)).toBe(code);
      }
    }
  });

  it.each([
    ["ko-KR", "ko"],
    ["KO_kr", "ko"],
    ["kor", "ko"],
    ["zh-Hant-TW", "zh"],
    ["cmn", "zh"],
    ["mandarin", "zh"],
    ["iw", "he"],
    ["in", "id"],
    ["nb-NO", "no"],
    ["fil", "tl"],
    ["jw", "jv"],
    ["castilian", "es"],
    [" Korean ", "ko"],
    ["한국어".normalize("NFD"), "ko"],
  ])("takes %s for %s", (given, code) => {
    expect(normaliseLanguage(given)).toBe(code);
  });

  it.each(["", "auto", "tlh", "klingon", "xx", "k", "ko;drop", "-", "und", "한"])(
    "knows no language by the name %j",
    (given) => {
      expect(normaliseLanguage(given)).toBeUndefined();
    },
  );
});

it("names a language for a person, and an unknown one by its code", () => {
  expect(languageName("ja", "ko")).toBe("일본어");
  expect(languageName("ja", "en")).toBe("Japanese");
  expect(languageName("und", "en")).toBe("und");
});
