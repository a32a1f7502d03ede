import fc from "fast-check";
import { expect, it } from "vitest";
import { errorRate } from "./error-rate";

it.each([
  ["Hello, world!", "hello world", "word", 0, 2],
  ["one two three", "one too three four", "word", 2, 3],
  ["Mr. Dashwood's house", "mister dashwoods house", "word", 0, 3],
  ["one two", "", "word", 2, 2],
  ["국가/언어에만 적용 됩니다.", "국가 언어에만 적용됩니다", "character", 0, 11],
  ["도메인", "도맨", "character", 2, 3],
  ["今日は、天気。", "今日わ天気", "character", 1, 5],
  ["ＡＸ２ 자막", "ax2자막", "character", 0, 5],
  ["", "said", "word", 1, 0],
])("%j heard as %j", (reference, hypothesis, unit, errors, length) => {
  const rate = errors / Math.max(1, length);
  expect(errorRate(reference, hypothesis)).toEqual({ unit, errors, length, rate });
});

it("is zero for the same text, symmetric in distance, and at most the longer length", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 20 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const [a, b] = [left.join(" "), right.join(" ")];
      expect(errorRate(a, a).errors).toBe(0);
      expect(errorRate(a, b).errors).toBe(errorRate(b, a).errors);
      expect(errorRate(a, b).errors).toBeLessThanOrEqual(Math.max(left.length, right.length));
    }),
  );
});
