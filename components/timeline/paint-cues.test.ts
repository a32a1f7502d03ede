import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { CueLane } from "./cue-lane";
import type { Preview } from "./drag-times";
import { cutToWidth } from "./fit-text";
import { Loudness } from "./loudness";
import { blocksInSight } from "./paint-cues";
import { possible } from "./view";

const cue = (id: string, startMs: number, endMs: number): Cue => ({ id, startMs, endMs, text: id });

describe("blocksInSight", () => {
  const cues = Array.from({ length: 100 }, (_, i) => cue(`c${i}`, i * 1_000, i * 1_000 + 800));
  const view = possible({ fromMs: 50_000, msPerPx: 10, widthPx: 500, extentMs: 100_000 });
  const shown = (preview: Preview | null) =>
    blocksInSight({ view, lane: new CueLane(cues), preview }).map(
      ({ number, startMs }) => [number, startMs] as const,
    );

  it("are those of the view, with their numbers", () => {
    expect(shown(null)).toEqual([51, 52, 53, 54, 55, 56].map((n) => [n, (n - 1) * 1_000]));
  });

  it("stand where a drag has them, also when they come from out of sight", () => {
    const times = new Map([["c50", { startMs: 50_300, endMs: 50_900 }]]);
    expect(shown({ kind: "times", times })[0]).toEqual([51, 50_300]);
    const ids = new Set(["c10", "c11"]);
    const moved = shown({ kind: "shift", ids, deltaMs: 41_100 });
    expect(moved).toContainEqual([11, 51_100]);
    expect(moved.map(([, startMs]) => startMs)).toEqual(
      moved.map(([, startMs]) => startMs).sort((a, b) => a - b),
    );
    const away = shown({ kind: "shift", ids: new Set(["c51"]), deltaMs: -40_000 });
    expect(away.some(([number]) => number === 52)).toBe(false);
  });
});

describe("cutToWidth", () => {
  const measure = (text: string) => [...text].length * 10;
  it.each([
    ["자막", 20, "자막"],
    ["긴 자막이에요", 50, "긴 자막…"],
    ["긴 자막이에요", 30, "긴…"],
    ["자막", 5, ""],
    ["자막", -3, ""],
    ["😀😀😀", 30, "😀😀😀"],
    ["😀😀😀", 20, "😀…"],
  ])("%s in %i px: %s", (line, widthPx, expected) => {
    expect(cutToWidth(line, widthPx, measure)).toBe(expected);
  });
});

describe("Loudness", () => {
  it("is that of the loud places and not of a single bang", () => {
    const values = Int8Array.from({ length: 2_000 }, (_, i) => (i % 2 === 0 ? -20 : 20));
    values[501] = 127;
    const loudness = new Loudness();
    expect(loudness.usual).toBe(0);
    loudness.add({ values, step: 2, full: 128 });
    expect(loudness.usual).toBeCloseTo(20 / 128);
  });

  it("never leaves the scale", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -128, max: 127 })), (all) => {
        const loudness = new Loudness();
        loudness.add({ values: Int8Array.from([...all, ...all]), step: 2, full: 128 });
        expect(loudness.usual).toBeGreaterThanOrEqual(0);
        expect(loudness.usual).toBeLessThanOrEqual(1);
      }),
    );
  });
});
