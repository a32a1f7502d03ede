import type { SandboxPayment, SandboxTransaction } from "./payment";
import type { RefusalCode } from "./refusals";

/** A window nobody pays in is over after this (Toss: 30 min). */
export const windowMs = 30 * 60_000;
/** A payment that isn't confirmed this long after its authentication is over (Toss: 10 min). */
export const confirmMs = 10 * 60_000;

export type WebhookKind = "status" | "deposit";

/** What happens to a payment. */
export type PaymentEvent =
  /** The person pays in the window. */
  | { type: "authenticate"; easyPay: boolean; refuseAtConfirm: string | null }
  /** The window ends without a payment, for good. */
  | { type: "abort"; code: string }
  | { type: "confirm"; orderId: string; amountKrw: number; transactionKey: string }
  | CancelEvent
  /** Money arrives at the virtual account. */
  | { type: "deposit"; transactionKey: string }
  /** The bank takes the deposit back. */
  | { type: "revert_deposit"; transactionKey: string };

export interface CancelEvent {
  type: "cancel";
  reason: string;
  /** Left out: all that is left. */
  amountKrw?: number | undefined;
  /** The balance the merchant believes in. */
  expectedBalanceKrw?: number | undefined;
  /** Needed to give money back that came into a virtual account. */
  hasRefundAccount: boolean;
  transactionKey: string;
}

export type Moved =
  | { ok: true; payment: SandboxPayment; webhooks: WebhookKind[] }
  /** `payment`: where the refusal itself changed it. */
  | { ok: false; code: RefusalCode | (string & {}); payment?: SandboxPayment };

/** The payment once its time is over; undefined while it isn't. */
export function expired(payment: SandboxPayment, nowMs: number): SandboxPayment | undefined {
  const { status, requestedAtMs, authenticatedAtMs } = payment;
  const isOver =
    (status === "READY" && nowMs - requestedAtMs >= windowMs) ||
    (status === "IN_PROGRESS" && nowMs - (authenticatedAtMs ?? requestedAtMs) >= confirmMs);
  return isOver ? { ...payment, status: "EXPIRED" } : undefined;
}

/**
 * What an event makes of a payment, by Toss's rules. Whoever calls it has let the payment expire
 * first.
 */
export function move(payment: SandboxPayment, event: PaymentEvent, nowMs: number): Moved {
  switch (event.type) {
    case "authenticate":
      if (payment.status !== "READY") return { ok: false, code: "NOT_FOUND_PAYMENT_SESSION" };
      return changed(payment, {
        status: "IN_PROGRESS",
        authenticatedAtMs: nowMs,
        easyPay: event.easyPay,
        refuseAtConfirm: event.refuseAtConfirm,
      });
    case "abort":
      if (payment.status !== "READY" && payment.status !== "IN_PROGRESS") {
        return { ok: false, code: "NOT_FOUND_PAYMENT_SESSION" };
      }
      return changed(payment, { status: "ABORTED", failureCode: event.code }, ["status"]);
    case "confirm":
      return confirm(payment, event, nowMs);
    case "cancel":
      return cancel(payment, event, nowMs);
    case "deposit":
      if (payment.status !== "WAITING_FOR_DEPOSIT") return { ok: false, code: "INVALID_REQUEST" };
      return settled(payment, { status: "DONE", approvedAtMs: nowMs }, event, nowMs);
    case "revert_deposit":
      if (payment.method !== "VIRTUAL_ACCOUNT" || payment.status !== "DONE") {
        return { ok: false, code: "INVALID_REQUEST" };
      }
      return settled(payment, { status: "WAITING_FOR_DEPOSIT", approvedAtMs: null }, event, nowMs);
  }
}

function confirm(
  payment: SandboxPayment,
  event: Extract<PaymentEvent, { type: "confirm" }>,
  nowMs: number,
): Moved {
  // Toss looks a session up by both, so another order's payment doesn't exist for it.
  if (event.orderId !== payment.orderId) return { ok: false, code: "NOT_FOUND_PAYMENT_SESSION" };
  switch (payment.status) {
    case "READY":
    case "EXPIRED":
    case "ABORTED":
      return { ok: false, code: "NOT_FOUND_PAYMENT_SESSION" };
    case "IN_PROGRESS":
      break;
    default:
      return { ok: false, code: "ALREADY_PROCESSED_PAYMENT" };
  }
  // Which code Toss answers here isn't known; that it is a 400 is.
  if (event.amountKrw !== payment.amountKrw) return { ok: false, code: "INVALID_REQUEST" };
  if (payment.refuseAtConfirm) return refusedAtConfirm(payment, payment.refuseAtConfirm);
  if (payment.method === "VIRTUAL_ACCOUNT") {
    return changed(payment, { status: "WAITING_FOR_DEPOSIT" }, ["status"]);
  }
  const transaction: SandboxTransaction = {
    transactionKey: event.transactionKey,
    status: "DONE",
    amountKrw: payment.amountKrw,
    atMs: nowMs,
  };
  return changed(
    payment,
    {
      status: "DONE",
      approvedAtMs: nowMs,
      transactions: [...payment.transactions, transaction],
    },
    ["status"],
  );
}

/** The card company says no: the payment is over. */
export function refusedAtConfirm(payment: SandboxPayment, code: string): Moved {
  return { ok: false, code, payment: { ...payment, status: "ABORTED", failureCode: code } };
}

function cancel(payment: SandboxPayment, event: CancelEvent, nowMs: number): Moved {
  const code = cancelRefusal(payment, event);
  if (code) return { ok: false, code };
  const amountKrw = event.amountKrw ?? payment.balanceKrw;
  const balanceKrw = payment.balanceKrw - amountKrw;
  const status = balanceKrw === 0 ? "CANCELED" : "PARTIAL_CANCELED";
  const { transactionKey, reason } = event;
  return changed(
    payment,
    {
      status,
      balanceKrw,
      cancels: [
        ...payment.cancels,
        { transactionKey, reason, amountKrw, atMs: nowMs, refundableKrw: balanceKrw },
      ],
      // An account that nothing was paid into has no transaction to cancel.
      transactions:
        payment.status === "WAITING_FOR_DEPOSIT"
          ? payment.transactions
          : [...payment.transactions, { transactionKey, status, amountKrw, atMs: nowMs }],
    },
    webhooksOf(payment),
  );
}

function cancelRefusal(payment: SandboxPayment, event: CancelEvent): RefusalCode | undefined {
  const { status, balanceKrw } = payment;
  if (status === "CANCELED") return "ALREADY_CANCELED_PAYMENT";
  const isPaid = status === "DONE" || status === "PARTIAL_CANCELED";
  if (!isPaid && status !== "WAITING_FOR_DEPOSIT") return "NOT_CANCELABLE_PAYMENT";
  if (event.expectedBalanceKrw !== undefined && event.expectedBalanceKrw !== balanceKrw) {
    return "NOT_MATCHES_REFUNDABLE_AMOUNT";
  }
  const amountKrw = event.amountKrw ?? balanceKrw;
  if (!isPaid && amountKrw !== balanceKrw) return "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT";
  if (amountKrw > balanceKrw) return "NOT_CANCELABLE_AMOUNT";
  const needsAccount = payment.method === "VIRTUAL_ACCOUNT" && isPaid;
  if (needsAccount && !event.hasRefundAccount) return "INVALID_REFUND_ACCOUNT_INFO";
  return undefined;
}

/** A change of a virtual account's money: it has a transaction and two webhooks. */
function settled(
  payment: SandboxPayment,
  change: { status: "DONE" | "WAITING_FOR_DEPOSIT"; approvedAtMs: number | null },
  { transactionKey }: { transactionKey: string },
  nowMs: number,
): Moved {
  const { status } = change;
  const transaction = { transactionKey, status, amountKrw: payment.amountKrw, atMs: nowMs };
  return changed(
    payment,
    { ...change, transactions: [...payment.transactions, transaction] },
    webhooksOf(payment),
  );
}

function webhooksOf({ method }: SandboxPayment): WebhookKind[] {
  return method === "VIRTUAL_ACCOUNT" ? ["status", "deposit"] : ["status"];
}

function changed(
  payment: SandboxPayment,
  change: Partial<SandboxPayment>,
  webhooks: WebhookKind[] = [],
): Moved {
  return { ok: true, payment: { ...payment, ...change }, webhooks };
}
