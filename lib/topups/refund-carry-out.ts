import "server-only";
import { AppError } from "@/lib/errors";
import { paymentProvider } from "@/lib/payments";
import type { Payment } from "@/lib/payments/schema";
import { transaction } from "@/lib/transaction";
import { raiseFinding } from "./findings";
import { applyExternalCancel } from "./refund-external";
import { judgeRefund, nextCheckMs, stopAskingMs } from "./refund-judgement";
import {
  findRefund,
  lockRefundOrder,
  type RefundOrderRow,
  type RefundRow,
  updateRefund,
} from "./refund-repo";
import { finishRefund, isOpen, rejectRefund } from "./refund-settle";

/** What isn't known after this won't be by itself. */
const reportMs = 24 * 3_600_000;
/** A cancellation on its way for longer than this, with the balance changed, isn't coming. */
const givenUpMs = 10 * 60_000;

interface Case {
  order: RefundOrderRow;
  refund: RefundRow;
  paymentKey: string;
}

/**
 * Asks the provider to give a refund's money back, or finds out what became of that, and notes it.
 * May be called at any time, by several at once, and after a crash anywhere: the cancellation has
 * one idempotency key, the outcome is noted under the order's lock, and nothing counts as refused
 * before the payment itself was looked at.
 */
export async function carryOutRefund(refundId: string, nowMs = Date.now()): Promise<void> {
  const taken = await takeUp(refundId, nowMs);
  if (!taken) return;
  const { refund } = taken;
  // Perhaps an earlier call went through whose answer we never saw.
  if (refund.attempts > 1 && (await settle(taken, await ask(taken), nowMs))) return;
  if (nowMs - refund.createdAt.getTime() >= stopAskingMs) return reportStuck(taken, nowMs);
  const outcome = await paymentProvider().cancel({
    paymentKey: taken.paymentKey,
    reason: refund.reason,
    ...(refund.amountKrw < refund.balanceBeforeKrw && { amountKrw: refund.amountKrw }),
    idempotencyKey: refund.cancelKey,
    expectedBalanceKrw: refund.balanceBeforeKrw,
  });
  if (outcome.outcome === "done") {
    if (await settle(taken, outcome.payment, nowMs)) return;
    return noteUnknown(taken, "unfitting", nowMs);
  }
  const payment = await ask(taken);
  if (await settle(taken, payment, nowMs)) return;
  if (outcome.outcome === "unknown" || !payment) {
    const reason = outcome.outcome === "unknown" ? outcome.reason : outcome.code;
    return noteUnknown(taken, reason, nowMs);
  }
  await refuse(taken, { code: outcome.code, message: outcome.message, payment, nowMs });
}

/** Counts the try and sets the time of the next one, so that a crash is looked after. */
function takeUp(refundId: string, nowMs: number): Promise<Case | undefined> {
  return transaction(async (tx) => {
    const found = await findRefund(refundId, tx);
    const order = found ? await lockRefundOrder(tx, found.orderId) : undefined;
    const refund = order?.refunds.find(({ id }) => id === refundId);
    if (!order?.paymentKey || !refund || !isOpen(refund)) return undefined;
    const attempts = refund.attempts + 1;
    const ageMs = nowMs - refund.createdAt.getTime();
    const nextCheckAt = new Date(nowMs + nextCheckMs(attempts, ageMs));
    await updateRefund(tx, refund.id, { attempts, nextCheckAt });
    return { order, refund: { ...refund, attempts }, paymentKey: order.paymentKey };
  });
}

/** The payment as it is; undefined while nobody can tell. */
async function ask({ paymentKey }: Case): Promise<Payment | undefined> {
  try {
    return await paymentProvider().paymentByKey(paymentKey);
  } catch (error) {
    if (AppError.is(error, "payments_unreachable")) return undefined;
    throw error;
  }
}

/** Ends the refund if the payment says how; true when nothing is left to do. */
function settle(taken: Case, payment: Payment | undefined, nowMs: number): Promise<boolean> {
  if (!payment || !isOfOrder(taken, payment)) return Promise.resolve(false);
  return transaction(async (tx) => {
    const order = await lockRefundOrder(tx, taken.order.orderId);
    const refund = order?.refunds.find(({ id }) => id === taken.refund.id);
    if (!order || !refund || !isOpen(refund)) return true;
    const judged = judgeRefund(refund, payment, order.refunds);
    if (judged.verdict === "unchanged") return false;
    if (judged.verdict === "done") {
      const { transactionKey } = judged.cancel;
      await finishRefund(tx, { order, refund, payment, transactionKey, nowMs });
      await applyExternalCancel(tx, order, payment, nowMs);
      return true;
    }
    await raiseFinding(tx, mismatch(refund, payment), nowMs);
    // Something else was given back first. Ours was asked for with the old balance, which cancels
    // nothing now; only one that is still on its way could, so it gets its time.
    if (nowMs - refund.createdAt.getTime() < givenUpMs) return false;
    const why = { code: "balance_changed", message: "" };
    await rejectRefund(tx, { order, refund, ...why, nowMs });
    await applyExternalCancel(tx, order, payment, nowMs);
    return true;
  });
}

function isOfOrder({ order, paymentKey }: Case, payment: Payment): boolean {
  return payment.orderId === order.orderId && payment.paymentKey === paymentKey;
}

/** The provider said no, and the payment agrees that nothing was given back. */
function refuse(
  taken: Case,
  options: { code: string; message: string; payment: Payment; nowMs: number },
): Promise<void> {
  const { payment, ...why } = options;
  return transaction(async (tx) => {
    const order = await lockRefundOrder(tx, taken.order.orderId);
    const refund = order?.refunds.find(({ id }) => id === taken.refund.id);
    if (!order || !refund || !isOpen(refund)) return;
    await rejectRefund(tx, { order, refund, ...why });
    await applyExternalCancel(tx, order, payment, why.nowMs);
  });
}

async function noteUnknown(taken: Case, reason: string, nowMs: number): Promise<void> {
  const { refund } = taken;
  await transaction(async (tx) => {
    await lockRefundOrder(tx, taken.order.orderId);
    const current = await findRefund(refund.id, tx);
    if (!current || !isOpen(current)) return;
    await updateRefund(tx, refund.id, { state: "unknown", failureCode: reason });
  });
  if (nowMs - refund.createdAt.getTime() >= reportMs) await reportStuck(taken, nowMs);
}

/**
 * Has a person look: the same answer may come to the same key for as long as Toss keeps it, and
 * past that the key is too old to be used again. What they then cancel at Toss is recognised.
 */
async function reportStuck({ order, refund: { id, createdAt } }: Case, nowMs: number) {
  const isOver = nowMs - createdAt.getTime() >= stopAskingMs;
  await transaction(async (tx) => {
    const refund = await findRefund(id, tx);
    if (!refund || !isOpen(refund)) return;
    const found = {
      code: "refund_stuck",
      severity: isOver ? ("critical" as const) : ("warning" as const),
      subject: order.orderId,
      expected: `refund ${refund.amountKrw} KRW done (${id})`,
      actual: `${refund.state}: ${refund.failureCode ?? "no answer"}`,
    };
    await raiseFinding(tx, found, nowMs);
  });
}

function mismatch(refund: RefundRow, payment: Payment) {
  return {
    code: "refund_mismatch",
    severity: "critical" as const,
    subject: refund.orderId,
    expected: `balance ${refund.balanceBeforeKrw} or ${refund.balanceBeforeKrw - refund.amountKrw} KRW`,
    actual: `balance ${payment.balanceAmount} KRW`,
  };
}
