import { describe, expect, it } from "vitest";
import { endOfDay, isLinkEnd, linkEnd, localDay } from "./policy";
import { allows } from "./roles";

const nowMs = Date.UTC(2026, 10, 27, 3);
const dayMs = 24 * 3_600_000;

describe("when a link ends", () => {
  it.each([
    [-1, false],
    [0, false],
    [1, true],
    [365 * dayMs, true],
    [365 * dayMs + 1, false],
    [Number.NaN, false],
  ])("%d ms ahead may be: %s", (aheadMs, may) => {
    expect(isLinkEnd(nowMs + aheadMs, nowMs)).toBe(may);
  });

  it("is so many days away, or at the end of a day", () => {
    expect(linkEnd(7, nowMs)).toBe(nowMs + 7 * dayMs);
    const day = localDay(nowMs);
    const end = endOfDay(day) ?? 0;
    expect(localDay(end)).toBe(day);
    expect(localDay(end + 1)).not.toBe(day);
    for (const none of ["", "2026-1-1", "x"]) expect(endOfDay(none)).toBeUndefined();
  });
});

it.each([
  ["viewer", "viewer", true],
  ["viewer", "editor", false],
  ["editor", "viewer", true],
  ["editor", "owner", false],
  ["owner", "owner", true],
] as const)("%s may do what needs %s: %s", (role, need, may) => {
  expect(allows(role, need)).toBe(may);
});
