import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OrderLot, quoteRefund, type RefundCase } from "./refund-policy";

const dayMs = 24 * 3_600_000;
const paidAt = Date.UTC(2026, 10, 1);
const later = new Date(paidAt + 365 * dayMs);

interface Situation {
  days?: number;
  paid?: number;
  bonus?: number;
  change?: Partial<RefundCase["order"]>;
  refunds?: RefundCase["refunds"];
  lots?: OrderLot[];
  frozen?: boolean;
}

/** The package of 1,000 and 50 credits for 11,000 KRW, with so much left after so many days. */
function quote({ days = 1, paid = 1_000, bonus = 50, ...rest }: Situation) {
  const { change = {}, refunds = [], frozen = false } = rest;
  const order = {
    state: "paid" as const,
    balanceKrw: 11_000,
    listKrw: 11_000,
    credits: 1_000,
    bonusCredits: 50,
    approvedAt: new Date(paidAt),
    ...change,
  };
  const lots = rest.lots ?? [
    { paid: true, remaining: paid, held: 0, expiresAt: later },
    { paid: false, remaining: bonus, held: 0, expiresAt: later },
  ];
  return quoteRefund({ order, lots, refunds, frozen }, paidAt + days * dayMs);
}

describe("quoteRefund", () => {
  it.each<[string, Situation, number, string, number]>([
    ["unused within seven days", { days: 7 }, 11_000, "full_within_7_days", 0],
    ["unused later", { days: 8 }, 11_000, "rest", 0],
    ["used in part", { paid: 900, bonus: 50 }, 9_900, "rest", 100],
    ["bonus used first", { bonus: 0 }, 10_450, "rest", 50],
    ["bonus and some", { paid: 600, bonus: 0 }, 6_050, "rest", 450],
    ["a discount", { days: 8, change: { balanceKrw: 9_900 } }, 9_900, "rest", 0],
    ["a discount, used", { paid: 900, change: { balanceKrw: 9_900 } }, 8_800, "rest", 100],
    [
      "some given back before",
      {
        paid: 400,
        bonus: 20,
        change: { state: "partially_refunded", balanceKrw: 5_000 },
        refunds: [{ state: "done", paidCredits: 500, bonusCredits: 25 }],
      },
      5_000 - 105 * 11,
      "rest",
      105,
    ],
    [
      "a refusal before",
      { refunds: [{ state: "rejected", paidCredits: 1_000, bonusCredits: 50 }] },
      11_000,
      "full_within_7_days",
      0,
    ],
  ])("gives back: %s", (_, situation, amountKrw, policy, usedCredits) => {
    const problem = null;
    expect(quote(situation)).toMatchObject({ amountKrw, policy, usedCredits, problem });
  });

  it("counts what has expired as used, and doesn't take it", () => {
    const lots = [
      { paid: true, remaining: 1_000, held: 0, expiresAt: null },
      { paid: false, remaining: 50, held: 0, expiresAt: new Date(paidAt + dayMs) },
    ];
    expect(quote({ lots, days: 2 })).toMatchObject({
      amountKrw: 10_450,
      paidCredits: 1_000,
      bonusCredits: 0,
      usedCredits: 50,
    });
  });

  it("rounds down once, at the end", () => {
    const change = { listKrw: 10_000, balanceKrw: 10_000, credits: 3_000, bonusCredits: 0 };
    expect(quote({ change, paid: 2_999, bonus: 0 })).toMatchObject({
      amountKrw: 9_996,
      unitPriceKrw: 3.33,
    });
  });

  it.each<[string, Situation, string]>([
    ["nothing is worth anything", { paid: 0 }, "refund_not_possible"],
    ["bonus alone is left", { paid: 0, bonus: 50 }, "refund_not_possible"],
    ["it wasn't paid", { change: { state: "created" } }, "refund_not_possible"],
    ["it is looked into", { change: { state: "held_for_review" } }, "refund_not_possible"],
    ["it is given back", { change: { state: "refunded", balanceKrw: 0 } }, "refund_not_possible"],
    [
      "a job holds some",
      { lots: [{ paid: true, remaining: 1_000, held: 1, expiresAt: null }] },
      "credits_in_use",
    ],
    [
      "another is under way",
      { refunds: [{ state: "unknown", paidCredits: 1_000, bonusCredits: 50 }] },
      "refund_under_way",
    ],
    ["the wallet is frozen", { frozen: true }, "wallet_frozen"],
  ])("gives nothing while %s", (_, situation, problem) => {
    expect(quote(situation)).toMatchObject({
      refundable: false,
      policy: "none",
      amountKrw: 0,
      problem,
    });
  });
});

const cases = fc
  .record({
    credits: fc.integer({ min: 1, max: 20_000 }),
    bonusCredits: fc.integer({ min: 0, max: 5_000 }),
    listKrw: fc.integer({ min: 200, max: 500_000 }),
    discount: fc.double({ min: 0, max: 0.99, noNaN: true }),
    paidUse: fc.double({ min: 0, max: 1, noNaN: true }),
    bonusUse: fc.double({ min: 0, max: 1, noNaN: true }),
    days: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ discount, paidUse, bonusUse, ...each }) => ({
    ...each,
    balanceKrw: Math.max(1, Math.floor(each.listKrw * (1 - discount))),
    paid: Math.round(each.credits * (1 - paidUse)),
    bonus: Math.round(each.bonusCredits * (1 - bonusUse)),
  }));

describe("quoteRefund, whatever was bought and used", () => {
  const ask = ({
    paid,
    bonus,
    days,
    ...change
  }: typeof cases extends fc.Arbitrary<infer T> ? T : never) =>
    quote({ paid, bonus, days, change });

  it("is never negative, in fractions, or more than what is left of the payment", () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { amountKrw } = ask(each);
        expect(Number.isSafeInteger(amountKrw)).toBe(true);
        expect(amountKrw).toBeGreaterThanOrEqual(0);
        expect(amountKrw).toBeLessThanOrEqual(each.balanceKrw);
      }),
    );
  });

  it("falls with every credit that is used, bought or not", () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { amountKrw } = ask(each);
        if (each.paid > 0) {
          expect(ask({ ...each, paid: each.paid - 1 }).amountKrw).toBeLessThanOrEqual(amountKrw);
        }
        if (each.bonus > 0) {
          expect(ask({ ...each, bonus: each.bonus - 1 }).amountKrw).toBeLessThanOrEqual(amountKrw);
        }
      }),
    );
  });

  it("pays the same whether bonus or bought credits went first", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 20_000 }), (each, use) => {
        const whole = { ...each, paid: each.credits, bonus: each.bonusCredits };
        const used = Math.min(use, each.credits, each.bonusCredits);
        const bonusFirst = ask({ ...whole, bonus: whole.bonus - used });
        const paidFirst = ask({ ...whole, paid: whole.paid - used });
        expect(bonusFirst.amountKrw).toBe(paidFirst.amountKrw);
      }),
    );
  });

  it("never gives work away: what was used and what is given back is within what was paid", () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { amountKrw, usedCredits } = ask(each);
        const workKrw = (usedCredits * each.listKrw) / each.credits;
        if (amountKrw > 0) expect(amountKrw + workKrw).toBeLessThanOrEqual(each.balanceKrw + 1e-6);
      }),
    );
  });
});
