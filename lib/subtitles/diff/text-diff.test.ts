import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffText } from "@/lib/subtitles/diff";
import { plainText } from "@/lib/subtitles/markup";

const sideOf = (before: string, after: string, without: "added" | "removed") =>
  diffText(before, after)
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("");

describe("diffText", () => {
  it.each([
    ["가 나", "가 나", [{ kind: "same", text: "가 나" }]],
    ["", "가", [{ kind: "added", text: "가" }]],
    ["가", "", [{ kind: "removed", text: "가" }]],
    [
      "오늘은 여기까지 할게요",
      "오늘은\n여기까지 할게요",
      [
        { kind: "same", text: "오늘은" },
        { kind: "removed", text: " " },
        { kind: "added", text: "\n" },
        { kind: "same", text: "여기까지 할게요" },
      ],
    ],
    [
      "<i>one</i> two",
      "one three",
      [
        { kind: "same", text: "one " },
        { kind: "removed", text: "two" },
        { kind: "added", text: "three" },
      ],
    ],
    [
      "회의를 할게요",
      "회의를 할게요.",
      [
        { kind: "same", text: "회의를 할게요" },
        { kind: "added", text: "." },
      ],
    ],
    [
      "今日は会議です",
      "今日は授業です",
      [
        { kind: "same", text: "今日は" },
        { kind: "removed", text: "会議" },
        { kind: "added", text: "授業" },
        { kind: "same", text: "です" },
      ],
    ],
  ] as const)("%j to %j", (before, after, parts) => {
    expect(diffText(before, after)).toEqual(parts);
  });

  it("gives both sides back whole", () => {
    const text = fc
      .array(fc.constantFrom("가", "나", " ", "\n", "b", "'", "!", "今日", "は", "👩‍👩‍👧"), {
        maxLength: 40,
      })
      .map((list) => list.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(sideOf(before, after, "added")).toBe(plainText(before));
        expect(sideOf(before, after, "removed")).toBe(plainText(after));
      }),
    );
  });

  it("doesn't compare texts that nobody reads word by word", () => {
    const long = "가 ".repeat(500);
    expect(diffText(long, `${long}나`).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });
});
