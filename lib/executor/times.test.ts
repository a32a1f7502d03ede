import { expect, test } from "vitest";
import { inngestBackoff, parseDuration, parseMoment, parseRetryAfter } from "./times";

test.each([
  ["2s", 2_000],
  ["2h30m10s", 9_010_000],
  ["1w", 604_800_000],
  ["250ms", 250],
  ["1.5s", 1_500],
  ["", undefined],
  ["5", undefined],
  ["s", undefined],
  ["1s later", undefined],
])("the duration %j is %j ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test("a moment is a duration from now or a date", () => {
  expect(parseMoment("10s", 5_000)).toBe(15_000);
  expect(parseMoment("1970-01-01T00:00:07.000Z", 5_000)).toBe(7_000);
  expect(parseMoment("soon", 5_000)).toBeUndefined();
});

test.each([
  ["30", 30_000],
  ["Thu, 01 Jan 1970 00:01:00 GMT", 50_000],
  ["1970-01-01T00:00:05.000Z", 0],
  ["later", undefined],
  [null, undefined],
])("retry-after %j asks for %j ms", (header, ms) => {
  expect(parseRetryAfter(header, 10_000)).toBe(ms);
});

test("the waits are Inngest's, with its jitter, and the last one repeats", () => {
  const least = inngestBackoff(1, () => 0);
  expect([1, 2, 3, 10, 25].map(least)).toEqual([15_000, 30_000, 60_000, 7_200_000, 7_200_000]);
  expect(inngestBackoff(1, () => 1)(1)).toBe(45_000);
  expect(inngestBackoff(0.001, () => 0)(1)).toBe(15);
});
