import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameAt, frameSeekMs, framesLaterMs, frameTimeMs, steppedMs } from "./frame-times";

const fps = fc.constantFrom(10, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 120);
const frame = fc.integer({ min: 0, max: 2_000_000 });

describe("frames", () => {
  it.each([
    [0, 30, 0],
    [33, 30, 0],
    [34, 30, 1],
    [1_000, 30, 30],
    [40, 25, 1],
    [33.4, 29.97, 1],
    [33.3, 29.97, 0],
  ])("at %f ms of %f a second: %i", (ms, rate, expected) => {
    expect(frameAt(ms, rate)).toBe(expected);
  });

  it("are shown where one seeks to see them, at the time that is theirs", () => {
    fc.assert(
      fc.property(frame, fps, (n, rate) => {
        const ms = frameSeekMs(n, rate);
        expect(frameAt(ms, rate)).toBe(n);
        expect(Math.abs(ms - frameTimeMs(n, rate))).toBeLessThan(0.56);
      }),
    );
  });

  it("are stepped one by one, there and back, from anywhere within", () => {
    fc.assert(
      fc.property(frame, fps, fc.double({ min: 0, max: 0.99, noNaN: true }), (n, rate, within) => {
        const ms = frameSeekMs(n, rate) + (1000 / rate - 0.1) * within;
        expect(frameAt(steppedMs(ms, 1, rate), rate)).toBe(n + 1);
        expect(frameAt(steppedMs(ms, -1, rate), rate)).toBe(Math.max(0, n - 1));
        expect(frameAt(steppedMs(steppedMs(ms, 1, rate), -1, rate), rate)).toBe(n);
      }),
    );
  });

  it.each([
    [1_000, 1, 25, 1_040],
    [1_003, 1, 25, 1_040],
    [1_000, -1, 25, 960],
    [33, 1, 29.97, 67],
    [0, -1, 25, 0],
    [18, 0, 30, 33],
  ])("from %i ms by %i at %f: %i", (ms, frames, rate, expected) => {
    expect(framesLaterMs(ms, frames, rate)).toBe(expected);
  });
});
