import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import {
  applyOperation,
  applyOperations,
  conflictsWith,
  type EditOperation,
  inTrackOrder,
  type SimpleOperation,
  type SubtitleOperation,
  touches,
  touchesCue,
} from "@/lib/subtitles/operations";

const cues: readonly Cue[] = ["a", "b", "c"].map((id, i) => ({
  id,
  startMs: i * 1000,
  endMs: i * 1000 + 900,
  text: `text ${id}`,
  ...(id !== "c" && { speaker: "민수" }),
}));

const cueId = fc.constantFrom("a", "b", "c", "d", "e");
const startMs = fc.constantFrom(0, 500, 1_000, 1_500, 4_000);
const text = fc.constantFrom("", "가", "나\n다", "text a");
const cue: fc.Arbitrary<Cue> = fc.record({
  id: cueId,
  startMs,
  endMs: fc.constant(9_000),
  text,
});

const simple: fc.Arbitrary<SimpleOperation> = fc.oneof(
  fc.record({ kind: fc.constant("setText" as const), cueId, text }),
  fc.record({ kind: fc.constant("setTimes" as const), cueId, startMs, endMs: fc.constant(5_000) }),
  fc.record({
    kind: fc.constant("setSpeaker" as const),
    cueId,
    speaker: fc.constantFrom(null, "민수", "영희"),
  }),
  fc.record({ kind: fc.constant("insertCue" as const), cue }),
  fc.record({ kind: fc.constant("removeCue" as const), cueId }),
  fc.record({
    kind: fc.constant("replaceCues" as const),
    remove: fc.array(cueId, { maxLength: 3 }),
    insert: fc.array(cue, { maxLength: 3 }),
  }),
);

const operation: fc.Arbitrary<EditOperation> = fc.oneof(
  { weight: 3, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("batch" as const),
      operations: fc.array(simple, { minLength: 1, maxLength: 4 }),
    }),
  },
);

function apply(list: readonly Cue[], op: SubtitleOperation) {
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
    expect(applyOperation(cues, { kind: "replace", version: 1 })).toMatchObject({
      code: "needs_snapshot",
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
        const inverses: EditOperation[] = [];
        const done: EditOperation[] = [];
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
    expect(performance.now() - before).toBeLessThan(1_000);
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
    fc.assert(
      fc.property(operation, operation, (a, b) => {
        expect(conflictsWith(a, b)).toBe(conflictsWith(b, a));
        fc.pre(!conflictsWith(a, b));
        const [first, second] = [applyOperation(cues, a), applyOperation(cues, b)];
        fc.pre(first.ok && second.ok);
        const [ab, ba] = [applyOperations(cues, [a, b]), applyOperations(cues, [b, a])];
        expect(ab.ok).toBe(true);
        expect(ab).toEqual(ba);
      }),
      { numRuns: 500 },
    );
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
    expect(touches(set("a", "1"))).toEqual([{ cueId: "a", property: "text" }]);
    expect(touchesCue({ kind: "replace", version: 1 }, "a")).toBe(true);
  });
});
