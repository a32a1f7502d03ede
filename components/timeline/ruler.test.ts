import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rulerLabel, rulerScale } from "./ruler";

describe("the ruler", () => {
  it.each([
    [1 / 128, 1],
    [1, 100],
    [20, 2_000],
    [100, 10_000],
    [4_800, 600_000],
  ])("at %f ms a px: a label each %i ms", (msPerPx, expected) => {
    expect(rulerScale(msPerPx).stepMs).toBe(expected);
  });

  it("always has room for its labels, and marks that meet them", () => {
    fc.assert(
      fc.property(fc.double({ min: 1 / 128, max: 40_000, noNaN: true }), (msPerPx) => {
        const { stepMs, markMs } = rulerScale(msPerPx);
        expect(stepMs / msPerPx).toBeGreaterThanOrEqual(84);
        expect(stepMs % markMs).toBeCloseTo(0);
      }),
    );
  });

  it.each([
    [61_000, 1_000, "1:01"],
    [61_200, 200, "1:01.2"],
    [61_250, 50, "1:01.25"],
    [61_255, 5, "1:01.255"],
    [3_661_000, 60_000, "1:01:01"],
  ])("writes %i at steps of %i ms as %s", (ms, stepMs, expected) => {
    expect(rulerLabel(ms, stepMs)).toBe(expected);
  });
});
