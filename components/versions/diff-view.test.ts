import { expect, it } from "vitest";
import type { VersionDiffView } from "@/lib/tracks/schema";
import { flipped, isOfKind, kindsIn, placeOf } from "./diff-view";

const cue = (startMs: number, text = "말") => ({
  ...{ startMs, endMs: startMs + 1_000, text },
  speaker: null,
});
const diff: VersionDiffView = {
  counts: { added: 1, removed: 2, texts: 1, times: 1, all: 4 },
  style: false,
  cues: [
    { cueId: "new", before: null, after: cue(0), aspects: [] },
    { cueId: "old", before: cue(1_000), after: null, aspects: [] },
    { cueId: "both", before: cue(2_000), after: cue(2_500, "다른 말"), aspects: ["text", "times"] },
  ],
};

it("what came is what went, seen from the other side", () => {
  const other = flipped(diff);
  expect(other.counts).toEqual({ added: 2, removed: 1, texts: 1, times: 1, all: 4 });
  expect(other.cues[0]).toMatchObject({ cueId: "new", before: { startMs: 0 }, after: null });
  expect(flipped(other)).toEqual(diff);
});

it("tells kinds apart, and only offers those that there are", () => {
  expect(kindsIn(diff.cues)).toEqual(["all", "added", "removed", "text", "times"]);
  expect(kindsIn([])).toEqual(["all"]);
  const of = (kind: "added" | "removed" | "text" | "speaker") =>
    diff.cues.filter((each) => isOfKind(each, kind)).map(({ cueId }) => cueId);
  expect([of("added"), of("removed"), of("text"), of("speaker")]).toEqual([
    ["new"],
    ["old"],
    ["both"],
    [],
  ]);
});

it("stands where the cue is afterwards, or was", () => {
  expect(diff.cues.map(placeOf)).toEqual([0, 1_000, 2_500]);
});
