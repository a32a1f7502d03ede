import { describe, expect, it } from "vitest";
import { isLive, sessionLimits } from "./policy";

const hourMs = 3_600_000;
const nowMs = Date.parse("2026-01-10T12:00:00Z");
const session = (idleMs: number, absoluteMs: number, revoked = false) => ({
  idleExpiresAt: new Date(nowMs + idleMs),
  absoluteExpiresAt: new Date(nowMs + absoluteMs),
  revokedAt: revoked ? new Date(nowMs - 1) : null,
});

describe("a sign-in", () => {
  it.each([
    ["in use", session(hourMs, hourMs), true],
    ["unused for too long", session(0, hourMs), false],
    ["too old", session(hourMs, 0), false],
    ["ended", session(hourMs, hourMs, true), false],
  ])("%s: live is %s", (_, row, live) => {
    expect(isLive(row, nowMs)).toBe(live);
  });

  it("lasts 12 h unused and a day in all, or 14 and 90 days when kept", () => {
    expect(sessionLimits(false)).toEqual({ idleMs: 12 * hourMs, absoluteMs: 24 * hourMs });
    expect(sessionLimits(true)).toEqual({ idleMs: 14 * 24 * hourMs, absoluteMs: 90 * 24 * hourMs });
  });
});
