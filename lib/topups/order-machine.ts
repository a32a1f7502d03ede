import type { Payment } from "@/lib/payments/schema";
import type { OrderState } from "./schema";

/** How an order moves by what the provider says of its payment; pure. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The window is open for 30 minutes, and a payment in it waits 10 for its confirmation. */
export const orderLifeMs = 40 * minuteMs;
/** Toss lets a payment that nobody confirms within this expire. */
export const confirmWindowMs = 10 * minuteMs;
/** An order nobody could tell anything about for so long is looked into by a person. */
export const stuckMs = 14 * dayMs;

/** An order as far as its moves depend on it. */
export interface JudgedOrder {
  state: OrderState;
  paymentKey: string | null;
  amountKrw: number;
  failureCode: string | null;
}

/** `failureCode` of an order whose deposit the bank took back; it waits for a person. */
export const depositReverted = "DEPOSIT_REVERTED";

export type Verdict =
  /** Nothing new. */
  | { kind: "none" }
  /** Money came in: give the credits. */
  | { kind: "pay" }
  /** Paid and, behind our backs, at least in part given back. */
  | { kind: "take_over_cancels" }
  | { kind: "await_deposit" }
  /** The bank took the deposit back. */
  | { kind: "revert" }
  /** And it came again. */
  | { kind: "restore" }
  | { kind: "end"; state: "failed" | "expired" | "cancelled"; code: string }
  /** Money was taken, and not as the order says. */
  | { kind: "hold"; code: string; expected: string; actual: string }
  /** A person should know; the order stays as it is. */
  | {
      kind: "report";
      code: string;
      severity: "warning" | "critical";
      expected: string;
      actual: string;
    }
  /** Good only if the provider says so again: it may be older than what we noted. */
  | { kind: "ask_again" };

const none = { kind: "none" } as const;

type Told = Pick<
  Payment,
  | "paymentKey"
  | "status"
  | "currency"
  | "totalAmount"
  | "balanceAmount"
  | "failure"
  | "virtualAccount"
>;

/** Whether money of the customer is, or was, with us by this payment. */
export function hasTakenMoney({ status }: Pick<Payment, "status">): boolean {
  return status === "DONE" || status === "PARTIAL_CANCELED" || status === "CANCELED";
}

export function isPaid(state: OrderState): boolean {
  return state === "paid" || state === "partially_refunded" || state === "refunded";
}

/** States in which nobody knows yet. */
export function isOpen(state: OrderState): boolean {
  return state === "confirming" || state === "unknown";
}

/** `isFresh`: asked after everything that we noted of the order, so it can't be older. */
interface Freshness {
  isFresh: boolean;
}

/** What an order does about a payment that names it. */
export function judge(order: JudgedOrder, payment: Told, options: Freshness): Verdict {
  if (order.state === "held_for_review") return heldForReview(order, payment, options);
  if (order.paymentKey !== null && order.paymentKey !== payment.paymentKey) {
    return otherPayment(order, payment);
  }
  if (hasTakenMoney(payment) && payment.balanceAmount > 0) {
    const wrong = mismatch(order, payment);
    if (wrong) return { kind: "hold", ...wrong };
  }
  switch (payment.status) {
    case "DONE":
      return isPaid(order.state) ? none : { kind: "pay" };
    case "PARTIAL_CANCELED":
      return { kind: isPaid(order.state) ? "take_over_cancels" : "pay" };
    case "CANCELED":
      return isPaid(order.state) ? { kind: "take_over_cancels" } : end(order, payment, "cancelled");
    case "WAITING_FOR_DEPOSIT":
      return waiting(order, payment, options);
    case "ABORTED":
    case "EXPIRED":
      return end(order, payment, payment.status === "ABORTED" ? "failed" : "expired");
    case "UNKNOWN":
      return {
        kind: "report",
        code: "payment_status_unknown",
        severity: "warning",
        expected: "a status that we know",
        actual: `payment ${payment.paymentKey} has a status that Toss has added`,
      };
    default:
      return none;
  }
}

/** A second payment of the same order. What nobody confirms expires by itself. */
function otherPayment(order: JudgedOrder, payment: Told): Verdict {
  if (!hasTakenMoney(payment) || payment.balanceAmount === 0) return none;
  const told = {
    expected: `payment ${order.paymentKey}`,
    actual: `payment ${payment.paymentKey}, ${payment.balanceAmount} ${payment.currency} kept`,
  };
  return isPaid(order.state)
    ? { kind: "report", code: "duplicate_payment", severity: "critical", ...told }
    : { kind: "hold", code: "payment_mismatch", ...told };
}

function mismatch(order: JudgedOrder, { currency, totalAmount }: Told) {
  if (currency === "KRW" && totalAmount === order.amountKrw) return undefined;
  const actual = `${totalAmount} ${currency} paid`;
  return { code: "amount_mismatch", expected: `${order.amountKrw} KRW`, actual };
}

/**
 * A person looks into it. It is over when the money was given back at the provider, or never came;
 * a deposit that was taken back can come again by itself; and where another payment was what didn't
 * fit, the order's own one counts.
 */
function heldForReview(order: JudgedOrder, payment: Told, { isFresh }: Freshness): Verdict {
  if (order.paymentKey !== payment.paymentKey) return none;
  const over = overStates[payment.status];
  if (over) return { kind: "end", state: over, code: payment.status };
  const isGood = payment.status === "DONE" && mismatch(order, payment) === undefined;
  if (!isGood) return none;
  const isReverted = order.failureCode === depositReverted;
  if (!isReverted && order.failureCode !== "payment_mismatch") return none;
  // What says so may be from before the money was taken back, or the other payment came.
  if (!isFresh) return { kind: "ask_again" };
  return { kind: isReverted ? "restore" : "pay" };
}

/** Ways in which a payment is over without money being kept. */
const overStates: { [Status in Told["status"]]?: "cancelled" | "failed" | "expired" } = {
  CANCELED: "cancelled",
  ABORTED: "failed",
  EXPIRED: "expired",
};

function waiting(order: JudgedOrder, payment: Told, { isFresh }: Freshness): Verdict {
  // What says so may be from before the deposit came.
  if (order.state === "paid") return { kind: isFresh ? "revert" : "ask_again" };
  if (order.state === "awaiting_deposit") {
    return payment.virtualAccount?.expired
      ? { kind: "end", state: "expired", code: "DEPOSIT_OVERDUE" }
      : none;
  }
  return isPaid(order.state) ? none : { kind: "await_deposit" };
}

function end(
  order: JudgedOrder,
  payment: Told,
  state: "failed" | "expired" | "cancelled",
): Verdict {
  if (isPaid(order.state)) {
    return {
      kind: "report",
      code: "status_mismatch",
      severity: "critical",
      expected: order.state,
      actual: payment.status,
    };
  }
  // Another window for the same order may be open: its time ends with the order's.
  if (order.paymentKey === null) return none;
  if (order.state !== "awaiting_deposit" && !isOpen(order.state)) return none;
  return { kind: "end", state, code: payment.failure?.code ?? payment.status };
}

/**
 * When to ask about an order again after the `attempts`th time, in ms: 10 s, 1, 5, 15 minutes,
 * hourly within the first day, then daily.
 */
export function nextCheckMs(attempts: number, ageMs: number): number {
  if (ageMs >= dayMs) return dayMs;
  return [10_000, minuteMs, 5 * minuteMs, 15 * minuteMs][attempts] ?? hourMs;
}

/** What is to be done about a request to confirm. */
export type ConfirmStep =
  /** Ask the provider to take the money. */
  | "confirm"
  /** It was asked before: find out what became of that. */
  | "ask"
  /** Known: say so. */
  | "answer"
  | "order_mismatch"
  | "order_expired"
  | "order_closed";

export function confirmStep(
  order: Pick<JudgedOrder, "state" | "paymentKey" | "amountKrw"> & { createdAt: Date },
  asked: { paymentKey: string; amountKrw: number },
  nowMs: number,
): ConfirmStep {
  if (asked.amountKrw !== order.amountKrw) return "order_mismatch";
  if (order.state === "created") {
    return nowMs - order.createdAt.getTime() > orderLifeMs ? "order_expired" : "confirm";
  }
  if (order.paymentKey !== null && order.paymentKey !== asked.paymentKey) return "order_closed";
  if (isOpen(order.state)) return "ask";
  if (order.state === "expired") return "order_expired";
  return order.paymentKey === null ? "order_closed" : "answer";
}
