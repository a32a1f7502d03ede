import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/subtitles/markup";
import { diffText } from "./text-diff";

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
  ] as const)("%j to %j", (before, after, parts) => {
    expect(diffText(before, after)).toEqual(parts);
  });

  it("gives both sides back whole", () => {
    const text = fc
      .array(fc.constantFrom("가", "나", " ", "\n", "b", "👩‍👩‍👧"), { maxLength: 40 })
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
