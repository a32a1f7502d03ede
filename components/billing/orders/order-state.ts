import type { OrderState, OrderView, RefundView } from "@/lib/topups/schema";

export type StateTone = "neutral" | "accent" | "success" | "warning" | "danger";

export const orderTones = {
  created: "neutral",
  confirming: "accent",
  unknown: "accent",
  awaiting_deposit: "accent",
  paid: "success",
  partially_refunded: "neutral",
  refunded: "neutral",
  failed: "danger",
  expired: "neutral",
  cancelled: "neutral",
  held_for_review: "warning",
} as const satisfies Record<OrderState, StateTone>;

export const refundTones = {
  requested: "accent",
  unknown: "accent",
  done: "success",
  rejected: "danger",
} as const satisfies Record<RefundView["state"], StateTone>;

type Refundable = Pick<OrderView, "state" | "balanceKrw" | "refunds">;

/** A refund waits for the payment company. */
export function isRefundUnderWay({ refunds }: Pick<OrderView, "refunds">): boolean {
  return refunds.some(({ state }) => state === "requested" || state === "unknown");
}

/** A refund can be asked for; whether anything comes of it is the quote's word. */
export function mayRefund(order: Refundable): boolean {
  const { state, balanceKrw } = order;
  if (state !== "paid" && state !== "partially_refunded") return false;
  return balanceKrw > 0 && !isRefundUnderWay(order);
}

/** What has been given back so far, in KRW. */
export function refundedKrw({ refunds }: Pick<OrderView, "refunds">): number {
  return refunds
    .filter(({ state }) => state === "done")
    .reduce((sum, { amountKrw }) => sum + amountKrw, 0);
}

const movingMs = 3_000;

/** How soon an order may be another one without anybody touching it, in ms; 0: not by itself. */
export function orderRefreshMs(order: Pick<OrderView, "state" | "refunds"> | undefined): number {
  if (!order) return 0;
  const { state } = order;
  const moving = state === "confirming" || state === "unknown" || state === "awaiting_deposit";
  return moving || isRefundUnderWay(order) ? movingMs : 0;
}

/** Amounts in the order in which they lead to the refund; `null` where nothing was used. */
export interface RefundSteps {
  /** Paid and not given back so far. */
  balanceKrw: number;
  used: { credits: number; unitPriceKrw: number } | null;
}

export function refundSteps(
  order: Pick<OrderView, "balanceKrw">,
  quote: { usedCredits: number; unitPriceKrw: number },
): RefundSteps {
  const { usedCredits, unitPriceKrw } = quote;
  return {
    balanceKrw: order.balanceKrw,
    used: usedCredits > 0 ? { credits: usedCredits, unitPriceKrw } : null,
  };
}
