import { describe, expect, it } from "vitest";
import { nextIndex, type TextCursor, type TextKey, textKey, tidyText } from "./text-keys";

describe("nextIndex", () => {
  it.each([
    ["ArrowDown", 3, 4],
    ["ArrowDown", 49, 49],
    ["ArrowUp", 0, 0],
    ["PageDown", 45, 49],
    ["PageUp", 5, 0],
    ["Home", 20, 0],
    ["End", 20, 49],
    ["a", 20, undefined],
  ])("%s from %i: %s", (key, from, to) => {
    expect(nextIndex(key, from, 50)).toBe(to);
  });

  it("goes nowhere in an empty list", () => {
    expect(nextIndex("End", 0, 0)).toBeUndefined();
  });
});

describe("textKey", () => {
  const press = {
    ...{ key: "Enter", shiftKey: false, ctrlKey: false, altKey: false, metaKey: false },
    ...{ isComposing: false, keyCode: 13 },
  };
  const two: TextCursor = { text: "하나\n둘", from: 0, to: 0, wraps: false };
  const at = (from: number, change: Partial<TextCursor> = {}) => ({
    ...two,
    ...{ from, to: from },
    ...change,
  });

  it.each<[string, TextCursor, TextKey | undefined]>([
    ["Enter", at(1), "finish"],
    ["a", at(1), undefined],
    ["Backspace", at(0), "merge-previous"],
    ["Backspace", at(1), undefined],
    ["Backspace", at(0, { to: 2 }), undefined],
    ["Delete", at(4), undefined],
    ["ArrowUp", at(2), "up"],
    ["ArrowUp", at(3), undefined],
    ["ArrowDown", at(2), undefined],
    ["ArrowDown", at(3), "down"],
    ["ArrowUp", at(1, { wraps: true }), undefined],
    ["ArrowUp", at(0, { wraps: true }), "up"],
    ["ArrowDown", at(3, { wraps: true }), undefined],
    ["ArrowDown", at(4, { wraps: true }), "down"],
  ])("%s at %j: %s", (key, cursor, meaning) => {
    expect(textKey({ ...press, key }, cursor)).toBe(meaning);
  });

  it.each([{ isComposing: true }, { keyCode: 229 }, { shiftKey: true }, { ctrlKey: true }])(
    "leaves the key to the field with %j",
    (change) => {
      for (const key of ["Enter", "Backspace", "ArrowUp", "ArrowDown"]) {
        expect(textKey({ ...press, key, ...change }, at(0))).toBeUndefined();
      }
    },
  );
});

describe("tidyText", () => {
  it.each([
    ["안녕", "안녕"],
    ["한글".normalize("NFD"), "한글"],
    ["하나\r\n둘\r셋", "하나\n둘\n셋"],
    ["\n\n하나  \n 둘\t\n\n", "하나\n 둘"],
    ["", ""],
  ])("%j becomes %j", (typed, stored) => {
    expect(tidyText(typed)).toBe(stored);
  });
});
