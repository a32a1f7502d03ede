import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import {
  applyOperation,
  conflictsWith,
  type SubtitleOperation,
  touches,
} from "@/lib/subtitles/operations";

const cues: Cue[] = ["a", "b", "c"].map((id, i) => ({
  id,
  startMs: i * 1000,
  endMs: i * 1000 + 900,
  text: `text ${id}`,
  speaker: "민수",
}));

const operation = fc.record({
  kind: fc.constant("setText" as const),
  cueId: fc.constantFrom("a", "b", "c"),
  text: fc.constantFrom("", "가", "나\n다", "text a"),
});

function apply(list: readonly Cue[], op: SubtitleOperation) {
  const result = applyOperation(list, op);
  if (!result.ok) throw new Error(result.code);
  return result;
}

describe("applyOperation", () => {
  it("changes the text of one cue and shares the others", () => {
    const result = apply(cues, { kind: "setText", cueId: "b", text: "새 글" });
    expect(result.cues[1]).toEqual({ ...cues[1], text: "새 글" });
    expect(result.cues[0]).toBe(cues[0]);
    expect(cues[1]?.text).toBe("text b");
  });

  it("gives back the same list when nothing changes", () => {
    expect(apply(cues, { kind: "setText", cueId: "a", text: "text a" }).cues).toBe(cues);
  });

  it("answers for a cue that isn't there instead of throwing", () => {
    expect(applyOperation(cues, { kind: "setText", cueId: "z", text: "" })).toEqual({
      ok: false,
      code: "cue_not_found",
      cueId: "z",
    });
  });

  it("is undone exactly by the inverses in reverse order", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 20 }), (operations) => {
        let now: readonly Cue[] = cues;
        const inverses: SubtitleOperation[] = [];
        for (const op of operations) {
          const result = apply(now, op);
          now = result.cues;
          inverses.unshift(result.inverse);
        }
        for (const inverse of inverses) now = apply(now, inverse).cues;
        expect(now).toEqual(cues);
      }),
    );
  });
});

describe("conflictsWith", () => {
  const set = (cueId: string, text: string): SubtitleOperation => ({
    kind: "setText",
    cueId,
    text,
  });

  it.each([
    [set("a", "1"), set("b", "2"), false],
    [set("a", "1"), set("a", "2"), true],
    [set("a", "1"), set("a", "1"), false],
  ])("%j and %j: %j", (a, b, conflict) => {
    expect(conflictsWith(a, b)).toBe(conflict);
    expect(conflictsWith(b, a)).toBe(conflict);
  });

  it("never lets the order matter for operations that don't conflict", () => {
    fc.assert(
      fc.property(operation, operation, (a, b) => {
        fc.pre(!conflictsWith(a, b));
        expect(apply(apply(cues, a).cues, b).cues).toEqual(apply(apply(cues, b).cues, a).cues);
      }),
    );
  });

  it("touches only what applying changes", () => {
    expect(touches(set("a", "1"))).toEqual([{ cueId: "a", property: "text" }]);
  });
});
