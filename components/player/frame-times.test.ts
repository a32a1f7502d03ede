import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameAt, frameStartMs, nearestFrameMs, steppedMs } from "./frame-times";

const fps = fc.constantFrom(10, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 120);
const frame = fc.integer({ min: 0, max: 2_000_000 });

describe("frames", () => {
  it.each([
    [0, 30, 0],
    [33, 30, 0],
    [34, 30, 1],
    [1_000, 30, 30],
    [40, 25, 1],
    [33, 29.97, 0],
    [34, 29.97, 1],
  ])("at %i ms of %f a second: %i", (ms, rate, expected) => {
    expect(frameAt(ms, rate)).toBe(expected);
  });

  it("start at a whole ms that shows them, and not one earlier", () => {
    fc.assert(
      fc.property(frame, fps, (n, rate) => {
        const ms = frameStartMs(n, rate);
        expect(Number.isInteger(ms)).toBe(true);
        expect(frameAt(ms, rate)).toBe(n);
        if (n > 0) expect(frameAt(ms - 1, rate)).toBe(n - 1);
      }),
    );
  });

  it("are stepped one by one, there and back, from anywhere within", () => {
    fc.assert(
      fc.property(frame, fps, fc.double({ min: 0, max: 0.9, noNaN: true }), (n, rate, within) => {
        const ms = frameStartMs(n, rate) + ((1000 - 2 * rate) / rate) * within;
        fc.pre(frameAt(ms, rate) === n);
        expect(frameAt(steppedMs(ms, 1, rate), rate)).toBe(n + 1);
        expect(frameAt(steppedMs(ms, -1, rate), rate)).toBe(Math.max(0, n - 1));
        expect(steppedMs(steppedMs(ms, 1, rate), -1, rate)).toBe(frameStartMs(n, rate));
      }),
    );
  });

  it("draw a time to the nearest of their starts", () => {
    expect(nearestFrameMs(16, 30)).toBe(0);
    expect(nearestFrameMs(18, 30)).toBe(34);
    expect(nearestFrameMs(34, 30)).toBe(34);
  });
});
