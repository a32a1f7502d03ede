import { describe, expect, it } from "vitest";
import {
  cueListReducer,
  finishesText,
  initialCueListState,
  nextIndex,
  tidyText,
} from "./cue-list-state";

describe("cueListReducer", () => {
  it("asks for the focus only where a key or an open text needs it", () => {
    const clicked = cueListReducer(initialCueListState, {
      kind: "select",
      cueId: "a",
      focus: false,
    });
    expect(clicked).toEqual({ selectedId: "a", editing: false, focusRequest: 0 });
    const editing = cueListReducer(clicked, { kind: "edit", cueId: "b" });
    expect(editing).toEqual({ selectedId: "b", editing: true, focusRequest: 1 });
    expect(cueListReducer(editing, { kind: "close", focus: true })).toEqual({
      selectedId: "b",
      editing: false,
      focusRequest: 2,
    });
    expect(cueListReducer(editing, { kind: "close", focus: false }).focusRequest).toBe(0);
  });
});

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

describe("finishesText", () => {
  const enter = { key: "Enter", shiftKey: false, isComposing: false, keyCode: 13 };
  it.each([
    [enter, true],
    [{ ...enter, shiftKey: true }, false],
    [{ ...enter, isComposing: true }, false],
    [{ ...enter, keyCode: 229 }, false],
    [{ ...enter, key: "a" }, false],
  ])("%j: %s", (press, finished) => {
    expect(finishesText(press)).toBe(finished);
  });
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
