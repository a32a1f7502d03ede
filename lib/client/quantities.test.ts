import { describe, expect, it } from "vitest";
import { formatBytes, spokenTime } from "./quantities";

describe("spokenTime", () => {
  it.each([
    [0, { unit: "seconds", seconds: 5 }],
    [12_000, { unit: "seconds", seconds: 15 }],
    [55_000, { unit: "seconds", seconds: 55 }],
    [55_001, { unit: "minutes", minutes: 1 }],
    [60_001, { unit: "minutes", minutes: 2 }],
    [59 * 60_000, { unit: "minutes", minutes: 59 }],
    [60 * 60_000, { unit: "hours", hours: 1, minutes: 0 }],
    [95 * 60_000, { unit: "hours", hours: 1, minutes: 35 }],
  ])("%i ms", (ms, spoken) => {
    expect(spokenTime(ms)).toMatchObject(spoken);
  });
});

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_023, "1 KB"],
    [1_536, "1.5 KB"],
    [8 * 1024 ** 2, "8 MB"],
    [734 * 1024 ** 2, "734 MB"],
    [1_020 * 1024 ** 2, "1 GB"],
    [2 * 1024 ** 3, "2 GB"],
    [-1, "0 B"],
  ])("%i is %s", (bytes, text) => {
    expect(formatBytes(bytes, "en")).toBe(text);
  });
});
