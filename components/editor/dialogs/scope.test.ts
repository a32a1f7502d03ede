import { describe, expect, it } from "vitest";
import { scopeIds, scopesOf } from "./scope";

const ids = ["a", "b", "c", "d"];

describe("which cues a change of times is about", () => {
  it.each([
    ["all", { cueId: "b", range: new Set<string>() }, ids],
    ["chosen", { cueId: "b", range: new Set<string>() }, ["b"]],
    ["chosen", { cueId: "d", range: new Set(["d", "b"]) }, ["b", "d"]],
    ["from", { cueId: "d", range: new Set(["d", "b"]) }, ["b", "c", "d"]],
    ["from", { cueId: "gone", range: new Set<string>() }, []],
    ["from", { cueId: null, range: new Set<string>() }, []],
  ] as const)("%s of %o", (scope, chosen, wanted) => {
    expect(scopeIds(scope, chosen, ids)).toEqual(wanted);
  });

  it("offers the likeliest first", () => {
    expect(scopesOf({ cueId: null, range: new Set() })).toEqual(["all"]);
    expect(scopesOf({ cueId: "a", range: new Set() })[0]).toBe("from");
    expect(scopesOf({ cueId: "a", range: new Set(["a", "b"]) })[0]).toBe("chosen");
  });
});
