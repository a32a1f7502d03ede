import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roughWait } from "./rough-wait";

const unitMs = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

describe("roughWait", () => {
  it.each([
    [0, "seconds", 1],
    [1_001, "seconds", 2],
    [59_999, "seconds", 60],
    [60_000, "minutes", 1],
    [14 * 60_000 + 1, "minutes", 15],
    [2 * 3_600_000, "hours", 2],
    [30 * 86_400_000, "days", 30],
  ] as const)("says %d ms as %s, %d", (ms, unit, count) => {
    expect(roughWait(ms)).toEqual({ unit, count });
  });

  it("never promises an earlier time, and is at most one unit late", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 86_400_000 }), (ms) => {
        const { unit, count } = roughWait(ms);
        const saidMs = count * unitMs[unit];
        expect(saidMs).toBeGreaterThanOrEqual(ms);
        expect(saidMs - ms).toBeLessThanOrEqual(unitMs[unit]);
      }),
    );
  });
});
