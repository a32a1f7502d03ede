import type { PromotionView } from "./schema";

/** What things cost with a promotion: pure, so that the shop, the order and the tests agree. */

/** Least that Toss takes by a transfer, in KRW (`BELOW_MINIMUM_AMOUNT`; by card it is 100). */
export const minimumKrw = 200;

export interface PricedPackage {
  id: string;
  credits: number;
  bonusCredits: number;
  /** With VAT. */
  listKrw: number;
}

export interface PromotionTerms {
  id: string;
  /** Null: applies by itself. */
  code: string | null;
  kind: PromotionView["kind"];
  /** Per cent, KRW or credits. */
  value: number;
  startsAt: Date;
  endsAt: Date | null;
  /** Packages it is for; empty: all. */
  packageIds: readonly string[];
  minKrw: number;
  /** Most that a percentage takes off, in KRW. */
  maxOffKrw: number | null;
  maxUses: number | null;
  uses: number;
  active: boolean;
}

export interface Offer {
  /** With what the promotion adds. */
  bonusCredits: number;
  listKrw: number;
  discountKrw: number;
  /** What is paid, with VAT. */
  amountKrw: number;
  suppliedKrw: number;
  vatKrw: number;
}

/**
 * Splits an amount as Toss does: supplied = total / 1.1 to the nearest won, VAT = the rest. In
 * whole numbers 10/11 of a total never ends in a half.
 */
export function vatSplit(amountKrw: number): { suppliedKrw: number; vatKrw: number } {
  const suppliedKrw = Math.round((amountKrw * 10) / 11);
  return { suppliedKrw, vatKrw: amountKrw - suppliedKrw };
}

/** What a package costs and gives, with a promotion or without. */
export function offerOf(pack: PricedPackage, promotion?: PromotionTerms): Offer {
  const { listKrw } = pack;
  const wanted = promotion ? discountOf(listKrw, promotion) : 0;
  const discountKrw = Math.max(0, Math.min(wanted, listKrw - minimumKrw));
  const amountKrw = listKrw - discountKrw;
  const further = promotion?.kind === "bonus" ? promotion.value : 0;
  return {
    bonusCredits: pack.bonusCredits + further,
    listKrw,
    discountKrw,
    amountKrw,
    ...vatSplit(amountKrw),
  };
}

function discountOf(listKrw: number, { kind, value, maxOffKrw }: PromotionTerms): number {
  if (kind === "bonus") return 0;
  if (kind === "fixed") return value;
  const off = Math.floor((listKrw * value) / 100);
  return maxOffKrw === null ? off : Math.min(off, maxOffKrw);
}

/** Whether a promotion is for this package at all. */
export function isFor(pack: PricedPackage, { packageIds, minKrw }: PromotionTerms): boolean {
  return pack.listKrw >= minKrw && (packageIds.length === 0 || packageIds.includes(pack.id));
}

export type PromotionProblem = "promotion_unknown" | "promotion_used" | "promotion_exhausted";

/**
 * What a person has done with a promotion. `spent`: used it, or has it in a payment that is under
 * way; `held`: has it in an order that isn't paid, from which it goes to the next.
 */
export type PersonalUse = "none" | "held" | "spent";

/** Why a promotion can't be used now; null: it can. */
export function promotionProblem(
  promotion: PromotionTerms,
  { use, nowMs }: { use: PersonalUse; nowMs: number },
): PromotionProblem | null {
  const { active, startsAt, endsAt, maxUses, uses } = promotion;
  const isOver = endsAt !== null && endsAt.getTime() <= nowMs;
  if (!active || startsAt.getTime() > nowMs || isOver) return "promotion_unknown";
  if (use === "spent") return "promotion_used";
  // Theirs is among those counted.
  if (use === "held") return null;
  return maxUses !== null && uses >= maxUses ? "promotion_exhausted" : null;
}

/**
 * The best of the promotions for a package, each of which may be used. They don't add up. One that
 * applies by itself wins over a code that is worth no more, so that the code isn't spent for
 * nothing.
 */
export function bestOffer<T extends PromotionTerms>(
  pack: PricedPackage,
  promotions: readonly T[],
): { offer: Offer; promotion: T | undefined } {
  let best: { offer: Offer; promotion: T | undefined; worth: number } = {
    offer: offerOf(pack),
    promotion: undefined,
    worth: 0,
  };
  const automaticFirst = promotions.toSorted(
    (a, b) => Number(a.code !== null) - Number(b.code !== null),
  );
  for (const promotion of automaticFirst) {
    if (!isFor(pack, promotion)) continue;
    const offer = offerOf(pack, promotion);
    const worth = worthOf(pack, offer);
    if (worth > best.worth) best = { offer, promotion, worth };
  }
  return { offer: best.offer, promotion: best.promotion };
}

/** Credits that come on top count what the package's own cost; in KRW times credits. */
function worthOf(pack: PricedPackage, offer: Offer): number {
  return offer.discountKrw * pack.credits + (offer.bonusCredits - pack.bonusCredits) * pack.listKrw;
}
