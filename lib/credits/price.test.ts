import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { priceJob, priceRetention, priceRuleVersion } from "./price";

const languages = ["ko", "en", "ja", "zh", "es", "fr", "de"];
const durationMs = fc.integer({ min: 1, max: 24 * 3_600_000 });
const targets = fc.array(fc.constantFrom(...languages), { maxLength: 12 });
const source = fc.option(fc.constantFrom(...languages), { nil: undefined });

describe("the price of a job", () => {
  it.each([
    // durationMs, transcription, each translation
    [1, 1, 1],
    [500, 1, 1],
    [6_000, 1, 1],
    [6_001, 2, 1],
    [12_000, 2, 1],
    [12_001, 3, 2],
    [59_999, 10, 5],
    [60_000, 10, 5],
    [60_001, 11, 6],
    [60_400, 11, 6],
    [119_999, 20, 10],
    [120_000, 20, 10],
    [120_001, 21, 11],
    [3_600_000, 600, 300],
    [60_000.2, 11, 6],
  ])("of %d ms is %d, and %d for a language", (duration, transcription, translation) => {
    const price = priceJob({ durationMs: duration, source: "ko", targets: ["en", "ja"] });
    const units = Math.ceil(duration);
    expect(price).toEqual({
      ruleVersion: priceRuleVersion,
      lines: [
        { component: "transcribe", units, amount: transcription },
        { component: "translate:en", units, amount: translation },
        { component: "translate:ja", units, amount: translation },
      ],
      total: transcription + 2 * translation,
    });
  });

  it("leaves out what an earlier attempt has been paid for", () => {
    const price = priceJob({
      durationMs: 60_000,
      source: "ko",
      targets: ["en", "ja"],
      skip: ["transcribe", "translate:ja"],
    });
    expect(price.lines).toEqual([{ component: "translate:en", units: 60_000, amount: 5 }]);
    expect(priceJob({ durationMs: 60_000, skip: ["transcribe"] })).toMatchObject({
      lines: [],
      total: 0,
    });
  });

  it("is the sum of its lines, each a whole credit or more", () => {
    fc.assert(
      fc.property(durationMs, source, targets, (ms, spoken, wanted) => {
        const { lines, total } = priceJob({ durationMs: ms, source: spoken, targets: wanted });
        expect(total).toBe(lines.reduce((sum, { amount }) => sum + amount, 0));
        expect(lines.every(({ amount }) => Number.isInteger(amount) && amount >= 1)).toBe(true);
        expect(new Set(lines.map(({ component }) => component)).size).toBe(lines.length);
      }),
    );
  });

  it("never falls when the video is longer", () => {
    fc.assert(
      fc.property(durationMs, durationMs, source, targets, (a, b, spoken, wanted) => {
        const of = (ms: number) =>
          priceJob({ durationMs: ms, source: spoken, targets: wanted }).total;
        expect(of(Math.max(a, b))).toBeGreaterThanOrEqual(of(Math.min(a, b)));
      }),
    );
  });

  it("takes nothing for a language named twice or spoken in the video, in any order", () => {
    fc.assert(
      fc.property(
        durationMs,
        fc.constantFrom(...languages),
        fc
          .uniqueArray(fc.constantFrom(...languages))
          .chain((once) =>
            fc.tuple(
              fc.constant(once),
              fc.shuffledSubarray([...once, ...once], { minLength: 2 * once.length }),
            ),
          ),
        (ms, spoken, [once, shuffled]) => {
          const price = (wanted: string[]) =>
            priceJob({ durationMs: ms, source: spoken, targets: wanted });
          const sorted = (wanted: string[]) =>
            price(wanted).lines.sort((a, b) => a.component.localeCompare(b.component));
          expect(price([...shuffled, spoken]).total).toBe(price(once).total);
          expect(sorted([...shuffled, spoken])).toEqual(sorted(once));
        },
      ),
    );
  });

  it("is at most what the minute costs, and less than a credit a line above it", () => {
    fc.assert(
      fc.property(durationMs, (ms) => {
        const [transcribe, translate] = priceJob({ durationMs: ms, targets: ["en"] }).lines;
        for (const [line, perMinute] of [
          [transcribe, 10],
          [translate, 5],
        ] as const) {
          const exact = (ms * perMinute) / 60_000;
          expect(line?.amount).toBeGreaterThanOrEqual(exact);
          expect(line?.amount).toBeLessThan(exact + 1);
        }
      }),
    );
  });
});

describe("the price of keeping files longer", () => {
  it.each([
    [7, 5],
    [30, 15],
    [90, 30],
  ] as const)("of %d days is %d", (days, amount) => {
    const component = `retention:${days}` as const;
    expect(priceRetention(days)).toEqual({
      ruleVersion: priceRuleVersion,
      lines: [{ component, units: days, amount }],
      total: amount,
    });
  });
});
