import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cueIndex } from "@/lib/subtitles/active-cues";
import type { Cue } from "@/lib/subtitles/model";

const cue = (startMs: number, endMs: number, id = `${startMs}-${endMs}`): Cue => ({
  id,
  startMs,
  endMs,
  text: id,
});

describe("cueIndex", () => {
  it("counts the start in and the end out", () => {
    const index = cueIndex([cue(1000, 2000), cue(2000, 3000)]);
    expect(index.activeAt(999)).toEqual([]);
    expect(index.activeAt(1000).map(({ id }) => id)).toEqual(["1000-2000"]);
    expect(index.activeAt(1999.9).map(({ id }) => id)).toEqual(["1000-2000"]);
    expect(index.activeAt(2000).map(({ id }) => id)).toEqual(["2000-3000"]);
    expect(index.activeAt(3000)).toEqual([]);
  });

  it("gives the same empty array whenever nothing is active", () => {
    const index = cueIndex([cue(1000, 2000)]);
    expect(index.activeAt(0)).toBe(index.activeAt(5000));
  });

  it("agrees with looking at every cue, in any order, overlapping or empty", () => {
    const cues = fc.array(
      fc.tuple(fc.nat(100), fc.integer({ min: -5, max: 60 })).map(([start, length]) => ({
        start,
        length,
      })),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(cues, fc.nat(160), fc.nat(60), (shapes, ms, lengthMs) => {
        const list = shapes.map(({ start, length }, i) => cue(start, start + length, String(i)));
        const expected = (toMs: number) =>
          list
            .filter(({ startMs, endMs }) => startMs < endMs && startMs <= toMs && ms < endMs)
            .sort((a, b) => a.startMs - b.startMs);
        const index = cueIndex(list);
        expect(index.activeAt(ms)).toEqual(expected(ms));
        expect(index.activeBetween(ms, ms + lengthMs)).toEqual(expected(ms + lengthMs));
      }),
    );
  });
});
