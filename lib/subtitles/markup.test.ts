import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isTidyMarkup,
  literalMarkup,
  plainText,
  rewriteMarkup,
  textRuns,
} from "@/lib/subtitles/markup";

/** Text in which tags, near-tags and escapes are likely. */
const tagSoup = fc
  .array(
    fc.constantFrom(
      "<",
      ">",
      "/",
      "b",
      "i",
      "u",
      "<b>",
      "</b>",
      "<i>",
      "</i>",
      "\u2060",
      "가",
      "\n",
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

const rewritten = (text: string) =>
  rewriteMarkup(text, literalMarkup, (name, closing) => `<${closing ? "/" : ""}${name}>`);

describe("textRuns", () => {
  const plain = { bold: false, italic: false, underline: false };
  it.each([
    ["", []],
    ["가\n나", [{ text: "가\n나", ...plain }]],
    [
      "a<b>b</b>",
      [
        { text: "a", ...plain },
        { text: "b", ...plain, bold: true },
      ],
    ],
    [
      "</i>a<u>b",
      [
        { text: "a", ...plain },
        { text: "b", ...plain, underline: true },
      ],
    ],
    [
      "<b>x<i>y</b>z",
      [
        { text: "x", ...plain, bold: true },
        { text: "y", ...plain, bold: true, italic: true },
        { text: "z", ...plain, italic: true },
      ],
    ],
    ["<\u2060b>a & <font> <B>", [{ text: "<b>a & <font> <B>", ...plain }]],
  ])("%j", (text, runs) => {
    expect(textRuns(text)).toEqual(runs);
  });

  it("shows the plain text, whatever the text", () => {
    fc.assert(
      fc.property(tagSoup, (text) => {
        expect(
          textRuns(text)
            .map((run) => run.text)
            .join(""),
        ).toBe(plainText(text));
      }),
    );
  });
});

describe("literalMarkup", () => {
  it("makes any text stand for itself", () => {
    fc.assert(
      fc.property(tagSoup, (text) => {
        expect(plainText(literalMarkup(text))).toBe(text);
      }),
    );
  });
});

describe("rewriteMarkup", () => {
  it("gives tidy markup that looks the same", () => {
    fc.assert(
      fc.property(tagSoup, (text) => {
        const tags = rewritten(text).replace(/<(?!\/?[biu]>)/g, "");
        expect(isTidyMarkup(tags)).toBe(true);
        expect(textRuns(rewritten(text))).toEqual(textRuns(text));
      }),
    );
  });
});

describe("isTidyMarkup", () => {
  it.each([
    ["", true],
    ["<b>a</b> <i><u>b</u></i>", true],
    ["<b>", false],
    ["</b>", false],
    ["<b><i></b></i>", false],
    ["<b><b></b></b>", false],
    ["<font>", false],
    ["1 < 2", false],
    ["a <", false],
  ])("%j: %j", (text, tidy) => {
    expect(isTidyMarkup(text)).toBe(tidy);
  });
});
