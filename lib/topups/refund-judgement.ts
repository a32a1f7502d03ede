import type { Payment, PaymentCancel } from "@/lib/payments/schema";

/** What a payment tells about its cancellations; pure. */

export interface KnownCancel {
  transactionKey: string | null;
}

/** A cancellation with the number that names it among those of its payment. */
export interface NumberedCancel extends PaymentCancel {
  transactionKey: string;
}

/** Cancellations that no refund of ours accounts for yet, oldest first. */
export function unknownCancels(
  payment: Pick<Payment, "paymentKey" | "cancels">,
  refunds: readonly KnownCancel[],
): NumberedCancel[] {
  const known = new Set(refunds.map(({ transactionKey }) => transactionKey));
  return payment.cancels
    .map((cancel, index) => ({
      ...cancel,
      // Toss numbers them all; the place in a list that only grows would do as well.
      transactionKey: cancel.transactionKey ?? `${payment.paymentKey}:${index}`,
    }))
    .filter(
      ({ transactionKey, cancelStatus }) => !known.has(transactionKey) && isDone(cancelStatus),
    );
}

/** Absent in older answers; else in progress or aborted until it says so. */
function isDone(cancelStatus: string | null): boolean {
  return cancelStatus === null || cancelStatus === "DONE";
}

export type RefundVerdict =
  /** The money is on its way back. */
  | { verdict: "done"; cancel: NumberedCancel }
  /** Nothing has happened so far. */
  | { verdict: "unchanged" }
  /** Something else happened to the payment, and ours didn't. */
  | { verdict: "mismatch" };

/**
 * Whether a refund whose outcome isn't known has happened: what is left of the payment is compared
 * with what was left before, and the cancellation is looked for. Another's cancellation of the same
 * amount counts as ours: the same money went back to the same person.
 */
export function judgeRefund(
  refund: { amountKrw: number; balanceBeforeKrw: number },
  payment: Pick<Payment, "paymentKey" | "cancels" | "balanceAmount">,
  refunds: readonly KnownCancel[],
): RefundVerdict {
  const cancel = unknownCancels(payment, refunds).find(
    ({ cancelAmount }) => cancelAmount === refund.amountKrw,
  );
  if (cancel) return { verdict: "done", cancel };
  const isUnchanged = payment.balanceAmount === refund.balanceBeforeKrw;
  return { verdict: isUnchanged ? "unchanged" : "mismatch" };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Toss keeps idempotency keys for 15 days: past this, the same key could cancel a second time. */
export const stopAskingMs = 14 * dayMs;

/**
 * When to look again after a refund's `attempts`th try, in ms: soon at first, hourly within the
 * first day, then daily. Never sooner than a call to the provider may take.
 */
export function nextCheckMs(attempts: number, ageMs: number): number {
  if (ageMs >= dayMs) return dayMs;
  return [minuteMs, minuteMs, 5 * minuteMs, 15 * minuteMs][attempts - 1] ?? hourMs;
}
