import type { Payment, TransactionRow } from "@/lib/payments/schema";
import type { FindingRequest } from "./findings-schema";
import { unknownCancels } from "./refund-judgement";
import type { OrderState } from "./schema";

/** What of an order is held against the provider's side; pure. */
export interface OurOrder {
  orderId: string;
  paymentKey: string | null;
  state: OrderState;
  amountKrw: number;
  balanceKrw: number;
  approvedAt: Date | null;
  refunds: {
    id: string;
    state: "requested" | "unknown" | "done" | "rejected";
    transactionKey: string | null;
    amountKrw: number;
    endedAt: Date | null;
  }[];
}

export interface Period {
  fromMs: number;
  toMs: number;
}

/** Our clock and theirs, and the way between, differ: what is so near the edge is looked at next time. */
const edgeMs = 10 * 60_000;

/** States in which we say that money came in. */
export const takenStates = ["paid", "partially_refunded", "refunded"] as const;

export function isTaken(state: OrderState): boolean {
  return (takenStates as readonly OrderState[]).includes(state);
}

/**
 * Differences between an order of ours and the provider's list of what happened to it in a period.
 * @param ours undefined: we know no such order
 * @param theirs every row of the period that names this order
 */
export function compareWithRows(
  orderId: string,
  ours: OurOrder | undefined,
  theirs: readonly TransactionRow[],
  period: Period,
): FindingRequest[] {
  const payments = theirs.filter((row) => row.kind === "payment" && row.status === "DONE");
  const cancels = theirs.filter((row) => row.kind === "cancel");
  if (!ours) {
    return theirs.length === 0
      ? []
      : [finding("payment_without_order", orderId, "–", paidText(payments, cancels))];
  }
  // A person looks into it already.
  if (ours.state === "held_for_review") return [];
  return [
    ...comparePayments(ours, payments, { period, givenBackKrw: sumKrw(cancels) }),
    ...(isTaken(ours.state) ? compareCancels(ours, cancels, period) : []),
  ];
}

function comparePayments(
  ours: OurOrder,
  payments: readonly TransactionRow[],
  options: { period: Period; givenBackKrw: number },
): FindingRequest[] {
  const { period, givenBackKrw } = options;
  const { orderId, state, amountKrw, paymentKey } = ours;
  const found: FindingRequest[] = [];
  const keys = [...new Set(payments.map((row) => row.paymentKey))];
  if (keys.length > 1) {
    found.push(
      finding(
        "duplicate_payment",
        orderId,
        "1 payment",
        `${keys.length} payments: ${keys.join(", ")}`,
      ),
    );
  }
  const row = payments.find((each) => each.paymentKey === paymentKey) ?? payments[0];
  if (!row) {
    const isMissing = isTaken(state) && isWithin(ours.approvedAt, period);
    if (isMissing) {
      found.push(finding("payment_not_at_toss", orderId, `${state}, ${amountKrw} KRW`, "–"));
    }
    return found;
  }
  if (!isTaken(state)) {
    // Given back whole before it became ours: no money, no credits.
    if (givenBackKrw >= row.amount) return found;
    found.push(finding("paid_at_toss_only", orderId, state, `DONE, ${row.amount} KRW`));
  } else if (row.paymentKey !== paymentKey) {
    found.push(
      finding("payment_mismatch", orderId, `payment ${paymentKey}`, `payment ${row.paymentKey}`),
    );
  }
  if (row.amount !== amountKrw || row.currency !== "KRW") {
    found.push(
      finding("amount_mismatch", orderId, `${amountKrw} KRW`, `${row.amount} ${row.currency}`),
    );
  }
  return found;
}

function compareCancels(
  ours: OurOrder,
  cancels: readonly TransactionRow[],
  period: Period,
): FindingRequest[] {
  const { orderId } = ours;
  // One that moved credits alone is nothing the provider could list.
  const done = ours.refunds.filter(({ state, amountKrw }) => state === "done" && amountKrw > 0);
  const found: FindingRequest[] = [];
  for (const row of cancels) {
    const refund = done.find(({ transactionKey }) => transactionKey === row.transactionKey);
    if (!refund) {
      found.push(
        finding(
          "cancel_at_toss_only",
          orderId,
          "–",
          `cancel ${row.amount} KRW (${row.transactionKey})`,
        ),
      );
    } else if (refund.amountKrw !== row.amount) {
      found.push(
        finding(
          "refund_amount_mismatch",
          orderId,
          `refund ${refund.amountKrw} KRW (${row.transactionKey})`,
          `cancel ${row.amount} KRW`,
        ),
      );
    }
  }
  const listed = new Set(cancels.map(({ transactionKey }) => transactionKey));
  for (const refund of done) {
    if (!isWithin(refund.endedAt, period) || listed.has(refund.transactionKey ?? "")) continue;
    found.push(
      finding(
        "refund_not_at_toss",
        orderId,
        `refund ${refund.amountKrw} KRW (${refund.transactionKey})`,
        "–",
      ),
    );
  }
  return found;
}

/**
 * Differences between an order of ours and its payment as the provider tells it now.
 * @param payment undefined: the provider knows none
 */
export function compareWithPayment(ours: OurOrder, payment: Payment | undefined): FindingRequest[] {
  const { orderId, state, amountKrw, balanceKrw } = ours;
  if (state === "held_for_review") return [];
  if (!payment) {
    return isTaken(state)
      ? [finding("payment_not_at_toss", orderId, `${state}, ${amountKrw} KRW`, "–")]
      : [];
  }
  const status = payment.status;
  const isPaid = status === "DONE" || status === "PARTIAL_CANCELED" || status === "CANCELED";
  if (isTaken(state) !== isPaid) {
    // Cancelled before it became ours: no money, no credits.
    if (status === "CANCELED" && payment.balanceAmount === 0) return [];
    return [
      finding(
        isPaid ? "paid_at_toss_only" : "status_mismatch",
        orderId,
        state,
        `${status}, ${payment.totalAmount} KRW`,
      ),
    ];
  }
  if (!isPaid) return [];
  const found: FindingRequest[] = [];
  if (payment.totalAmount !== amountKrw || payment.currency !== "KRW") {
    found.push(
      finding(
        "amount_mismatch",
        orderId,
        `${amountKrw} KRW`,
        `${payment.totalAmount} ${payment.currency}`,
      ),
    );
  }
  // While a refund waits for its outcome, its own checks speak.
  if (ours.refunds.some((each) => each.state === "requested" || each.state === "unknown"))
    return found;
  if (payment.balanceAmount !== balanceKrw) {
    found.push(
      finding(
        "balance_mismatch",
        orderId,
        `balance ${balanceKrw} KRW`,
        `balance ${payment.balanceAmount} KRW`,
      ),
    );
  }
  const cancels = unknownCancels(payment, ours.refunds);
  if (cancels.length > 0) {
    const text = cancels
      .map((each) => `cancel ${each.cancelAmount} KRW (${each.transactionKey})`)
      .join(", ");
    found.push(finding("cancel_at_toss_only", orderId, "–", text));
  }
  return found;
}

function finding(code: string, subject: string, expected: string, actual: string): FindingRequest {
  return { code, severity: "critical", subject, expected, actual };
}

function paidText(payments: readonly TransactionRow[], cancels: readonly TransactionRow[]): string {
  const keys = [...new Set([...payments, ...cancels].map((row) => row.paymentKey))].join(", ");
  return `DONE ${sumKrw(payments)} KRW, cancel ${sumKrw(cancels)} KRW (${keys})`;
}

function sumKrw(rows: readonly TransactionRow[]): number {
  return rows.reduce((total, row) => total + row.amount, 0);
}

function isWithin(at: Date | null, { fromMs, toMs }: Period): boolean {
  return at !== null && at.getTime() >= fromMs + edgeMs && at.getTime() < toMs - edgeMs;
}
