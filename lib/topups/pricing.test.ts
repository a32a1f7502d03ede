import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bestOffer,
  minimumKrw,
  offerOf,
  type PersonalUse,
  type PricedPackage,
  type PromotionTerms,
  promotionProblem,
  vatSplit,
} from "./pricing";

const nowMs = Date.UTC(2026, 10, 27);
const standard: PricedPackage = {
  id: "standard",
  credits: 1_000,
  bonusCredits: 50,
  listKrw: 11_000,
};

function promotion(change: Partial<PromotionTerms> = {}): PromotionTerms {
  return {
    id: "p",
    code: null,
    kind: "percent",
    value: 10,
    startsAt: new Date(nowMs - 1),
    endsAt: null,
    packageIds: [],
    minKrw: 0,
    maxOffKrw: null,
    maxUses: null,
    uses: 0,
    active: true,
    ...change,
  };
}

const anyPackage: fc.Arbitrary<PricedPackage> = fc.record({
  id: fc.constantFrom("light", "standard", "plus"),
  credits: fc.integer({ min: 1, max: 1_000_000 }),
  bonusCredits: fc.integer({ min: 0, max: 100_000 }),
  listKrw: fc.integer({ min: minimumKrw, max: 100_000_000 }),
});

const anyPromotion: fc.Arbitrary<PromotionTerms> = fc
  .record({
    code: fc.option(fc.constantFrom("SPRING", "봄")),
    kind: fc.constantFrom("percent" as const, "fixed" as const, "bonus" as const),
    value: fc.integer({ min: 1, max: 10_000_000 }),
    packageIds: fc.subarray(["light", "standard", "plus"]),
    minKrw: fc.integer({ min: 0, max: 1_000_000 }),
    maxOffKrw: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
  })
  .map((values) =>
    promotion({
      ...values,
      value: values.kind === "percent" ? (values.value % 99) + 1 : values.value,
    }),
  );

describe("vatSplit", () => {
  // As Toss split them: techchat threads and its error-code page.
  it.each([
    [37_400, 34_000],
    [9_026, 8_205],
    [30_000, 27_273],
    [15_000, 13_636],
    [50_000_000_000, 45_454_545_455],
  ])("%i KRW: %i supplied", (amountKrw, suppliedKrw) => {
    expect(vatSplit(amountKrw)).toEqual({ suppliedKrw, vatKrw: amountKrw - suppliedKrw });
  });
});

describe("offerOf", () => {
  it.each([
    ["nothing", undefined, { discountKrw: 0, amountKrw: 11_000, bonusCredits: 50 }],
    ["10 per cent", promotion(), { discountKrw: 1_100, amountKrw: 9_900 }],
    ["a percentage floors to whole won", promotion({ value: 33 }), { discountKrw: 3_630 }],
    ["a percentage with an end", promotion({ value: 50, maxOffKrw: 2_000 }), { amountKrw: 9_000 }],
    ["a sum", promotion({ kind: "fixed", value: 3_000 }), { amountKrw: 8_000 }],
    ["a sum above the price", promotion({ kind: "fixed", value: 50_000 }), { amountKrw: 200 }],
    [
      "bonus",
      promotion({ kind: "bonus", value: 100 }),
      { amountKrw: 11_000, discountKrw: 0, bonusCredits: 150 },
    ],
  ])("%s", (_, terms, expected) => {
    expect(offerOf(standard, terms)).toMatchObject(expected);
  });

  it("never costs less than Toss takes, nor more than the list says, and adds up", () => {
    fc.assert(
      fc.property(anyPackage, fc.option(anyPromotion, { nil: undefined }), (pack, terms) => {
        const offer = offerOf(pack, terms);
        expect(Object.values(offer).every(Number.isSafeInteger)).toBe(true);
        expect(offer.amountKrw).toBeGreaterThanOrEqual(minimumKrw);
        expect(offer.discountKrw).toBeGreaterThanOrEqual(0);
        expect(offer.amountKrw + offer.discountKrw).toBe(pack.listKrw);
        expect(offer.suppliedKrw + offer.vatKrw).toBe(offer.amountKrw);
        expect(offer.vatKrw).toBeGreaterThan(0);
        expect(offer.bonusCredits).toBeGreaterThanOrEqual(pack.bonusCredits);
      }),
    );
  });
});

describe("bestOffer", () => {
  const automatic = promotion({ id: "automatic" });
  it.each([
    ["no promotion", [], undefined],
    ["one that applies by itself", [automatic], "automatic"],
    ["a code that is worth more", [automatic, promotion({ id: "c", code: "C", value: 11 })], "c"],
    ["a code that is worth the same", [promotion({ id: "c", code: "C" }), automatic], "automatic"],
    ["a code that is worth less", [automatic, promotion({ code: "C", value: 5 })], "automatic"],
    ["one for other packages", [promotion({ packageIds: ["plus"] })], undefined],
    ["one for larger sums", [promotion({ minKrw: 11_001 })], undefined],
    [
      "bonus credits at the package's own price",
      [automatic, promotion({ id: "b", kind: "bonus", value: 101 })],
      "b",
    ],
  ])("%s", (_, promotions, expected) => {
    expect(bestOffer(standard, promotions).promotion?.id).toBe(expected);
  });

  it("is worth as much as any of them alone, and no more than the best", () => {
    const worth = (pack: PricedPackage, promotions: PromotionTerms[]) => {
      const { offer } = bestOffer(pack, promotions);
      const bonus = offer.bonusCredits - pack.bonusCredits;
      return offer.discountKrw * pack.credits + bonus * pack.listKrw;
    };
    fc.assert(
      fc.property(anyPackage, fc.array(anyPromotion, { maxLength: 5 }), (pack, promotions) => {
        const alone = promotions.map((each) => worth(pack, [each]));
        expect(worth(pack, promotions)).toBe(Math.max(0, ...alone));
      }),
    );
  });
});

describe("promotionProblem", () => {
  it.each<[string, Partial<PromotionTerms>, PersonalUse, string | null]>([
    ["good", {}, "none", null],
    ["stopped", { active: false }, "none", "promotion_unknown"],
    ["not begun", { startsAt: new Date(nowMs + 1) }, "none", "promotion_unknown"],
    ["over", { endsAt: new Date(nowMs) }, "none", "promotion_unknown"],
    ["last moment", { endsAt: new Date(nowMs + 1) }, "none", null],
    ["used by this person", {}, "spent", "promotion_used"],
    ["used up", { maxUses: 3, uses: 3 }, "none", "promotion_exhausted"],
    ["used up, one of them held by this person", { maxUses: 3, uses: 3 }, "held", null],
    ["one left", { maxUses: 3, uses: 2 }, "none", null],
  ])("%s", (_, change, use, expected) => {
    expect(promotionProblem(promotion(change), { use, nowMs })).toBe(expected);
  });
});
