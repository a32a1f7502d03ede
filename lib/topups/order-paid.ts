import "server-only";
import { getAccount } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { routes } from "@/lib/client/routes";
import { assertApplied, grantCredits } from "@/lib/credits/ledger";
import { queueMail } from "@/lib/mail/service";
import { addNotice } from "@/lib/notices/service";
import type { Payment } from "@/lib/payments/schema";
import type { Tx } from "@/lib/transaction";
import { raiseFinding } from "./findings";
import { type OrderRow, updateOrder } from "./orders-repo";
import { paymentSnapshot } from "./payment-snapshot";
import { settleUse } from "./promotions-repo";

/**
 * The money is there: notes it and gives the credits, in one transaction, so that never one is
 * true without the other. The order is locked and the payment fits it.
 */
export async function payOrder(
  tx: Tx,
  paid: { order: OrderRow; payment: Payment; nowMs: number },
): Promise<void> {
  const { order, payment, nowMs } = paid;
  const { orderId, userId: ownerId, amountKrw } = order;
  await updateOrder(tx, orderId, paidChange(order, payment, nowMs), new Date(nowMs));
  await giveCredits(tx, order, nowMs);
  await settleUse(tx, orderId, new Date(nowMs));
  const { credits, bonusCredits } = order;
  const detail = { orderId, amountKrw, credits, bonusCredits, from: order.state };
  appendAudit(tx, { name: "order_paid", subjectId: ownerId, detail });
  await tellOwner(tx, order, nowMs);
}

/** What a payment that came in says of an order. */
export function paidChange(order: OrderRow, payment: Payment, nowMs: number) {
  const approvedMs = Date.parse(payment.approvedAt ?? "");
  return {
    state: "paid" as const,
    paymentKey: payment.paymentKey,
    method: payment.method,
    receiptUrl: webAddress(payment.receipt?.url),
    cashReceiptUrl: webAddress(payment.cashReceipt?.receiptUrl),
    balanceKrw: order.amountKrw,
    // Before what was given back of it: each cancellation takes its own part off.
    lastTransactionKey: payment.cancels.length === 0 ? payment.lastTransactionKey : null,
    approvedAt: new Date(Number.isNaN(approvedMs) ? nowMs : approvedMs),
    failureCode: null,
    failureMessage: null,
    nextCheckAt: null,
    provider: paymentSnapshot(payment),
  };
}

/** It becomes a link on our pages. */
function webAddress(url: string | null | undefined): string | null {
  return url && /^https?:\/\//.test(url) ? url : null;
}

async function giveCredits(tx: Tx, order: OrderRow, nowMs: number): Promise<void> {
  const { orderId, userId: ownerId, credits, bonusCredits } = order;
  const to = { ownerId, orderId, nowMs };
  const bought = { source: "topup", amount: credits, key: `topup:${orderId}` } as const;
  assertApplied(await grantCredits(tx, { ...to, ...bought }));
  if (bonusCredits === 0) return;
  const bonus = { source: "bonus", amount: bonusCredits, key: `bonus:${orderId}` } as const;
  assertApplied(await grantCredits(tx, { ...to, ...bonus }));
}

async function tellOwner(tx: Tx, order: OrderRow, nowMs: number): Promise<void> {
  const { orderId, userId, amountKrw } = order;
  const credits = order.credits + order.bonusCredits;
  const owner = await getAccount(userId, tx);
  if (!owner) {
    const found = { code: "paid_without_owner", severity: "critical", subject: orderId } as const;
    const expected = "an account that is still there";
    return raiseFinding(tx, { ...found, expected, actual: `${amountKrw} KRW paid` }, nowMs);
  }
  const kind = "top-up-done";
  const values = { orderId, credits, amountKrw };
  const dedupeKey = `top-up:${orderId}`;
  if (!(await addNotice(tx, { userId, kind, values, dedupeKey }, nowMs))) return;
  // Who signs in by another service may have no address.
  if (!owner.email) return;
  const { email: to, locale } = owner;
  const link = routes.order(orderId);
  await queueMail(tx, { to, userId, locale, kind, values: { credits, amountKrw, link } });
}
