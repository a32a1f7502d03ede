import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatClock, formatPreciseClock, parseClock, wholeMs } from "@/lib/subtitles/time";

describe("formatClock", () => {
  it.each([
    [0, "0:00"],
    [999, "0:00"],
    [59_999, "0:59"],
    [3_599_000, "59:59"],
    [3_600_000, "1:00:00"],
    [360_001_000, "100:00:01"],
    [-5, "0:00"],
    [Number.NaN, "0:00"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatClock(ms)).toBe(text);
  });
});

describe("parseClock", () => {
  it.each([
    ["83", 83_000],
    ["83.5", 83_500],
    ["1:23", 83_000],
    ["1:23,500", 83_500],
    ["1:02:03.4", 3_723_400],
    [" 0:05.0009 ", 5000],
    ["1:60", undefined],
    ["1:60:00", undefined],
    ["", undefined],
    ["-1", undefined],
    ["1:2:3:4", undefined],
    ["1e3", undefined],
  ])("%j is %j", (text, ms) => {
    expect(parseClock(text)).toBe(ms);
  });

  it("reads what formatPreciseClock writes", () => {
    fc.assert(
      fc.property(fc.nat(35_999_999_999), (ms) => {
        expect(parseClock(formatPreciseClock(ms))).toBe(ms);
      }),
    );
  });
});

describe("wholeMs", () => {
  it.each([
    [1.5, 2],
    [-1, 0],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
    [2e16, 0],
  ])("%d becomes %d", (ms, whole) => {
    expect(wholeMs(ms)).toBe(whole);
  });
});
