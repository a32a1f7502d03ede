import { describe, expect, it } from "vitest";
import { nextPlace, type Place } from "./find-state";

const order = new Map(["a", "b", "c", "d"].map((id, i) => [id, i]));
const place = (cueId: string, match = 0): Place => ({ trackId: "t", cueId, match });
const places = [place("b"), place("b", 1), place("d")];

describe("nextPlace", () => {
  it.each([
    ["from a match to the next", place("b"), "b", 1, place("b", 1)],
    ["over the end to the first", place("d"), "d", 1, place("b")],
    ["over the beginning to the last", place("b"), "b", -1, place("d")],
    ["from the chosen cue on", null, "c", 1, place("d")],
    ["back from the chosen cue", null, "c", -1, place("b", 1)],
    ["from where the person has gone since", place("b"), "c", 1, place("d")],
    ["from the beginning", null, null, 1, place("b")],
    ["to what is gone no more", place("x"), "c", 1, place("d")],
  ] as const)("goes %s", (_, current, cueId, step, wanted) => {
    expect(nextPlace({ places, current, cueId, order, step })).toEqual(wanted);
  });

  it("goes nowhere where nothing is found", () => {
    expect(nextPlace({ places: [], current: null, cueId: "a", order, step: 1 })).toBeUndefined();
  });
});
