import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/subtitles/markup";
import { writesSpaces } from "@/lib/subtitles/model";
import { lineWidths, resolveProfile, ruleProfile } from "@/lib/subtitles/rules";
import { breakLines } from "@/lib/subtitles/segmentation";

const broken = (text: string, language: string) =>
  breakLines(text, { language, profile: ruleProfile(language) });

describe("breakLines", () => {
  it.each([
    ["leaves what fits", "ko", "정말 고맙습니다.", "정말 고맙습니다."],
    ["joins what fits on one line", "ko", "정말\n고맙습니다.", "정말 고맙습니다."],
    [
      "breaks where sense does",
      "en",
      "I told you yesterday, and you didn't want to listen to me.",
      "I told you yesterday,\nand you didn't want to listen to me.",
    ],
    [
      "Korean: after a particle, at a space",
      "ko",
      "혼자서는 절대로 끝까지 해낼 수 없는 일이라고",
      "혼자서는 절대로 끝까지\n해낼 수 없는 일이라고",
    ],
    [
      "Japanese: between words, no space added",
      "ja",
      "今日は東京の古い路地を\n歩いてみたいと思います。",
      "今日は東京の古い路地を\n歩いてみたいと思います。",
    ],
    ["Japanese: joined without a space", "ja", "東京の\nタワー", "東京のタワー"],
    ["Latin words keep theirs", "ja", "New\nYork", "New York"],
    ["each speaker's line stays", "en", "-Are you there?\n-Yes.", "-Are you there?\n-Yes."],
    ["one dash is no dialogue", "en", "- Are you\nthere?", "- Are you there?"],
    ["tags stay where they are", "en", "<i>Are you\nthere?</i>", "<i>Are you there?</i>"],
    [
      "a break falls behind a closing tag",
      "ja",
      "<i>今日は東京の古い路地を</i>歩いてみたいと思います。",
      "<i>今日は東京の古い路地を</i>\n歩いてみたいと思います。",
    ],
    ["spaces are made single", "ko", "  가   나\t다 \n", "가 나 다"],
    ["a space that holds together holds", "fr", "Quoi\u00a0? Oui\u00a0!", "Quoi\u00a0? Oui\u00a0!"],
    ["nothing stays nothing", "ko", " \n ", ""],
  ])("%s", (_, language, text, expected) => {
    expect(broken(text, language)).toBe(expected);
  });

  it("takes more lines rather than wider ones when a text is too long", () => {
    const text =
      "Dies ist ein Satz, der in zwei Zeilen dieses Profils beim besten Willen nicht passt.";
    const profile = resolveProfile("shorts", "de");
    const lines = breakLines(text, { language: "de", profile }).split("\n");
    expect(lines).toHaveLength(4);
    expect(lines.join(" ")).toBe(text);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(24);
  });

  it("takes a text of a whole book", () => {
    const text = "낱말 하나가 있고 ".repeat(20_000);
    expect(broken(text, "ko").replaceAll("\n", " ")).toBe(text.trim());
  });

  it("keeps letters and tags, widths, and its own result", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ..."<i> </i> <b> </b> <\u2060b> - -네. 안녕하세요, 그리고 hello the U.S. 할 수 있는 것 東京は 。 、 👨‍👩‍👧‍👦 שלום مرحبا".split(
          " ",
        ),
        " ",
        "\n",
        "\r\n",
        "\u00a0",
        "\ufeff",
        "안녕".normalize("NFD"),
        "가".repeat(40),
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    );
    const text = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(""));
    const choice = fc.constantFrom("netflix", "shorts", "bbc");
    const language = fc.constantFrom("ko", "en", "ja", "th", "ar");
    const bare = (value: string) => value.replace(/\s+/g, "");
    fc.assert(
      fc.property(text, language, choice, (given, code, name) => {
        const profile = resolveProfile(name, code);
        const once = breakLines(given, { language: code, profile });
        expect(bare(once)).toBe(bare(given));
        if (writesSpaces(code)) expect(breakLines(once, { language: code, profile })).toBe(once);
        expect(once).not.toMatch(/^\n|\n$|\n\n/);
        const lines = plainText(once).split("\n");
        for (const [i, width] of lineWidths(once, profile).entries()) {
          expect(width <= profile.maxLineWidth || !lines[i]?.trim().includes(" ")).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
