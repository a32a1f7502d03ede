import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBatches, groupsOf } from "./batch-groups";

describe("groups of batches", () => {
  it("put languages side by side", () => {
    const counts = new Map([
      ["en", 9],
      ["ja", 3],
    ]);
    expect(groupsOf(["en", "ja"], counts)).toEqual([
      { language: "en", from: 0, to: 3 },
      { language: "ja", from: 0, to: 3 },
      { language: "en", from: 4, to: 7 },
      { language: "en", from: 8, to: 11 },
    ]);
  });

  it("have one for a language without batches, which ends it", () => {
    expect(groupsOf(["en"], new Map())).toEqual([{ language: "en", from: 0, to: 3 }]);
    expect(groupsOf([], new Map())).toEqual([]);
  });

  it("leave room for the steps of recognition and for each of theirs to fail", () => {
    const codes = Array.from({ length: 20 }, (_, at) => `l${at}`);
    const counts = new Map(codes.map((code) => [code, 400]));
    for (const chunks of [0, 180, 720, 780]) {
      const groups = groupsOf(codes, counts, chunks);
      expect(chunks + 2 * groups.length).toBeLessThanOrEqual(900);
      expect(groups.filter(({ language }) => language === "l0").at(-1)?.to).toBeGreaterThan(398);
    }
  });

  it("hold every batch once and stay far below a run's 1,000 steps", () => {
    const languages = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(languages, fc.integer({ min: 0, max: 5_000 }), (codes, batches) => {
        const groups = groupsOf(codes, new Map(codes.map((code) => [code, batches])));
        expect(groups.length).toBeLessThanOrEqual(420);
        for (const code of codes) {
          const own = groups.filter(({ language }) => language === code);
          const held = own.flatMap(({ from, to }) =>
            Array.from({ length: to - from + 1 }, (_, at) => from + at),
          );
          expect(new Set(held).size).toBe(held.length);
          expect(held.filter((index) => index < batches)).toHaveLength(batches);
        }
      }),
      { numRuns: 50 },
    );
  });
});

it("counts batches by language", () => {
  const plan = [{ language: "en" }, { language: "ja" }, { language: "en" }];
  expect([...countBatches(plan)]).toEqual([
    ["en", 2],
    ["ja", 1],
  ]);
});
