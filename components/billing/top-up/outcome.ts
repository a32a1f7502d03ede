import type { ApiError } from "@/lib/client/api";
import type { OrderState } from "@/lib/topups/schema";

/** Words that the payment window's codes come down to. */
export type FailureKind = "closed" | "aborted" | "rejected" | "other";

/** @param code as the payment window's address of failure brings it */
export function failureKind(code: string | null): FailureKind {
  if (code === "PAY_PROCESS_CANCELED" || code === "USER_CANCEL") return "closed";
  if (code === "PAY_PROCESS_ABORTED") return "aborted";
  if (code !== null && /^REJECT_|_REJECTED$/.test(code)) return "rejected";
  return "other";
}

/** What is to be said of an order on the page after the payment window. */
export type OrderOutcome = "waiting" | "deposit" | "paid" | "refunded" | "review" | "over";

const outcomes = {
  // The window's success isn't the payment: an order still `created` is about to be confirmed.
  created: "waiting",
  confirming: "waiting",
  unknown: "waiting",
  awaiting_deposit: "deposit",
  paid: "paid",
  partially_refunded: "refunded",
  refunded: "refunded",
  failed: "over",
  expired: "over",
  cancelled: "over",
  held_for_review: "review",
} as const satisfies Record<OrderState, OrderOutcome>;

export function outcomeOf(state: OrderState): OrderOutcome {
  return outcomes[state];
}

/** From here on the wait gets other words, in ms: that nothing is lost, and nobody has to stay. */
export const slowAfterMs = 10_000;

/** How long to wait before looking at an order again, in ms, after so many ms of waiting. */
export function pollDelayMs(waitedMs: number): number {
  if (waitedMs < 30_000) return 2_000;
  return waitedMs < 120_000 ? 5_000 : 15_000;
}

/** Pause before asking again what got no answer, in ms: 1, 2, 4, 8, then every 10 s. */
export function retryDelayMs(attempt: number): number {
  return Math.min(10_000, 1_000 * 2 ** attempt);
}

/** Pause before the payment company is asked again through the server, in ms. */
export function askAgainMs(attempt: number): number {
  return attempt < 12 ? 10_000 : 30_000;
}

/**
 * A confirmation without an answer that settles it may have been carried out: it is sent again,
 * which is harmless, until somebody says how it went.
 */
export function isUnsettled(error: ApiError): boolean {
  if (error.code === "payments_unavailable") return false;
  return error.retryable || error.status >= 500;
}
