import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { speechLanguages } from "./languages";
import { recognitionPrompt, tokenEstimate } from "./prompt";

describe("recognitionPrompt", () => {
  it.each([
    ["ko", "이 영상에서는 래프트, Paxos 이야기를 합니다."],
    ["ko-KR", "이 영상에서는 래프트, Paxos 이야기를 합니다."],
    ["en", "In this video we talk about 래프트, Paxos."],
    ["ja", "この動画では래프트、Paxosについてお話しします。"],
    ["sw", "래프트. Paxos."],
    [undefined, "래프트. Paxos."],
  ])("says the names in a sentence of %s", (language, expected) => {
    expect(recognitionPrompt({ hints: ["래프트"], terms: ["Paxos"], language })).toBe(expected);
  });

  it("is nothing without names", () => {
    expect(recognitionPrompt({ hints: [], terms: [], language: "ko" })).toBeUndefined();
    expect(recognitionPrompt({ hints: [" "], terms: ["<|"], language: "ko" })).toBeUndefined();
  });

  it("takes each name once, on one line, without Whisper's own marks", () => {
    const hints = ["Raft", "raft", "a\nb", "<|endoftext|>", "<b>굵게</b>"];
    expect(recognitionPrompt({ hints, terms: ["RAFT"], language: "en" })).toBe(
      "In this video we talk about Raft, a b, endoftext, <b>굵게</b>.",
    );
  });

  it("never grows over what Whisper reads, and takes hints before terms", () => {
    const names = fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 60 });
    const languages = speechLanguages.map(({ code }) => code);
    fc.assert(
      fc.property(names, names, fc.constantFrom(...languages), (hints, terms, language) => {
        const prompt = recognitionPrompt({ hints, terms, language }) ?? "";
        expect(tokenEstimate(prompt)).toBeLessThanOrEqual(223);
      }),
    );
    const many = Array.from({ length: 100 }, (_, at) => `용어${at}`);
    const prompt = recognitionPrompt({ hints: ["힌트"], terms: many, language: "ko" });
    expect(prompt).toContain("힌트, 용어0, 용어1");
    expect(prompt).not.toContain("용어99");
  });
});
