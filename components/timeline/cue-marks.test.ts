import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CueLane } from "./cue-lane";
import {
  type CueMarks,
  conflictedCues,
  gravestFindings,
  type Mark,
  noMarks,
  sameMarks,
} from "./cue-marks";
import { rowsOf } from "./hit";
import { blocksInSight } from "./paint-cues";
import { markStepPx, placeMarks } from "./paint-marks";
import { possible } from "./view";

type Severity = "error" | "warning" | "info";
const found = (cueId: string | null, severity: Severity) => ({
  finding: { ...(cueId !== null && { cueId }), severity },
});

describe("gravestFindings", () => {
  it("is the gravest of each cue, and hints are none", () => {
    const open = [
      found("b", "error"),
      found(null, "error"),
      found("a", "warning"),
      found("b", "warning"),
      found("c", "info"),
    ];
    expect([...gravestFindings(open)]).toEqual([
      ["b", "error"],
      ["a", "warning"],
    ]);
  });
});

describe("conflictedCues", () => {
  it("are cues, each once, and not the track's style", () => {
    const open = ["a", "", "b", "a"].map((cueId) => ({ cueId }));
    expect([...conflictedCues(open)]).toEqual(["a", "b"]);
  });
});

const marksOf = (
  findings: [string, "error" | "warning"][],
  conflicts: string[] = [],
): CueMarks => ({
  findings: new Map(findings),
  conflicts: new Set(conflicts),
});

describe("sameMarks", () => {
  it.each([
    [marksOf([]), noMarks, true],
    [marksOf([["a", "error"]], ["b"]), marksOf([["a", "error"]], ["b"]), true],
    [marksOf([["a", "error"]]), marksOf([["a", "warning"]]), false],
    [marksOf([["a", "error"]]), marksOf([["b", "error"]]), false],
    [marksOf([], ["a"]), marksOf([], ["b"]), false],
    [marksOf([], ["a"]), marksOf([], ["a", "b"]), false],
  ])("%#", (a, b, same) => {
    expect(sameMarks(a, b)).toBe(same);
    expect(sameMarks(b, a)).toBe(same);
  });
});

const gravestOf = (marks: readonly (Mark | undefined)[]) =>
  (["conflict", "error", "warning"] as const).find((mark) => marks.includes(mark));

describe("placeMarks", () => {
  const cues = Array.from({ length: 100 }, (_, i) => {
    const startMs = i * 1_000;
    return { id: `c${i}`, startMs, endMs: startMs + 800, text: "" };
  });
  const lane = new CueLane(cues);
  const extentMs = 100_000;
  const placed = (marks: CueMarks, { fromMs = 0, msPerPx = 10, heightPx = 200 } = {}) => {
    const view = possible({ fromMs, msPerPx, widthPx: 500, extentMs });
    const blocks = blocksInSight({ view, lane, preview: null });
    return placeMarks(blocks, { view, rows: rowsOf(heightPx) }, marks);
  };

  it("stand at the starts of their blocks, those of a conflict before the finding", () => {
    const marks = marksOf(
      [
        ["c1", "warning"],
        ["c2", "error"],
      ],
      ["c2"],
    );
    expect(placed(marks)).toEqual([
      { x: 108, mark: "warning" },
      { x: 208, mark: "conflict" },
      { x: 218, mark: "error" },
    ]);
    expect(placed(marks, { heightPx: 60 }).map(({ mark }) => mark)).toEqual([
      "warning",
      "conflict",
    ]);
  });

  it("stay in sight with a block that begins before it", () => {
    expect(placed(marksOf([["c20", "error"]]), { fromMs: 20_400 })).toEqual([
      { x: 8, mark: "error" },
    ]);
  });

  it("are one where they would lie on each other: the gravest", () => {
    const marks = marksOf(
      [
        ["c1", "warning"],
        ["c2", "error"],
      ],
      [],
    );
    const view = { msPerPx: 1_000 };
    expect(placed(marks, view).map(({ mark }) => mark)).toEqual(["error"]);
    expect(placed(marksOf([["c1", "error"]], ["c2"]), view).map(({ mark }) => mark)).toEqual([
      "conflict",
    ]);
  });

  it("never lie on each other, and the gravest of all is among them", () => {
    const severity = fc.constantFrom("error", "warning" as const);
    const ids = fc.constantFrom(...cues.map(({ id }) => id));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(ids, severity)),
        fc.array(ids),
        fc.integer({ min: 2, max: 400 }),
        (findings, conflicts, msPerPx) => {
          const marks = marksOf(findings as [string, "error" | "warning"][], conflicts);
          const all = placed(marks, { msPerPx });
          const shown = possible({ fromMs: 0, msPerPx, widthPx: 500, extentMs });
          const inView = blocksInSight({ view: shown, lane, preview: null });
          for (const [i, { x }] of all.entries()) {
            expect(x).toBeGreaterThanOrEqual((all[i - 1]?.x ?? -markStepPx) + markStepPx);
          }
          const own = inView.map(({ cue: { id } }) =>
            marks.conflicts.has(id) ? "conflict" : marks.findings.get(id),
          );
          expect(gravestOf(all.map(({ mark }) => mark))).toBe(gravestOf(own));
        },
      ),
    );
  });
});
