import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainOffset, plainText, textRuns } from "@/lib/subtitles/markup";
import { editMarkup, markupOfRuns, sliceMarkup } from "@/lib/subtitles/markup-slices";

const markup = fc
  .array(
    fc.constantFrom(
      ...[
        "가",
        "나 ",
        "\n",
        "a",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<u>",
        "</u>",
        "<",
        "<\u2060b>",
        ">",
      ],
    ),
    { maxLength: 16 },
  )
  .map((parts) => parts.join(""));

describe("plainOffset", () => {
  it.each([
    ["가나", 1, 1],
    ["<b>가</b>나", 3, 0],
    ["<b>가</b>나", 1, 0],
    ["<b>가</b>나", 6, 1],
    ["<b>가</b>나", 8, 1],
    ["<b>가</b>나", 9, 2],
    ["a<\u2060b>c", 2, 1],
    ["a<\u2060b>c", 3, 2],
    ["가", 9, 1],
    ["가", -1, 0],
  ])("%j at %d: %d", (text, offset, plain) => expect(plainOffset(text, offset)).toBe(plain));

  it("goes from the beginning to the end without a step back", () => {
    fc.assert(
      fc.property(markup, (text) => {
        let before = 0;
        for (let offset = 0; offset <= text.length; offset++) {
          const now = plainOffset(text, offset);
          expect(now).toBeGreaterThanOrEqual(before);
          before = now;
        }
        expect(before).toBe(plainText(text).length);
      }),
    );
  });
});

describe("sliceMarkup", () => {
  it.each([
    ["<b>가나</b>다", 1, 3, "<b>나</b>다"],
    ["<b>가<i>나</i></b>다", 0, 1, "<b>가</b>"],
    ["<b>가<i>나</i></b>다", 1, 2, "<b><i>나</i></b>"],
    ["<\u2060b>", 0, 1, "<"],
    ["가나다", 1, 2, "나"],
  ])("%j from %d to %d: %j", (text, from, to, slice) => {
    expect(sliceMarkup(text, from, to)).toBe(slice);
  });

  it("gives two parts that look and read as the whole did", () => {
    fc.assert(
      fc.property(markup, fc.nat(20), (text, at) => {
        const plain = plainText(text);
        const [left, right] = [sliceMarkup(text, 0, at), sliceMarkup(text, at, plain.length)];
        expect(plainText(left) + plainText(right)).toBe(plain);
        expect(textRuns(markupOfRuns([...textRuns(left), ...textRuns(right)]))).toEqual(
          textRuns(text),
        );
      }),
    );
  });
});

describe("editMarkup", () => {
  it.each([
    ["<b>가나</b>다", [{ from: 1, to: 3, insert: "x" }], "<b>가x</b>"],
    ["<b>가나</b>다", [{ from: 2, to: 2, insert: "x" }], "<b>가나x</b>다"],
    ["<b>가나</b>다", [{ from: 0, to: 0, insert: "x" }], "<b>x가나</b>다"],
    ["가나", [{ from: 0, to: 1, insert: "<b>" }], "<\u2060b>나"],
    [
      "가 나",
      [
        { from: 0, to: 1, insert: "x" },
        { from: 2, to: 3, insert: "" },
      ],
      "x ",
    ],
  ])("%j with %j: %j", (text, edits, after) => expect(editMarkup(text, edits)).toBe(after));

  it("changes what a viewer reads as it would plain text", () => {
    fc.assert(
      fc.property(markup, fc.nat(12), fc.nat(5), markup, (text, from, length, insert) => {
        const plain = plainText(text);
        const at = Math.min(from, plain.length);
        const to = Math.min(at + length, plain.length);
        const edited = editMarkup(text, [{ from: at, to, insert }]);
        expect(plainText(edited)).toBe(plain.slice(0, at) + insert + plain.slice(to));
      }),
    );
  });
});
