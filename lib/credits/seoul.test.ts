import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  lastSeoulMonths,
  seoulDay,
  seoulDayEnd,
  seoulDayStart,
  seoulMonth,
  seoulMonthStart,
  seoulTime,
} from "./seoul";

describe("days and months in Seoul", () => {
  it.each([
    ["2026-11-30T14:59:59.999Z", "2026-11-30", "2026-11", "2026-11-30T23:59:59+09:00"],
    ["2026-11-30T15:00:00.000Z", "2026-12-01", "2026-12", "2026-12-01T00:00:00+09:00"],
    ["2026-12-31T15:00:00.000Z", "2027-01-01", "2027-01", "2027-01-01T00:00:00+09:00"],
    ["2028-02-29T03:04:05.678Z", "2028-02-29", "2028-02", "2028-02-29T12:04:05+09:00"],
  ])("%s is %s", (at, day, month, time) => {
    const ms = Date.parse(at);
    expect([seoulDay(ms), seoulMonth(ms), seoulTime(ms)]).toEqual([day, month, time]);
  });

  it("agree with the calendar of the system, to the millisecond", () => {
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Seoul" });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 0, 1) }), (ms) => {
        const day = seoulDay(ms);
        expect(day).toBe(format.format(new Date(ms)));
        expect(seoulDayStart(day)).toBeLessThanOrEqual(ms);
        expect(seoulDayEnd(day)).toBeGreaterThan(ms);
        expect(seoulMonthStart(seoulMonth(ms))).toBeLessThanOrEqual(ms);
      }),
    );
  });

  it("count back over the years", () => {
    const now = Date.parse("2026-12-31T15:00:00Z");
    expect(lastSeoulMonths(3, now)).toEqual(["2026-11", "2026-12", "2027-01"]);
    expect(lastSeoulMonths(14, now).at(0)).toBe("2025-12");
    expect(lastSeoulMonths(1, now)).toEqual(["2027-01"]);
  });
});
