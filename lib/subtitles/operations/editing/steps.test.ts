import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import {
  applyAllToTrack,
  applyToTrack,
  type EditOperation,
  type SubtitleOperation,
} from "@/lib/subtitles/operations";
import {
  carryTimes,
  changedSince,
  coalesce,
  invertGroup,
  makeSnapper,
  undoable,
} from "@/lib/subtitles/operations/editing";
import { makeCue } from "@/lib/subtitles/operations/editing/test-tracks";
import { defaultStyle } from "@/lib/subtitles/style";

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

describe("coalesce", () => {
  const edit = (id: number, groupId: string, operation: EditOperation, inverse: EditOperation) => ({
    ...{ id, groupId, operation, inverse },
  });

  it("makes one edit of a line that was typed", () => {
    const typed = [
      edit(1, "g", set("a", "ㅎ"), set("a", "")),
      edit(2, "g", set("a", "하"), set("a", "ㅎ")),
      edit(3, "g", set("a", "한"), set("a", "하")),
      edit(4, "g", set("b", "글"), set("b", "")),
      edit(5, "h", set("b", "글자"), set("b", "글")),
      edit(6, "h", time("b", 0, 1), time("b", 0, 9)),
      edit(7, "h", time("b", 0, 2), time("b", 0, 1)),
    ];
    expect(coalesce(typed)).toEqual([
      edit(1, "g", set("a", "한"), set("a", "")),
      typed[3],
      typed[4],
      edit(6, "h", time("b", 0, 2), time("b", 0, 9)),
    ]);
  });

  it("leaves edits with something between them, and those of many cues", () => {
    const remove = { kind: "removeCue" as const, cueId: "a" };
    const insert = { kind: "insertCue" as const, cue: makeCue("a", [0, 1], "") };
    const edits = [
      edit(1, "g", set("a", "1"), set("a", "")),
      edit(2, "g", set("b", "1"), set("b", "")),
      edit(3, "g", set("a", "2"), set("a", "1")),
      edit(4, "g", remove, insert),
      edit(5, "g", insert, remove),
    ];
    expect(coalesce(edits)).toEqual(edits);
  });
});

describe("steps", () => {
  const cues: readonly Cue[] = [makeCue("a", [0, 1_000], "가"), makeCue("b", [1_000, 2_000], "나")];

  it("are taken back by their inverses in reverse order", () => {
    const op = fc.constantFrom<EditOperation>(
      set("a", "1"),
      set("a", "2"),
      time("a", 3_000, 4_000),
      { kind: "removeCue", cueId: "b" },
      { kind: "insertCue", cue: makeCue("b", [5_000, 6_000], "새") },
      { kind: "setTrackStyle", style: defaultStyle },
      { kind: "batch", operations: [set("a", "3"), time("a", 1, 2)] },
    );
    fc.assert(
      fc.property(fc.array(op, { maxLength: 12 }), (operations) => {
        const track = { cues, style: null };
        let now: { cues: readonly Cue[]; style: typeof defaultStyle | null } = track;
        const done: { inverse: EditOperation }[] = [];
        for (const operation of operations) {
          const applied = applyToTrack(now, operation);
          if (!applied.ok) continue;
          now = applied.content;
          done.push({ inverse: applied.inverse });
        }
        expect(applyAllToTrack(now, invertGroup(done))).toEqual({ ok: true, content: track });
      }),
    );
  });

  it("come back as few operations as can be", () => {
    expect(invertGroup([])).toEqual([]);
    expect(invertGroup([{ inverse: set("a", "") }])).toEqual([set("a", "")]);
    const look = { kind: "setTrackStyle" as const, style: null };
    const parts = [
      { inverse: set("a", "") },
      { inverse: look },
      { inverse: set("b", "1") },
      { inverse: set("b", "2") },
    ];
    expect(invertGroup(parts)).toEqual([
      { kind: "batch", operations: [set("b", "2"), set("b", "1")] },
      look,
      set("a", ""),
    ]);
  });

  it.each<[SubtitleOperation, SubtitleOperation[], unknown]>([
    [set("a", "1"), [], undefined],
    [set("a", "1"), [set("b", "1"), time("a", 0, 1)], undefined],
    [set("a", "1"), [set("a", "2")], { cueId: "a", property: "text" }],
    [set("a", "1"), [{ kind: "removeCue", cueId: "a" }], { cueId: "a", property: "text" }],
    [{ kind: "removeCue", cueId: "a" }, [set("a", "2")], { cueId: "a", property: "existence" }],
    [{ kind: "setTrackStyle", style: null }, [set("a", "2")], undefined],
    [
      { kind: "setTrackStyle", style: null },
      [{ kind: "setTrackStyle", style: defaultStyle }],
      { cueId: "", property: "style" },
    ],
    [set("a", "1"), [{ kind: "replace", version: 3 }], { cueId: "a", property: "text" }],
  ])("%j after %j: %j", (operation, later, touched) => {
    expect(changedSince([{ operation }], later)).toEqual(touched);
    expect(undoable([{ operation }], later)).toBe(touched === undefined);
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
