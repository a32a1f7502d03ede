import { describe, expect, it } from "vitest";
import { caretAfter } from "./caret-after";
import { RepeatedGroup } from "./repeated-group";

describe("caretAfter", () => {
  it.each([
    ["하나 둘\n셋 넷", "하나\n둘", 4],
    ["하나\n둘", "하나", 2],
    ["하나", "하나", 2],
    ["하나", "하나 둘", 2],
    ["하나", "", 0],
  ])("%j after %j: %i", (text, lead, place) => {
    expect(caretAfter(text, lead)).toBe(place);
  });
});

describe("RepeatedGroup", () => {
  it("holds presses together that follow closely and are about the same", () => {
    const repeated = new RepeatedGroup();
    const first = repeated.next("start:a", 0);
    expect(repeated.next("start:a", 900)).toBe(first);
    expect(repeated.next("start:a", 1_800)).toBe(first);
    const later = repeated.next("start:a", 3_000);
    expect(later).not.toBe(first);
    expect(repeated.next("end:a", 3_100)).not.toBe(later);
  });
});
