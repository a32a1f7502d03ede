import { randomUUID } from "node:crypto";
import type { Sandbox } from "@/lib/payments/sandbox/sandbox";
import type { LedgerModel } from "@/lib/testing/ledger-model";
import type { Pick } from "@/lib/testing/ledger-world";
import type { OrderView } from "@/lib/topups/schema";
import type { MortalProcess } from "./storm-process";
import { Refused } from "./storm-protocol";

/** What the packages of the migration give: bought and bonus credits, and their price in KRW. */
const packages: Record<string, [credits: number, bonus: number, krw: number]> = {
  light: [300, 0, 3_300],
  standard: [1_000, 50, 11_000],
  plus: [3_000, 300, 33_000],
  studio: [10_000, 1_500, 110_000],
};

/** Codes that people try, and what they are good for. */
export const codes = {
  STORM10: { kind: "percent", value: 10, maxUses: 12 },
  STORM500: { kind: "fixed", value: 500, maxUses: 12 },
  STORMBONUS: { kind: "bonus", value: 77, maxUses: 12 },
} as const;

export interface Shop {
  product: MortalProcess;
  toss: Sandbox;
  model: LedgerModel;
  pick: Pick;
  /** Counts a request. */
  counted: (name: string) => void;
  /** The time, a little later each time it is asked. */
  nowMs: () => number;
}

/** @throws {Error} */
export function expect(isTrue: boolean, what: string, ...seen: unknown[]): asserts isTrue {
  if (!isTrue) throw new Error(`${what}: ${JSON.stringify(seen)}`);
}

/** An order of a random package, with or without a code; asked for twice. */
export async function makeOrder(shop: Shop, owner: string): Promise<OrderView | undefined> {
  const { product, pick, nowMs } = shop;
  const names = Object.keys(codes);
  const code = pick(2) === 0 ? names[pick(names.length)] : undefined;
  const at = nowMs();
  const offers = await product.call("packages", {
    userId: owner,
    nowMs: at,
    ...(code && { code }),
  });
  const offer = offers[pick(offers.length)];
  if (!offer) throw new Error("nothing is on sale");
  const isGood = offer.promotion !== null;
  const asked = {
    userId: owner,
    packageId: offer.id,
    amountKrw: offer.amountKrw,
    idempotencyKey: randomUUID(),
    nowMs: at,
    ...(isGood && code && { code }),
  };
  try {
    const order = await product.call("create", asked);
    const again = await product.call("create", asked);
    expect(again.orderId === order.orderId, "one request made two orders", order, again);
    const [credits, bonus, krw] = packages[order.packageId] ?? [0, 0, 0];
    const gift = isGood && code === "STORMBONUS" ? codes.STORMBONUS.value : 0;
    expect(
      order.credits === credits && order.bonusCredits === bonus + gift && order.listKrw === krw,
      "an order differs from its package",
      order,
    );
    return order;
  } catch (error) {
    // Somebody else was faster.
    const isGone = error instanceof Refused && /^(promotion_|price_changed)/.test(error.code);
    if (isGone) return undefined;
    throw error;
  }
}

/** Somebody pays in the window. */
export function pay(
  toss: Sandbox,
  { orderId, amountKrw, isRefused }: { orderId: string; amountKrw: number; isRefused: boolean },
): string {
  const payment = toss.open({
    ...{ orderId, amountKrw, orderName: "storm", customerKey: "storm-customer", method: "CARD" },
    ...{ cashReceipt: "미발행", successUrl: `${toss.origin}/`, failUrl: `${toss.origin}/` },
  });
  const refuseAtConfirm = isRefused ? "REJECT_CARD_PAYMENT" : null;
  toss.act(payment, { type: "authenticate", easyPay: false, refuseAtConfirm });
  return payment.paymentKey;
}
