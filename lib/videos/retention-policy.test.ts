import { describe, expect, it } from "vitest";
import { expiryAfterWork, extendedUntil, warningMs } from "./retention-policy";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 27);

describe("files go", () => {
  it.each([
    ["completed", null, nowMs + 2 * hourMs],
    ["waiting", null, nowMs + dayMs],
    ["completed", nowMs + hourMs, nowMs + 2 * hourMs],
    ["completed", nowMs + 9 * dayMs, nowMs + 9 * dayMs],
    ["waiting", nowMs - dayMs, nowMs + dayMs],
    ["rendered", null, nowMs + 2 * hourMs],
    ["cancelled", null, nowMs + hourMs],
    ["cancelled", nowMs + 9 * dayMs, nowMs + 9 * dayMs],
  ] as const)("after work that is %s, bought until %s, at %i", (outcome, retainedUntilMs, at) => {
    const uploadedAtMs = nowMs - 3 * dayMs;
    expect(expiryAfterWork({ outcome, retainedUntilMs, uploadedAtMs, nowMs })).toBe(at);
  });

  it("a day after their upload when the job was cancelled before", () => {
    const uploadedAtMs = nowMs - hourMs;
    const work = { outcome: "cancelled", retainedUntilMs: null, uploadedAtMs, nowMs } as const;
    expect(expiryAfterWork(work)).toBe(uploadedAtMs + dayMs);
  });
});

describe("bought days", () => {
  it.each([
    [7, null, null, nowMs + 7 * dayMs],
    [7, nowMs + 2 * hourMs, null, nowMs + 2 * hourMs + 7 * dayMs],
    // Bought while a job works on it: nothing of the earlier purchase is lost.
    [30, null, nowMs + 7 * dayMs, nowMs + 37 * dayMs],
    [90, nowMs + 7 * dayMs, nowMs + 7 * dayMs, nowMs + 97 * dayMs],
    [7, null, nowMs - dayMs, nowMs + 7 * dayMs],
  ])(
    "%i days, going at %s, bought until %s, reach %i",
    (days, expiresAtMs, retainedUntilMs, at) => {
      expect(extendedUntil({ days, expiresAtMs, retainedUntilMs, nowMs })).toBe(at);
    },
  );
});

it("warns a day ahead where days were bought, else half an hour", () => {
  expect(warningMs(nowMs)).toBe(dayMs);
  expect(warningMs(null)).toBe(hourMs / 2);
});
