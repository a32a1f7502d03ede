import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseByteRange } from "./byte-range";

const part = (start: number, end: number) => ({ kind: "part", start, end });

describe("parseByteRange", () => {
  it.each([
    ["bytes=0-499", part(0, 499)],
    ["bytes=500-999", part(500, 999)],
    ["bytes=500-", part(500, 9999)],
    ["bytes=-500", part(9500, 9999)],
    ["bytes=-20000", part(0, 9999)],
    ["bytes=0-0", part(0, 0)],
    ["bytes=-1", part(9999, 9999)],
    ["bytes=9999-9999", part(9999, 9999)],
    ["bytes=9500-99999999999999999999999", part(9500, 9999)],
    ["BYTES=1-2", part(1, 2)],
    ["bytes= 1-2 ", part(1, 2)],
  ])("%s of 10,000 bytes", (header, expected) => {
    expect(parseByteRange(header, 10_000)).toEqual(expected);
  });

  it.each([
    null,
    "",
    "bytes",
    "bytes=",
    "bytes=-",
    "bytes=abc-def",
    "bytes=1.5-2",
    "bytes=+1-2",
    "bytes=2-1",
    "bytes=0-1,4-5",
    "items=0-5",
    "bytes 0-5",
    "bytes=0x1-0x2",
    "bytes=１-２",
  ])("ignores %j", (header) => {
    expect(parseByteRange(header, 10_000)).toEqual({ kind: "whole" });
  });

  it.each([
    ["bytes=10000-", 10_000],
    ["bytes=10000-10001", 10_000],
    ["bytes=99999999999999999999-", 10_000],
    ["bytes=-0", 10_000],
    ["bytes=0-", 0],
    ["bytes=0-0", 0],
    ["bytes=-5", 0],
  ])("can't satisfy %s of %i bytes", (header, sizeBytes) => {
    expect(parseByteRange(header, sizeBytes)).toEqual({ kind: "unsatisfiable" });
  });

  it("never leaves the object", () => {
    const piece = fc.constantFrom("bytes=", "-", ",", "0", "7", "12", " ", "99999999999999999999");
    const header = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join("")),
      fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => `bytes=${a}-${b}`),
    );
    fc.assert(
      fc.property(header, fc.nat(120), (value, sizeBytes) => {
        const range = parseByteRange(value, sizeBytes);
        if (range.kind !== "part") return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(sizeBytes);
      }),
    );
  });
});
