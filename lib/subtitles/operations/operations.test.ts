import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue, TrackContent } from "@/lib/subtitles/model";
import {
  applyAllToTrack,
  applyOperation,
  applyOperations,
  applyToTrack,
  type CueOperation,
  conflictsWith,
  type EditOperation,
  inTrackOrder,
  type SimpleOperation,
  type SubtitleOperation,
  touches,
  touchesCue,
} from "@/lib/subtitles/operations";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

const cues: readonly Cue[] = ["a", "b", "c"].map((id, i) => ({
  id,
  startMs: i * 1000,
  endMs: i * 1000 + 900,
  text: `text ${id}`,
  ...(id !== "c" && { speaker: "민수" }),
}));

const testStyle: SubtitleStyle = {
  fontFamily: "Pretendard",
  fontSizePercent: 5,
  bold: true,
  italic: false,
  color: "#ffffff",
  outlineColor: "#000000",
  outlinePercent: 0.2,
  shadowPercent: 0,
  backgroundColor: null,
  alignment: 2,
  marginVerticalPercent: 6,
  marginHorizontalPercent: 5,
  position: null,
};

const cueId = fc.constantFrom("a", "b", "c", "d", "e");
const startMs = fc.constantFrom(0, 500, 1_000, 1_500, 4_000);
const text = fc.constantFrom("", "가", "나\n다", "text a");
const overrides: fc.Arbitrary<StyleOverrides> = fc.constantFrom(
  {},
  { bold: true },
  { color: "#ffcc00", position: { xPercent: 50, yPercent: 90 } },
  { position: { yPercent: 90, xPercent: 50 }, color: "#ffcc00" },
);
const cue: fc.Arbitrary<Cue> = fc.record(
  { id: cueId, startMs, endMs: fc.constant(9_000), text, styleOverrides: overrides },
  { requiredKeys: ["id", "startMs", "endMs", "text"] },
);

const simple: fc.Arbitrary<SimpleOperation> = fc.oneof(
  fc.record({ kind: fc.constant("setText" as const), cueId, text }),
  fc.record({ kind: fc.constant("setTimes" as const), cueId, startMs, endMs: fc.constant(5_000) }),
  fc.record({
    kind: fc.constant("setSpeaker" as const),
    cueId,
    speaker: fc.constantFrom(null, "민수", "영희"),
  }),
  fc.record({
    kind: fc.constant("setStyle" as const),
    cueId,
    style: fc.option(overrides, { nil: null }),
  }),
  fc.record({ kind: fc.constant("insertCue" as const), cue }),
  fc.record({ kind: fc.constant("removeCue" as const), cueId }),
  fc.record({
    kind: fc.constant("replaceCues" as const),
    remove: fc.array(cueId, { maxLength: 3 }),
    insert: fc.array(cue, { maxLength: 3 }),
  }),
);

const operation: fc.Arbitrary<CueOperation> = fc.oneof(
  { weight: 3, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("batch" as const),
      operations: fc.array(simple, { minLength: 1, maxLength: 4 }),
    }),
  },
);

const trackStyles: readonly (SubtitleStyle | null)[] = [
  null,
  testStyle,
  { ...testStyle, bold: false },
];
const edit: fc.Arbitrary<EditOperation> = fc.oneof(
  { weight: 3, arbitrary: operation },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("setTrackStyle" as const),
      style: fc.constantFrom(...trackStyles),
    }),
  },
);

function apply(list: readonly Cue[], op: CueOperation) {
  const result = applyOperation(list, op);
  if (!result.ok) throw new Error(result.code);
  return result;
}

const set = (id: string, value: string) => ({ kind: "setText" as const, cueId: id, text: value });

describe("applyOperation", () => {
  it("changes the text of one cue and shares the others", () => {
    const result = apply(cues, set("b", "새 글"));
    expect(result.cues[1]).toEqual({ ...cues[1], text: "새 글" });
    expect(result.cues[0]).toBe(cues[0]);
    expect(cues[1]?.text).toBe("text b");
  });

  it("gives back the same list when nothing changes", () => {
    for (const nothing of [
      set("a", "text a"),
      { kind: "setTimes" as const, cueId: "a", startMs: 0, endMs: 900 },
      { kind: "setSpeaker" as const, cueId: "c", speaker: null },
      { kind: "setStyle" as const, cueId: "c", style: null },
      { kind: "replaceCues" as const, remove: [], insert: [] },
    ]) {
      expect(apply(cues, nothing).cues).toBe(cues);
    }
  });

  it("keeps the order of time, and takes a speaker away without a trace", () => {
    const moved = apply(cues, { kind: "setTimes", cueId: "a", startMs: 1_500, endMs: 1_700 });
    expect(moved.cues.map(({ id }) => id)).toEqual(["b", "a", "c"]);
    const quiet = apply(cues, { kind: "setSpeaker", cueId: "a", speaker: null });
    expect(quiet.cues[0]).not.toHaveProperty("speaker");
    expect(apply(quiet.cues, quiet.inverse).cues).toEqual(cues);
  });

  it("answers for what isn't there, or is there already, instead of throwing", () => {
    const gone = { ok: false, code: "cue_not_found", cueId: "z" };
    expect(applyOperation(cues, set("z", ""))).toEqual(gone);
    expect(applyOperation(cues, { kind: "removeCue", cueId: "z" })).toEqual(gone);
    const [first] = cues;
    if (!first) throw new Error("no cue");
    expect(applyOperation(cues, { kind: "insertCue", cue: first })).toEqual({
      ...gone,
      code: "cue_exists",
      cueId: "a",
    });
  });

  it("does all of a batch or nothing", () => {
    const operations = [set("a", "new"), set("z", "nowhere")];
    expect(applyOperation(cues, { kind: "batch", operations })).toMatchObject({ ok: false });
    expect(cues[0]?.text).toBe("text a");
  });

  it("is undone exactly by the inverses in reverse order", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 20 }), (operations) => {
        let now: readonly Cue[] = cues;
        const inverses: CueOperation[] = [];
        const done: CueOperation[] = [];
        for (const op of operations) {
          const result = applyOperation(now, op);
          if (!result.ok) continue;
          now = result.cues;
          done.push(op);
          inverses.unshift(result.inverse);
          expect(now).toEqual(inTrackOrder(now));
        }
        expect(applyOperations(cues, done)).toEqual({ ok: true, cues: now });
        for (const inverse of inverses) now = apply(now, inverse).cues;
        expect(now).toEqual(cues);
      }),
    );
  });

  it("takes twenty thousand operations in one step", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      ...{ id: `c${i}`, startMs: i * 100, endMs: i * 100 + 90, text: "글" },
    }));
    const operations = many.map(({ id }) => set(id, "새 글"));
    const before = performance.now();
    const { cues: after, inverse } = apply(many, { kind: "batch", operations });
    expect(apply(after, inverse).cues).toEqual(many);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe("conflictsWith", () => {
  it.each<[SubtitleOperation, SubtitleOperation, boolean]>([
    [set("a", "1"), set("b", "2"), false],
    [set("a", "1"), set("a", "2"), true],
    [set("a", "1"), set("a", "1"), false],
    [set("a", "1"), { kind: "setTimes", cueId: "a", startMs: 1, endMs: 2 }, false],
    [set("a", "1"), { kind: "setSpeaker", cueId: "a", speaker: "x" }, false],
    [set("a", "1"), { kind: "removeCue", cueId: "a" }, true],
    [set("a", "1"), { kind: "setStyle", cueId: "a", style: { bold: true } }, false],
    [
      { kind: "setStyle", cueId: "a", style: { bold: true, italic: true } },
      { kind: "setStyle", cueId: "a", style: { italic: true, bold: true } },
      false,
    ],
    [
      { kind: "setStyle", cueId: "a", style: null },
      { kind: "setStyle", cueId: "a", style: { bold: true } },
      true,
    ],
    [{ kind: "setStyle", cueId: "a", style: null }, { kind: "removeCue", cueId: "a" }, true],
    [{ kind: "setTrackStyle", style: null }, { kind: "setTrackStyle", style: testStyle }, true],
    [
      { kind: "setTrackStyle", style: testStyle },
      { kind: "setTrackStyle", style: { ...testStyle } },
      false,
    ],
    [
      { kind: "setTrackStyle", style: testStyle },
      { kind: "setStyle", cueId: "a", style: { bold: true } },
      false,
    ],
    [{ kind: "setTrackStyle", style: null }, { kind: "replace", version: 2 }, true],
    [{ kind: "removeCue", cueId: "a" }, { kind: "removeCue", cueId: "a" }, true],
    [{ kind: "replaceCues", remove: ["a", "b"], insert: [] }, set("b", "1"), true],
    [{ kind: "batch", operations: [set("a", "1"), set("b", "1")] }, set("b", "2"), true],
    [{ kind: "batch", operations: [set("a", "1")] }, set("b", "2"), false],
    [{ kind: "replace", version: 2 }, set("b", "2"), true],
  ])("%j and %j: %j", (a, b, conflict) => {
    expect(conflictsWith(a, b)).toBe(conflict);
    expect(conflictsWith(b, a)).toBe(conflict);
  });

  it("never lets the order matter for operations that don't conflict", () => {
    const track: TrackContent = { cues, style: null };
    fc.assert(
      fc.property(edit, edit, (a, b) => {
        expect(conflictsWith(a, b)).toBe(conflictsWith(b, a));
        fc.pre(!conflictsWith(a, b));
        const [first, second] = [applyToTrack(track, a), applyToTrack(track, b)];
        fc.pre(first.ok && second.ok);
        const [ab, ba] = [applyAllToTrack(track, [a, b]), applyAllToTrack(track, [b, a])];
        expect(ab.ok).toBe(true);
        expect(ab).toEqual(ba);
      }),
      { numRuns: 500 },
    );
  });
});

describe("applyToTrack", () => {
  it("is undone exactly by the inverses in reverse order", () => {
    const styles = fc.constantFrom(...trackStyles);
    fc.assert(
      fc.property(styles, fc.array(edit, { maxLength: 20 }), (style, operations) => {
        const track: TrackContent = { cues, style };
        let now = track;
        const done: EditOperation[] = [];
        const inverses: EditOperation[] = [];
        for (const op of operations) {
          const result = applyToTrack(now, op);
          if (!result.ok) continue;
          now = result.content;
          done.push(op);
          inverses.unshift(result.inverse);
        }
        expect(applyAllToTrack(track, done)).toEqual({ ok: true, content: now });
        expect(applyAllToTrack(now, inverses)).toEqual({ ok: true, content: track });
      }),
    );
  });

  it("gives back the same track when nothing changes", () => {
    const track: TrackContent = { cues, style: testStyle };
    const again = applyToTrack(track, { kind: "setTrackStyle", style: { ...testStyle } });
    expect(again.ok && again.content).toBe(track);
    const same = applyToTrack(track, set("a", "text a"));
    expect(same.ok && same.content).toBe(track);
    expect(applyAllToTrack(track, [])).toEqual({ ok: true, content: track });
  });

  it("can't make what only a snapshot knows", () => {
    const replace = { kind: "replace" as const, version: 1 };
    const refusal = { ok: false, code: "needs_snapshot" };
    expect(applyToTrack({ cues, style: null }, replace)).toEqual(refusal);
    expect(applyAllToTrack({ cues, style: null }, [replace])).toEqual(refusal);
  });
});

describe("touches", () => {
  it("names only what applying changes, and all of it", () => {
    fc.assert(
      fc.property(operation, (op) => {
        const result = applyOperation(cues, op);
        fc.pre(result.ok);
        const named = new Set(touches(op).map((touched) => touched.cueId));
        for (const id of ["a", "b", "c", "d", "e"]) {
          const [old, now] = [cues, result.cues].map((list) => list.find((one) => one.id === id));
          if (old !== now) expect(named.has(id)).toBe(true);
          expect(touchesCue(op, id)).toBe(named.has(id));
        }
      }),
    );
    const look = { kind: "setTrackStyle" as const, style: null };
    expect(touches(look)).toEqual([{ cueId: "", property: "style" }]);
    expect(touchesCue(look, "a")).toBe(false);
    expect(touches(set("a", "1"))).toEqual([{ cueId: "a", property: "text" }]);
    expect(touchesCue({ kind: "replace", version: 1 }, "a")).toBe(true);
  });
});
