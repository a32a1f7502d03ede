import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { freezeWallet } from "@/lib/credits/ledger";
import { paymentProvider } from "@/lib/payments";
import type { Payment } from "@/lib/payments/schema";
import { type Tx, transaction } from "@/lib/transaction";
import { restoreDeposit, revertDeposit } from "./deposits";
import { raiseFinding } from "./findings";
import { endOrder } from "./order-end";
import { judge, type Verdict } from "./order-machine";
import { payOrder } from "./order-paid";
import { claimPayment, lockOrder, type OrderRow, updateOrder } from "./orders-repo";
import { paymentSnapshot } from "./payment-snapshot";
import { applyExternalCancel } from "./refund-external";

/** An order that waits for a deposit is looked at so often when nobody tells us of it, in ms. */
const depositCheckMs = 3_600_000;
/** So often the provider is asked once more for an order that keeps changing under our hands. */
const maxLooks = 4;

/** What a payment's state led to; `no_order`: we know no such order. */
export type Applied = Verdict["kind"] | "no_order";

/**
 * Takes over what the provider says of a payment: the only way in which that changes an order, for
 * confirmations, the sweeper, webhooks and the reconciliation alike. Under the order's lock it
 * compares order, payment, currency and amount, and gives the credits in the transaction that says
 * `paid`. The same state again changes nothing, and neither does an older one.
 * @param payment as fetched with the secret key; nothing that a browser or a webhook has brought
 * @throws {AppError} `payments_unreachable` where a state has to be asked for once more
 */
export async function applyProviderState(payment: Payment, nowMs = Date.now()): Promise<Applied> {
  let current = payment;
  let seen: string | undefined;
  for (let look = 1; look <= maxLooks; look++) {
    const { applied, version } = await transaction((tx) => applyOnce(tx, current, seen, nowMs));
    if (applied !== "ask_again") return applied;
    // Asked for after what we have noted, and good while that hasn't changed meanwhile.
    seen = version;
    const again = await paymentProvider().paymentByKey(payment.paymentKey);
    if (!again) return "none";
    current = again;
  }
  return "ask_again";
}

async function applyOnce(
  tx: Tx,
  payment: Payment,
  seen: string | undefined,
  nowMs: number,
): Promise<{ applied: Applied; version: string }> {
  const order = await lockOrder(tx, payment.orderId);
  if (!order) return { applied: "no_order", version: "" };
  const version = versionOf(order);
  const verdict = judge(order, payment, { isFresh: seen === version });
  await carryOut(tx, { order, payment, verdict, nowMs });
  return { applied: verdict.kind, version };
}

/** Changes with everything that is noted of an order. */
function versionOf({ state, updatedAt, lastTransactionKey, balanceKrw }: OrderRow): string {
  return [state, updatedAt.getTime(), lastTransactionKey, balanceKrw].join(" ");
}

interface Case {
  order: OrderRow;
  payment: Payment;
  nowMs: number;
}

async function carryOut(tx: Tx, options: Case & { verdict: Verdict }): Promise<void> {
  const { verdict, ...each } = options;
  const { order, payment, nowMs } = each;
  switch (verdict.kind) {
    case "none":
    case "ask_again":
      return;
    case "pay":
      if (!(await claimPayment(tx, payment))) return hold(tx, each, takenBy(payment));
      await payOrder(tx, each);
      // Given back in part before we knew that it was paid.
      return applyExternalCancel(tx, order, payment, nowMs);
    case "take_over_cancels":
      return applyExternalCancel(tx, order, payment, nowMs);
    case "await_deposit":
      return awaitDeposit(tx, each);
    case "revert":
      return revertDeposit(tx, each);
    case "restore":
      return restoreDeposit(tx, each);
    case "end": {
      const { state, code } = verdict;
      const provider = paymentSnapshot(payment);
      return endOrder(tx, order, { state, code, provider, nowMs });
    }
    case "hold":
      return hold(tx, each, verdict);
    case "report": {
      const { kind: _, ...found } = verdict;
      return raiseFinding(tx, { ...found, subject: order.orderId }, nowMs);
    }
  }
}

function takenBy({ paymentKey, orderId }: Payment) {
  return {
    code: "payment_mismatch",
    expected: `payment ${paymentKey} for order ${orderId} alone`,
    actual: "another order has this payment",
  };
}

async function awaitDeposit(tx: Tx, { order, payment, nowMs }: Case): Promise<void> {
  if (!(await claimPayment(tx, payment))) return;
  const change = {
    state: "awaiting_deposit" as const,
    paymentKey: payment.paymentKey,
    method: payment.method,
    provider: paymentSnapshot(payment),
    nextCheckAt: new Date(nowMs + depositCheckMs),
  };
  await updateOrder(tx, order.orderId, change, new Date(nowMs));
}

/** Money was taken that doesn't fit the order: no credits, nothing leaves, a person looks. */
async function hold(
  tx: Tx,
  { order, payment, nowMs }: Case,
  found: { code: string; expected: string; actual: string },
): Promise<void> {
  const { orderId, userId: ownerId } = order;
  const { code, expected, actual } = found;
  const names = order.paymentKey === null && (await claimPayment(tx, payment));
  const change = {
    state: "held_for_review" as const,
    ...(names && { paymentKey: payment.paymentKey }),
    failureCode: code,
    provider: paymentSnapshot(payment),
    nextCheckAt: null,
  };
  await updateOrder(tx, orderId, change, new Date(nowMs));
  const detail = { orderId, code, expected, actual };
  appendAudit(tx, { name: "order_mismatch", level: "critical", subjectId: ownerId, detail });
  await freezeWallet(tx, { ownerId, reason: `${code}:${orderId}`, nowMs });
  await raiseFinding(tx, { ...found, severity: "critical", subject: orderId }, nowMs);
}
