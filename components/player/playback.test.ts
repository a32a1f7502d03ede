import { describe, expect, it } from "vitest";
import { backwardsMs, nextShuttle, runsOut } from "./playback";

describe("nextShuttle", () => {
  it.each([
    [0, 1, 1],
    [1, 1, 2],
    [2, 1, 4],
    [4, 1, 4],
    [0, -1, -1],
    [-1, -1, -2],
    [-4, -1, -4],
    [4, -1, -1],
    [-2, 1, 1],
  ] as const)("from %i with %i: %i", (speed, direction, expected) => {
    expect(nextShuttle(speed, direction)).toBe(expected);
  });
});

describe("runsOut", () => {
  const span = { startMs: 1_000, endMs: 2_000, repeat: true };
  it.each([
    ["within", 1_100, 1_140, false],
    ["over the end", 1_980, 2_013, true],
    ["to the end", 1_980, 2_000, true],
    ["from elsewhere", 500, 2_500, false],
    ["after the end", 2_100, 2_140, false],
    ["from before", 900, 1_020, false],
  ])("%s", (_, before, now, expected) => {
    expect(runsOut(span, before, now)).toBe(expected);
  });
});

describe("backwardsMs", () => {
  it("goes back with the clock and stops at the start", () => {
    expect(backwardsMs({ ms: 5_000, atMs: 100 }, 1_100, 2)).toBe(3_000);
    expect(backwardsMs({ ms: 500, atMs: 100 }, 1_100, 1)).toBe(0);
  });
});
