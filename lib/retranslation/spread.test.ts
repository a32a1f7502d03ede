import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/subtitles/markup";
import { ruleProfile } from "@/lib/subtitles/rules";
import { spreadText } from "./spread";

const spread = (line: string, lengthsMs: number[], language = "en") => {
  let atMs = 0;
  const parts = lengthsMs.map((ms) => {
    const part = { startMs: atMs, endMs: atMs + ms };
    atMs += ms + 80;
    return part;
  });
  const profile = ruleProfile(language, { sameLanguage: false });
  return spreadText(line, parts, { language, profile });
};

describe("spreadText", () => {
  it.each([
    ["one cue has it all", "We leave at dawn.", [2_000], ["We leave at dawn."]],
    [
      "a sentence ends with its part",
      "We leave at dawn. Nobody must know about it.",
      [2_000, 2_000],
      ["We leave at dawn.", "Nobody must know about it."],
    ],
    [
      "without a sentence's end, where a clause begins",
      "We leave at dawn because nobody must know.",
      [2_000, 2_000],
      ["We leave at dawn", "because nobody must know."],
    ],
    [
      "as much as there is time for",
      "Wait, we leave at dawn because nobody must know.",
      [500, 4_000],
      ["Wait,", "we leave at dawn because nobody must know."],
    ],
    ["fewer pieces than cues", "Dawn breaks", [500, 500, 500], ["Dawn", "breaks"]],
    ["one piece", "Dawn", [500, 500], ["Dawn"]],
    [
      "looks are kept on both sides",
      "<i>We leave at dawn. Nobody must know.</i>",
      [2_000, 2_000],
      ["<i>We leave at dawn.</i>", "<i>Nobody must know.</i>"],
    ],
  ])("%s", (_, line, lengths, expected) => {
    const found = spread(line, lengths).map((text) => text.replace(/\n/g, " "));
    expect(found).toEqual(expected);
  });

  it.each([
    ["ja", "夜明けに出発します。誰にも知られてはいけません。", "夜明けに出発します。"],
    ["ko", "새벽에 떠나요. 아무도 알면 안 돼요.", "새벽에 떠나요."],
  ])("in %s", (language, line, first) => {
    expect(spread(line, [2_000, 2_500], language)[0]).toBe(first);
  });

  it("loses nothing, doubles nothing, and leaves no part empty", () => {
    const word = fc.constantFrom(
      "dawn",
      "we",
      "leave.",
      "because",
      "<b>now</b>",
      "夜明け",
      "-",
      " ",
    );
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" ").trim()),
        fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom("en", "ja"),
        (line, lengths, language) => {
          fc.pre(plainText(line).trim() !== "");
          const texts = spread(line, lengths, language);
          const compact = (text: string) => plainText(text).replace(/\s+/g, "");
          expect(texts.length).toBeLessThanOrEqual(lengths.length);
          expect(compact(texts.join(""))).toBe(compact(line));
          expect(texts.every((text) => compact(text) !== "")).toBe(true);
        },
      ),
    );
  });
});
