import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { inTrackOrder } from "@/lib/subtitles/operations";
import { CueLane } from "./cue-lane";
import { type Hit, hitAt } from "./hit";
import { possible } from "./view";

const cue = (id: string, startMs: number, endMs: number): Cue => ({ id, startMs, endMs, text: id });

const cues = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 900 })), {
    maxLength: 40,
  })
  .map((all) => inTrackOrder(all.map(([start, length], i) => cue(`c${i}`, start, start + length))));
const time = fc.integer({ min: -100, max: 7_000 });

describe("CueLane", () => {
  it("finds all that shows in a stretch", () => {
    fc.assert(
      fc.property(cues, time, fc.integer({ min: 0, max: 2_000 }), (all, fromMs, lengthMs) => {
        const lane = new CueLane(all);
        const toMs = fromMs + lengthMs;
        const { from, to } = lane.between(fromMs, toMs);
        const outside = [...all.slice(0, from), ...all.slice(to)];
        expect(outside.every((one) => one.endMs <= fromMs || one.startMs > toMs)).toBe(true);
      }),
    );
  });

  it("finds all that shows at a time", () => {
    fc.assert(
      fc.property(cues, time, (all, ms) => {
        const shown = all.filter((one) => one.startMs <= ms && one.endMs > ms);
        expect(new CueLane(all).at(ms)).toEqual(expect.arrayContaining(shown));
      }),
    );
  });

  it("knows where nothing shows", () => {
    fc.assert(
      fc.property(cues, time, (all, at) => {
        const ms = Math.max(0, at);
        const free = new CueLane(all).freeAround(ms);
        const covered = all.some((one) => one.startMs <= ms && one.endMs > ms);
        expect(free === null).toBe(covered);
        if (!free) return;
        const { fromMs, toMs } = free;
        expect(all.every((one) => one.endMs <= fromMs || one.startMs >= toMs)).toBe(true);
      }),
    );
  });

  it("looks into twenty thousand cues in no time", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => cue(`c${i}`, i * 1_000, i * 1_000 + 900));
    const lane = new CueLane(many);
    const before = performance.now();
    for (let i = 0; i < 10_000; i++) lane.between(i * 1_999, i * 1_999 + 60_000);
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(lane.between(5_000_000, 5_002_500)).toEqual({ from: 5_000, to: 5_003 });
  });
});

describe("hitAt", () => {
  const lane = new CueLane([
    cue("a", 1_000, 2_000),
    cue("b", 2_000, 3_000),
    cue("c", 4_000, 4_050),
  ]);
  const view = possible({ fromMs: 0, msPerPx: 10, widthPx: 600, extentMs: 60_000 });
  const rows = { waveTop: 20, cuesTop: 100, bottom: 150 };
  const at = (x: number, y: number, selectedId: string | null = null): Hit =>
    hitAt(x, y, { view, rows, lane, selectedId, reachPx: 6 });

  it.each<[string, number, number, string | null, Hit]>([
    ["the ruler", 150, 5, null, { kind: "ruler" }],
    ["the waveform", 150, 50, null, { kind: "ground" }],
    ["a block", 150, 120, null, { kind: "cue", cueId: "a" }],
    ["its start", 97, 120, null, { kind: "edge", cueId: "a", edge: "start" }],
    ["its end, on its side", 199, 120, null, { kind: "edge", cueId: "a", edge: "end" }],
    ["the other side", 200, 120, null, { kind: "edge", cueId: "b", edge: "start" }],
    ["the same with a cue selected", 203, 120, "a", { kind: "edge", cueId: "a", edge: "end" }],
    ["an edge in the waveform", 101, 50, "a", { kind: "edge", cueId: "a", edge: "start" }],
    ["a narrow block", 402, 120, null, { kind: "cue", cueId: "c" }],
    ["beside a narrow block", 409, 120, null, { kind: "edge", cueId: "c", edge: "end" }],
    ["nothing", 350, 120, null, { kind: "ground" }],
  ])("%s", (_, x, y, selectedId, expected) => {
    expect(at(x, y, selectedId)).toEqual(expected);
  });
});
