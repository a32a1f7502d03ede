import { describe, expect, it } from "vitest";
import { initialOf } from "./initial";

describe("initialOf", () => {
  it.each([
    ["김민지", "김"],
    ["  jane doe", "J"],
    ["éva", "É"],
    ["e\u0301va", "E\u0301"],
    ["👩‍👩‍👧 family", "👩‍👩‍👧"],
    // A Hangul syllable typed as three jamo is one letter.
    ["\u1100\u1161\u11AB", "\u1100\u1161\u11AB"],
    ["", "?"],
    ["   ", "?"],
  ])("of %j is %j", (name, initial) => {
    expect(initialOf(name)).toBe(initial);
  });
});
