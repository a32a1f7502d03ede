import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { assertApplied, freezeWallet, takeBackCredits } from "@/lib/credits/ledger";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Payment } from "@/lib/payments/schema";
import type { Tx } from "@/lib/transaction";
import { raiseFinding } from "./findings";
import { judgeRefund, type NumberedCancel, unknownCancels } from "./refund-judgement";
import {
  insertRefund,
  lockRefundOrder,
  lockWallet,
  type RefundOrderRow,
  readOrderCredits,
  updateOrderBalance,
  updateRefund,
} from "./refund-repo";
import { finishRefund, isOpen, stateAfterRefund, tellOwner } from "./refund-settle";

/**
 * Takes over what `payment` says of cancellations that no refund of ours accounts for: that of a
 * refund which waits for its outcome ends that refund; any other becomes a refund of its own and
 * takes what is free of the order's credits. Done again it changes nothing. While a refund waits
 * whose cancellation isn't there, the others wait too: it holds the credits they would take.
 */
export async function applyExternalCancel(
  tx: Tx,
  { orderId }: { orderId: string },
  payment: Payment,
  nowMs = Date.now(),
): Promise<void> {
  const order = await lockRefundOrder(tx, orderId);
  if (!order || order.paymentKey !== payment.paymentKey) return;
  if (unknownCancels(payment, order.refunds).length === 0) return;
  const open = order.refunds.find(isOpen);
  if (open) {
    const judged = judgeRefund(open, payment, order.refunds);
    if (judged.verdict !== "done") {
      return updateRefund(tx, open.id, { nextCheckAt: new Date(nowMs) });
    }
    const { transactionKey } = judged.cancel;
    await finishRefund(tx, { order, refund: open, payment, transactionKey, nowMs });
  }
  await takeOverOthers(tx, orderId, payment, nowMs);
}

async function takeOverOthers(
  tx: Tx,
  orderId: string,
  payment: Payment,
  nowMs: number,
): Promise<void> {
  for (;;) {
    const order = await lockRefundOrder(tx, orderId);
    const [cancel] = order ? unknownCancels(payment, order.refunds) : [];
    // An order that never became ours has given no credits: its own state says all there is.
    if (!order || !cancel || !(order.state === "paid" || order.state === "partially_refunded")) {
      return;
    }
    if (cancel.cancelAmount <= 0 || cancel.cancelAmount > order.balanceKrw) {
      return raiseFinding(tx, unfitting(order, cancel), nowMs);
    }
    await takeOver(tx, { order, cancel, payment, nowMs });
  }
}

async function takeOver(
  tx: Tx,
  options: { order: RefundOrderRow; cancel: NumberedCancel; payment: Payment; nowMs: number },
): Promise<void> {
  const { order, cancel, payment, nowMs } = options;
  const { orderId, userId: ownerId } = order;
  const { cancelAmount: amountKrw, transactionKey } = cancel;
  const at = new Date(nowMs);
  const balanceKrw = order.balanceKrw - amountKrw;
  await lockWallet(tx, ownerId);
  const { lots } = await readOrderCredits(order, tx);
  const due = creditsBehind(order, amountKrw);
  const free = (paid: boolean) =>
    lots
      .filter((lot) => lot.paid === paid)
      .reduce((total, lot) => total + lot.remaining - lot.held, 0);
  const paid = Math.min(due.paid, free(true));
  const bonus = Math.min(due.bonus, free(false));
  const id = newId(nowMs);
  const reason = cancel.cancelReason ?? "cancelled outside";
  await insertRefund(tx, {
    ...{ id, orderId, amountKrw, paidCredits: paid, bonusCredits: bonus, reason, transactionKey },
    state: "done",
    policy: "external",
    requestKey: `external:${transactionKey}`,
    cancelKey: `external:${transactionKey}`,
    balanceBeforeKrw: order.balanceKrw,
    createdAt: at,
    endedAt: at,
  });
  if (paid + bonus > 0) {
    const taken = { kind: "clawback", ownerId, orderId, refundId: id, paid, bonus } as const;
    assertApplied(await takeBackCredits(tx, { ...taken, reason: "external_cancel", nowMs }));
  }
  const state = stateAfterRefund(balanceKrw);
  await updateOrderBalance(tx, orderId, { balanceKrw, state, transactionKey, payment }, at);
  const lacking = due.paid + due.bonus - paid - bonus;
  if (lacking > 0) await freezeWallet(tx, { ownerId, reason: `external_cancel:${orderId}`, nowMs });
  const detail = { refund: id, orderId, amountKrw, balanceKrw, lacking };
  appendAudit(tx, { name: "payment_reverted", level: "warn", subjectId: ownerId, detail });
  await raiseFinding(tx, external(order, { amountKrw, taken: paid + bonus, lacking }), nowMs);
  await tellOwner(tx, { kind: "refund-done", order, refund: { id, amountKrw }, nowMs });
}

/** Credits that were given for this much of an order's money and haven't left with a refund. */
function creditsBehind(order: RefundOrderRow, amountKrw: number): { paid: number; bonus: number } {
  const done = order.refunds.filter(({ state }) => state === "done");
  const paidLeft = order.credits - done.reduce((sum, each) => sum + each.paidCredits, 0);
  const bonusLeft = order.bonusCredits - done.reduce((sum, each) => sum + each.bonusCredits, 0);
  if (amountKrw === order.balanceKrw) return { paid: paidLeft, bonus: bonusLeft };
  const share = (credits: number) => Math.floor((credits * amountKrw) / order.amountKrw);
  return {
    paid: Math.min(paidLeft, share(order.credits)),
    bonus: Math.min(bonusLeft, share(order.bonusCredits)),
  };
}

/**
 * Takes what has come free since of an order whose money has all gone back, e.g. what a job held
 * then and didn't use.
 * @throws {AppError} `credits_in_use` while a job holds some of it
 */
export async function takeBackRest(
  tx: Tx,
  { orderId }: { orderId: string },
  nowMs = Date.now(),
): Promise<void> {
  const order = await lockRefundOrder(tx, orderId);
  if (order?.state !== "refunded") return;
  const { userId: ownerId } = order;
  await lockWallet(tx, ownerId);
  const { lots } = await readOrderCredits(order, tx);
  if (lots.some(({ held }) => held > 0)) throw new AppError("credits_in_use");
  const left = (paid: boolean) =>
    lots.filter((lot) => lot.paid === paid).reduce((total, lot) => total + lot.remaining, 0);
  const credits = { paid: left(true), bonus: left(false) };
  if (credits.paid + credits.bonus === 0) return;
  const id = newId(nowMs);
  const at = new Date(nowMs);
  const reason = "credits of returned money";
  await insertRefund(tx, {
    ...{ id, orderId, reason, amountKrw: 0, balanceBeforeKrw: 0, createdAt: at, endedAt: at },
    ...{ paidCredits: credits.paid, bonusCredits: credits.bonus },
    state: "done",
    policy: "external",
    requestKey: `rest:${id}`,
    cancelKey: `rest:${id}`,
  });
  const taken = { kind: "clawback", ownerId, orderId, refundId: id, ...credits } as const;
  assertApplied(await takeBackCredits(tx, { ...taken, reason, nowMs }));
}

function external(
  order: RefundOrderRow,
  what: { amountKrw: number; taken: number; lacking: number },
) {
  const { amountKrw, taken, lacking } = what;
  return {
    code: "external_cancel",
    severity: lacking > 0 ? ("critical" as const) : ("warning" as const),
    subject: order.orderId,
    expected: `balance ${order.balanceKrw} KRW, credits to take back ${taken + lacking}`,
    actual: `balance ${order.balanceKrw - amountKrw} KRW, credits taken back ${taken}`,
  };
}

function unfitting(order: RefundOrderRow, cancel: NumberedCancel) {
  return {
    code: "refund_mismatch",
    severity: "critical" as const,
    subject: order.orderId,
    expected: `balance ${order.balanceKrw} KRW`,
    actual: `cancel ${cancel.cancelAmount} KRW (${cancel.transactionKey})`,
  };
}
