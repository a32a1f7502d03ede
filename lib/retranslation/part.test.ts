import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { idsOf, partMs, partOf, priceOfPart } from "./part";

const cue = (id: string, startMs: number, endMs: number): Cue => ({
  ...{ id, startMs, endMs, text: id },
});
const made = (id: string, startMs: number, endMs: number, sourceCueId = id): Cue => ({
  ...cue(id, startMs, endMs),
  provenance: {
    origin: "translation",
    translation: { sourceCueId, sourceText: "", way: "scene" },
  },
});
const source = [cue("a", 0, 1_000), cue("b", 1_000, 2_000), cue("c", 2_000, 3_000)];
const of = (target: Cue[], ...ids: string[]) =>
  partOf({ target, source, chosen: new Set(ids) }).map((each) => [
    idsOf(each).join(" "),
    each.sourceIds.join(" "),
  ]);

describe("partOf", () => {
  it("takes the chosen cues and what they were made from", () => {
    const target = [made("a", 0, 1_000), made("b", 1_000, 2_000), made("x", 2_000, 3_000, "c")];
    expect(of(target, "x", "a")).toEqual([
      ["a", "a"],
      ["x", "c"],
    ]);
  });

  it("takes with a merged cue all that was merged into it", () => {
    const target = [made("a", 0, 2_000), made("c", 2_000, 3_000)];
    expect(of(target, "a", "c")).toEqual([
      ["a", "a b"],
      ["c", "c"],
    ]);
  });

  it("takes all parts of what was split, whichever of them is chosen", () => {
    const target = [
      made("a", 0, 400),
      made("a2", 400, 1_000, "a"),
      made("b", 1_000, 1_400),
      made("b2", 1_400, 3_000, "b"),
    ];
    expect(of(target, "a2")).toEqual([["a a2", "a"]]);
    // Of the third cue nothing is left but what was merged into the second's last part.
    expect(of(target, "b", "b2", "a")).toEqual([
      ["a a2", "a"],
      ["b b2", "b c"],
    ]);
  });

  it.each([
    [3_000, 4_000],
    [2_500, 3_200, 4_000],
  ])("takes what was merged in before the split, wherever the cuts are: %j", (...ends) => {
    const both = [cue("a", 0, 2_000), cue("b", 2_000, 4_000), cue("c", 4_000, 6_000)];
    const parts = ends.map((endMs, i) => made(`a${i}`, ends[i - 1] ?? 0, endMs, "a"));
    const target = [...parts, made("c", 4_000, 6_000)];
    expect(partOf({ target, source: both, chosen: new Set(["a0", "c"]) })).toEqual([
      { cueId: "a0", moreIds: parts.slice(1).map(({ id }) => id), sourceIds: ["a", "b"] },
      { cueId: "c", sourceIds: ["c"] },
    ]);
  });

  it("leaves out what renders nothing", () => {
    expect(of([cue("new", 0, 1_000), made("gone", 1_000, 2_000, "z")], "new", "gone")).toEqual([]);
  });

  it("goes by the id where nobody has written down what was rendered", () => {
    expect(of([cue("b", 1_000, 2_000)], "b")).toEqual([["b", "b"]]);
  });
});

describe("the price of a part", () => {
  it.each([
    [[], 1_000, 1],
    [[cue("a", 0, 900)], 1_000, 1],
    [[cue("a", 0, 12_000)], 12_000, 1],
    [[cue("a", 0, 12_001)], 13_000, 2],
    [[cue("a", 0, 30_000), cue("b", 0, 30_000)], 60_000, 5],
    [[cue("a", 0, 61_000)], 61_000, 6],
  ])("is 5 credits a minute by the second, in whole credits", (cues, ms, credits) => {
    expect(partMs(cues)).toBe(ms);
    expect(priceOfPart(ms, "ko", "en").total).toBe(credits);
  });
});
