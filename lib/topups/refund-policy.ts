import type { ErrorCode } from "@/lib/errors";
import type { OrderState, RefundQuote } from "./schema";

/**
 * What giving an order back would give; pure. Within seven days of the payment and with nothing
 * used, everything that is left of it (the withdrawal that Korea's e-commerce law grants).
 * Otherwise what is left less what was used at the package's own price, bonus credits counted like
 * bought ones: who spends the bonus first doesn't get it as a present. All that is left of the
 * order's credits leaves. Credits that were given are never part of an order.
 */

/** Days after the approval within which an unused order is given back whole. */
export const withdrawalDays = 7;
const withdrawalMs = withdrawalDays * 24 * 3_600_000;

export interface RefundableOrder {
  state: OrderState;
  /** What of the payment hasn't been given back. */
  balanceKrw: number;
  /** The package: its price before any discount, and what was bought with it. */
  listKrw: number;
  credits: number;
  bonusCredits: number;
  approvedAt: Date | null;
}

/** Credits of the order in its owner's wallet. */
export interface OrderLot {
  paid: boolean;
  remaining: number;
  held: number;
  expiresAt: Date | null;
}

export interface EarlierRefund {
  state: "requested" | "unknown" | "done" | "rejected";
  /** Credits that left with it. */
  paidCredits: number;
  bonusCredits: number;
}

export interface RefundCase {
  order: RefundableOrder;
  lots: readonly OrderLot[];
  refunds: readonly EarlierRefund[];
  /** Nothing may leave the wallet while a payment is looked into. */
  frozen: boolean;
}

/** `problem` is the code of the error that asking for this refund would meet. */
export function quoteRefund(
  { order, lots, refunds, frozen }: RefundCase,
  nowMs: number,
): RefundQuote {
  const left = remainingCredits(lots, nowMs);
  const back = sum(
    refunds
      .filter(({ state }) => state !== "rejected")
      .map((each) => each.paidCredits + each.bonusCredits),
  );
  const granted = order.credits + order.bonusCredits;
  const usedCredits = Math.max(0, granted - left.paid - left.bonus - back);
  const isWithdrawal =
    usedCredits === 0 &&
    order.approvedAt !== null &&
    nowMs - order.approvedAt.getTime() <= withdrawalMs;
  const amountKrw = isWithdrawal ? order.balanceKrw : restKrw(order, usedCredits);
  const problem = refusal({ order, lots, refunds, frozen, amountKrw });
  return {
    refundable: problem === null,
    problem,
    policy: problem !== null ? "none" : isWithdrawal ? "full_within_7_days" : "rest",
    amountKrw: problem === null ? amountKrw : 0,
    paidCredits: left.paid,
    bonusCredits: left.bonus,
    usedCredits,
    unitPriceKrw: unitPriceKrw(order),
  };
}

/** KRW a credit of the package cost, to a hundredth, as it is shown. */
export function unitPriceKrw({ listKrw, credits }: RefundableOrder): number {
  return Math.round((listKrw * 100) / credits) / 100;
}

/** In whole numbers to the end: a rounded price of one credit would be off by many credits. */
function restKrw({ balanceKrw, listKrw, credits }: RefundableOrder, usedCredits: number): number {
  return Math.max(0, Math.floor((balanceKrw * credits - usedCredits * listKrw) / credits));
}

function remainingCredits(
  lots: readonly OrderLot[],
  nowMs: number,
): { paid: number; bonus: number } {
  const alive = lots.filter(({ expiresAt }) => expiresAt === null || expiresAt.getTime() > nowMs);
  const of = (paid: boolean) =>
    sum(alive.filter((lot) => lot.paid === paid).map((lot) => lot.remaining));
  return { paid: of(true), bonus: of(false) };
}

function refusal(options: RefundCase & { amountKrw: number }): ErrorCode | null {
  const { order, lots, refunds, frozen, amountKrw } = options;
  if (order.state !== "paid" && order.state !== "partially_refunded") return "refund_not_possible";
  if (refunds.some(({ state }) => state === "requested" || state === "unknown")) {
    return "refund_under_way";
  }
  if (frozen) return "wallet_frozen";
  if (lots.some(({ held }) => held > 0)) return "credits_in_use";
  return amountKrw > 0 ? null : "refund_not_possible";
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
