import { describe, expect, it } from "vitest";
import { changedCues, diffTracks } from "@/lib/subtitles/diff";
import type { Cue } from "@/lib/subtitles/model";
import { defaultStyle } from "@/lib/subtitles/style";

const cue = (
  id: string,
  startMs: number,
  endMs: number,
  text = "글",
  more: Partial<Cue> = {},
): Cue => ({
  ...{ id, startMs, endMs, text },
  ...more,
});
const track = (...cues: Cue[]) => ({ cues, style: null });
const told = (from: Cue[], to: Cue[]) =>
  diffTracks(track(...from), track(...to)).cues.map(({ kind, cueId, aspects }) =>
    [kind, cueId, ...aspects].join(" "),
  );

describe("diffTracks", () => {
  const a = cue("a", 0, 1_000);
  const b = cue("b", 2_000, 3_000);

  it.each<[string, Cue[], Cue[], string[]]>([
    ["nothing", [a, b], [{ ...a }, b], []],
    ["a text", [a, b], [a, { ...b, text: "다른 글" }], ["changed b text"]],
    ["a time", [a, b], [{ ...a, endMs: 1_500 }, b], ["moved a times"]],
    [
      "everything",
      [a],
      [{ ...a, text: "새", startMs: 5, speaker: "민수", styleOverrides: { bold: false } }],
      ["changed a text times speaker style"],
    ],
    ["a place", [a], [{ ...a, settings: { line: 0 } }], ["changed a style"]],
    ["a cue more, one less", [a], [b], ["removed a", "added b"]],
    [
      "the order of a style",
      [{ ...a, styleOverrides: { bold: true, italic: true } }],
      [{ ...a, styleOverrides: { italic: true, bold: true } }],
      [],
    ],
    ["ids alone", [a, b], [cue("x", 0, 1_000), cue("y", 2_000, 3_000)], []],
    [
      "a new run",
      [a, b],
      [cue("x", 100, 1_100, "새 글"), cue("y", 2_000, 3_000, "새")],
      ["changed x text times", "changed y text"],
    ],
    ["a new run that cuts elsewhere", [a, b], [cue("x", 0, 3_000)], ["moved x times", "removed b"]],
    ["cues that hardly meet", [a], [cue("x", 900, 1_900)], ["removed a", "added x"]],
  ])("tells %s", (_, from, to, differences) => expect(told(from, to)).toEqual(differences));

  it("counts, and sees the look of the whole", () => {
    const diff = diffTracks(
      { cues: [a, b], style: null },
      { cues: [a, { ...b, endMs: 9_000 }], style: defaultStyle },
    );
    expect(diff.counts).toEqual({ added: 0, removed: 0, changed: 0, moved: 1, same: 1 });
    expect(diff.style).toBe(true);
    expect(diffTracks(track(a), track(a)).style).toBe(false);
  });

  it("compares twenty thousand cues of two runs without going through all pairs", () => {
    const many = (name: string, byMs: number) =>
      Array.from({ length: 20_000 }, (_, i) =>
        cue(`${name}${i}`, i * 1_000 + byMs, i * 1_000 + 900 + byMs, `글 ${i} ${byMs}`),
      );
    const [from, to] = [track(...many("a", 0)), track(...many("b", 40))];
    diffTracks(from, to);
    const before = performance.now();
    expect(diffTracks(from, to).counts.changed).toBe(20_000);
    const heap = track(
      ...Array.from({ length: 20_000 }, (_, i) => cue(`h${i}`, 0, 1_000_000, `${i}`)),
    );
    expect(performance.now() - before).toBeLessThan(5_000);
    const start = performance.now();
    diffTracks(heap, to);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe("changedCues", () => {
  it("goes by ids alone: what an edit does", () => {
    const [a, b] = [cue("a", 0, 1_000), cue("b", 2_000, 3_000)];
    const parts = [cue("a", 0, 400), cue("n", 500, 1_000), b];
    expect(changedCues([a, b], parts).map(({ kind, cueId }) => `${kind} ${cueId}`)).toEqual([
      "moved a",
      "added n",
    ]);
    expect(changedCues([a, b], [b]).map(({ kind }) => kind)).toEqual(["removed"]);
  });
});
