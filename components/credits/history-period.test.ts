import { describe, expect, it } from "vitest";
import { asDay, daysOf, periodOf, periods } from "./history-period";

// The first minute of December 1 in Seoul.
const nowMs = Date.parse("2026-11-30T15:00:00Z");

describe("periods", () => {
  it("count today in, as Seoul has it", () => {
    expect(daysOf("week", nowMs)).toEqual({ from: "2026-11-25", to: null });
    expect(daysOf("month", nowMs)).toEqual({ from: "2026-11-02", to: null });
    expect(daysOf("all", nowMs)).toEqual({ from: null, to: null });
  });

  it.each(periods)("%s is known by its days", (period) => {
    expect(periodOf(daysOf(period, nowMs), nowMs)).toBe(period);
  });

  it("are the person's own otherwise", () => {
    expect(periodOf({ from: "2026-11-25", to: "2026-11-30" }, nowMs)).toBe("custom");
    expect(periodOf({ from: null, to: "2026-11-30" }, nowMs)).toBe("custom");
  });

  it.each([
    ["2026-02-28", "2026-02-28"],
    ["2026-02-30", null],
    ["2026-2-3", null],
    ["", null],
    ["today", null],
    [null, null],
  ])("%j in an address is %j", (text, day) => expect(asDay(text)).toBe(day));
});
