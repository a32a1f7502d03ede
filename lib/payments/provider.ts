import type { Payment, TransactionRow } from "./schema";

/**
 * What came of asking for a confirmation or a cancellation.
 * - `done`: it happened; `payment` is how things are now. The caller compares order, key, amount,
 *   currency and status: an idempotency key used twice answers with the first one's payment.
 * - `refused`: it certainly didn't happen. `code` and `message` are the provider's.
 * - `unknown`: it may have happened. Never a failure: ask by `paymentByKey` or `paymentByOrder`.
 */
export type PaymentOutcome =
  | { outcome: "done"; payment: Payment }
  | { outcome: "refused"; code: string; message: string }
  | { outcome: "unknown"; reason: string };

export interface ConfirmRequest {
  paymentKey: string;
  orderId: string;
  /** As stored with the order, never as the browser says. */
  amountKrw: number;
  /** At most 300 characters; one order's own, because bodies aren't compared. */
  idempotencyKey: string;
}

export interface CancelRequest {
  paymentKey: string;
  /** Shown to the customer on the receipt; cut at 200 characters. */
  reason: string;
  /** Left out: all that is left. */
  amountKrw?: number;
  /** At most 300 characters; one refund's own. */
  idempotencyKey: string;
  /** What is left of the payment as we know it; another balance cancels nothing (`unknown`). */
  expectedBalanceKrw?: number;
}

/** Who takes the money. */
export interface PaymentProvider {
  confirm(request: ConfirmRequest): Promise<PaymentOutcome>;
  cancel(request: CancelRequest): Promise<PaymentOutcome>;
  /**
   * @returns undefined when the provider knows no such payment
   * @throws {AppError} `payments_unreachable`
   */
  paymentByKey(paymentKey: string): Promise<Payment | undefined>;
  /**
   * @returns undefined when the provider knows no payment of this order
   * @throws {AppError} `payments_unreachable`
   */
  paymentByOrder(orderId: string): Promise<Payment | undefined>;
  /**
   * Approvals and cancellations from `startDate` on and before `endDate`, oldest first, page by
   * page.
   * @throws {AppError} `payments_unreachable`, also between pages
   */
  transactions(period: { startDate: Date; endDate: Date }): AsyncIterable<TransactionRow>;
}
