import { describe, expect, it } from "vitest";
import type { EditOperation } from "@/lib/subtitles/operations";
import { carryTimes, makeSnapper } from "@/lib/subtitles/operations/editing";
import { makeCue } from "@/lib/subtitles/operations/editing/test-tracks";

const set = (cueId: string, text: string) => ({ kind: "setText" as const, cueId, text });
const time = (cueId: string, startMs: number, endMs: number) => ({
  ...{ kind: "setTimes" as const, cueId, startMs, endMs },
});

describe("carryTimes", () => {
  const source = [makeCue("a", [0, 1_000], "가"), makeCue("b", [1_000, 2_000], "나")];
  const target = [
    makeCue("a", [0, 1_000], "a"),
    makeCue("b", [1_000, 2_100], "b"),
    makeCue("x", [0, 9], "x"),
  ];

  it.each<[EditOperation, unknown]>([
    [time("a", 100, 900), time("a", 100, 900)],
    [time("b", 100, 900), undefined],
    [time("z", 100, 900), undefined],
    [set("a", "새"), undefined],
    [{ kind: "setTrackStyle", style: null }, undefined],
    [{ kind: "replaceCues", remove: ["a"], insert: [makeCue("a", [0, 400], "가")] }, undefined],
    [
      { kind: "batch", operations: [time("a", 5, 9), time("a", 7, 9), set("a", "새")] },
      time("a", 7, 9),
    ],
    [
      { kind: "batch", operations: [time("a", 5, 9), { kind: "removeCue", cueId: "a" }] },
      undefined,
    ],
  ])("%j: %j", (operation, carried) => {
    expect(carryTimes(operation, source, target)).toEqual(carried);
  });

  it("takes all that share the times along", () => {
    const operation: EditOperation = {
      kind: "batch",
      operations: [time("a", 5, 9), time("b", 7, 9)],
    };
    expect(carryTimes(operation, source, source)).toEqual(operation);
  });
});

describe("makeSnapper", () => {
  const cues = [
    makeCue("a", [1_000, 2_000], "가", { spoken: true }),
    makeCue("b", [3_000, 4_000], "나"),
  ];
  const snapper = makeSnapper({
    cues,
    moving: new Set(["b"]),
    gapMs: 80,
    shotChanges: [2_500, 5_000],
    speech: [{ startMs: 3_300, endMs: 3_900 }],
    fps: 25,
  });

  it.each([
    ["start", 2_045, 50, { ms: 2_080, kind: "cue" }],
    ["start", 2_020, 50, { ms: 2_000, kind: "cue" }],
    ["end", 2_450, 50, { ms: 2_420, kind: "shot" }],
    ["start", 2_480, 50, { ms: 2_500, kind: "shot" }],
    ["start", 3_280, 50, { ms: 3_300, kind: "speech" }],
    ["end", 3_280, 50, { ms: 3_280, kind: "frame" }],
    ["start", 3_015, 50, { ms: 3_000, kind: "frame" }],
    ["start", 3_017, 2, undefined],
    ["end", 940, 50, { ms: 920, kind: "cue" }],
  ] as const)("%s at %d within %d: %j", (edge, ms, toleranceMs, target) => {
    expect(snapper.at({ ms, edge, toleranceMs })).toEqual(target);
  });

  it("gives the playhead what it shares with others", () => {
    const at = (playheadMs: number) =>
      snapper.at({ ms: 2_490, edge: "start", toleranceMs: 50, playheadMs });
    expect(at(2_500)).toEqual({ ms: 2_500, kind: "playhead" });
    expect(at(2_470)).toEqual({ ms: 2_500, kind: "shot" });
    expect(at(2_488.4)).toEqual({ ms: 2_488, kind: "playhead" });
  });
});
