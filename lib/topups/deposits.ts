import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { assertApplied, freezeWallet, putBackCredits, takeBackCredits } from "@/lib/credits/ledger";
import { newId } from "@/lib/ids";
import type { Payment } from "@/lib/payments/schema";
import type { Tx } from "@/lib/transaction";
import { raiseFinding } from "./findings";
import { depositReverted } from "./order-machine";
import { paidChange } from "./order-paid";
import { findClawback, type OrderRow, readOrderParts, updateOrder } from "./orders-repo";
import { paymentSnapshot } from "./payment-snapshot";
import { insertRefund, lockWallet, readOrderCredits, updateRefund } from "./refund-repo";

interface Case {
  order: OrderRow;
  payment: Payment;
  nowMs: number;
}

/** How the row is called that says what left because a deposit did. */
const policy = "deposit_reverted";

/**
 * The bank took a deposit back that had been paid into a virtual account: what is free of the
 * order's credits goes, the wallet stands still when some have been used, and a person looks into
 * it. The order is locked.
 */
export async function revertDeposit(tx: Tx, { order, payment, nowMs }: Case): Promise<void> {
  const { orderId, userId: ownerId, amountKrw } = order;
  await lockWallet(tx, ownerId);
  const { lots } = await readOrderCredits(order, tx);
  const free = (paid: boolean) =>
    lots.filter((lot) => lot.paid === paid).reduce((sum, lot) => sum + lot.remaining - lot.held, 0);
  const taken = { paid: free(true), bonus: free(false) };
  if (taken.paid + taken.bonus > 0) await clawBack(tx, { order, taken, nowMs });
  const change = {
    state: "held_for_review" as const,
    failureCode: depositReverted,
    balanceKrw: 0,
    lastTransactionKey: payment.lastTransactionKey,
    provider: paymentSnapshot(payment),
  };
  await updateOrder(tx, orderId, change, new Date(nowMs));
  const credits = order.credits + order.bonusCredits;
  const lacking = credits - taken.paid - taken.bonus;
  const detail = { orderId, amountKrw, lacking };
  appendAudit(tx, { name: "payment_reverted", level: "critical", subjectId: ownerId, detail });
  if (lacking > 0) await freezeWallet(tx, { ownerId, reason: `${policy}:${orderId}`, nowMs });
  const found = {
    code: policy,
    severity: "critical" as const,
    subject: orderId,
    expected: `${amountKrw} KRW kept`,
    actual: `the bank took the deposit back; ${credits - lacking} of ${credits} credits taken back`,
  };
  await raiseFinding(tx, found, nowMs);
}

async function clawBack(
  tx: Tx,
  options: { order: OrderRow; taken: { paid: number; bonus: number }; nowMs: number },
): Promise<void> {
  const { order, taken, nowMs } = options;
  const { orderId, userId: ownerId, balanceKrw } = order;
  const id = newId(nowMs);
  const at = new Date(nowMs);
  await insertRefund(tx, {
    ...{ id, orderId, policy, reason: policy, state: "done", amountKrw: 0 },
    ...{ paidCredits: taken.paid, bonusCredits: taken.bonus, balanceBeforeKrw: balanceKrw },
    ...{ requestKey: `${policy}:${id}`, cancelKey: `${policy}:${id}`, createdAt: at, endedAt: at },
  });
  const movement = { kind: "clawback", ownerId, orderId, refundId: id, ...taken } as const;
  assertApplied(await takeBackCredits(tx, { ...movement, reason: policy, nowMs }));
}

/**
 * The deposit came again: puts back what its loss took. A wallet that stands still does so until a
 * person has looked. The order is locked.
 */
export async function restoreDeposit(tx: Tx, { order, payment, nowMs }: Case): Promise<void> {
  const { orderId, userId: ownerId, amountKrw } = order;
  const { refunds } = await readOrderParts([orderId], tx);
  for (const refund of refunds) {
    if (refund.policy !== policy || refund.state !== "done") continue;
    const transactionId = await findClawback(tx, refund.id);
    if (!transactionId) continue;
    const reason = "deposit_returned";
    assertApplied(await putBackCredits(tx, { ownerId, transactionId, reason, nowMs }));
    await updateRefund(tx, refund.id, { state: "rejected", failureCode: reason });
  }
  await updateOrder(tx, orderId, paidChange(order, payment, nowMs), new Date(nowMs));
  const detail = { orderId, amountKrw, from: depositReverted };
  appendAudit(tx, { name: "order_paid", subjectId: ownerId, detail });
}
