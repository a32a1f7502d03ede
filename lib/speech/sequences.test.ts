import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignSequences } from "./sequences";

const words = (text: string) => text.split(" ");

describe("alignSequences", () => {
  const cases: [string, string, string, string][] = [
    ["equal texts", "a b c", "a b c", "a b c"],
    ["nothing in common", "a b c", "d e", ""],
    ["one left out", "a b c d", "a c d", "a c d"],
    ["one added", "a c d", "a b c d", "a c d"],
    ["one replaced", "a x c", "a y c", "a c"],
    ["one side empty", "", "a b", ""],
  ];
  it.each(cases)("%s", (_name, a, b, common) => {
    const [one, other] = [a ? words(a) : [], b ? words(b) : []];
    const pairs = alignSequences(one, other);
    expect(pairs.map(([at]) => one[at]).join(" ")).toBe(common);
    expect(pairs.map(([, at]) => other[at]).join(" ")).toBe(common);
  });

  it("pairs equal elements only, each once, both sides growing", () => {
    const side = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 60 });
    fc.assert(
      fc.property(side, side, (a, b) => {
        const pairs = alignSequences(a, b);
        pairs.forEach(([x, y], index) => {
          expect(a[x]).toBe(b[y]);
          const before = pairs[index - 1];
          if (!before) return;
          expect(x).toBeGreaterThan(before[0]);
          expect(y).toBeGreaterThan(before[1]);
        });
        const same = alignSequences(a, a);
        expect(same).toHaveLength(a.length);
      }),
    );
  });

  /** Repeatable noise. */
  function noise(seed: number) {
    let state = seed;
    return () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
  }

  it("holds 100,000 words together through a tenth of errors, in seconds", () => {
    const random = noise(7);
    const text = Array.from({ length: 100_000 }, () => `w${Math.floor(random() ** 3 * 5_000)}`);
    const heard = text.flatMap((word, at) => {
      const p = random();
      if (p < 0.03) return [];
      if (p < 0.07) return [`x${at}`];
      return p < 0.1 ? [word, "uh"] : [word];
    });
    const before = process.cpuUsage();
    const pairs = alignSequences(text, heard);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(6);
    expect(pairs.length).toBeGreaterThan(91_000);
  });

  it("gets through texts in which nothing is unique", () => {
    const random = noise(3);
    const side = (length: number) => Array.from({ length }, () => (random() < 0.5 ? "la" : "na"));
    const before = process.cpuUsage();
    const pairs = alignSequences(side(60_000), side(50_000));
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10);
    expect(pairs.length).toBeGreaterThan(25_000);
  });
});
