import "server-only";
import { getAccount } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { routes } from "@/lib/client/routes";
import { putBackCredits } from "@/lib/credits/ledger";
import { queueMail } from "@/lib/mail/service";
import { addNotice } from "@/lib/notices/service";
import type { Payment } from "@/lib/payments/schema";
import type { Tx } from "@/lib/transaction";
import {
  findTakenBack,
  type RefundOrderRow,
  type RefundRow,
  updateOrderBalance,
  updateRefund,
} from "./refund-repo";
import type { OrderState } from "./schema";

/** How an order stands once `balanceKrw` of its payment is left. */
export function stateAfterRefund(balanceKrw: number): OrderState {
  return balanceKrw === 0 ? "refunded" : "partially_refunded";
}

/** Whether a refund still waits for its outcome. */
export function isOpen({ state }: Pick<RefundRow, "state">): boolean {
  return state === "requested" || state === "unknown";
}

/**
 * The money is on its way back: ends the refund, takes it off the order and tells its owner. The
 * order is locked and the refund open; answers the order's balance in KRW.
 */
export async function finishRefund(
  tx: Tx,
  options: {
    order: RefundOrderRow;
    refund: RefundRow;
    payment: Payment;
    transactionKey: string;
    nowMs: number;
  },
): Promise<number> {
  const { order, refund, payment, transactionKey, nowMs } = options;
  const at = new Date(nowMs);
  const balanceKrw = order.balanceKrw - refund.amountKrw;
  const ended = { state: "done" as const, transactionKey, endedAt: at, nextCheckAt: null };
  await updateRefund(tx, refund.id, { ...ended, failureCode: null, failureMessage: null });
  const state = stateAfterRefund(balanceKrw);
  await updateOrderBalance(tx, order.orderId, { balanceKrw, state, transactionKey, payment }, at);
  const { amountKrw } = refund;
  appendAudit(tx, {
    name: "refund_done",
    subjectId: order.userId,
    detail: { refund: refund.id, orderId: order.orderId, amountKrw, balanceKrw, transactionKey },
  });
  await tellOwner(tx, { kind: "refund-done", order, refund, nowMs });
  return balanceKrw;
}

/** The money stays: ends the refund and puts its credits back. The order is locked. */
export async function rejectRefund(
  tx: Tx,
  options: {
    order: RefundOrderRow;
    refund: RefundRow;
    code: string;
    message: string;
    nowMs: number;
  },
): Promise<void> {
  const { order, refund, code, message, nowMs } = options;
  const { userId: ownerId, orderId } = order;
  const transactionId = await findTakenBack(tx, refund.id);
  if (transactionId) await putBackCredits(tx, { ownerId, transactionId, reason: code, nowMs });
  await updateRefund(tx, refund.id, {
    state: "rejected",
    failureCode: code,
    failureMessage: message,
    endedAt: new Date(nowMs),
    nextCheckAt: null,
  });
  appendAudit(tx, {
    name: "refund_rejected",
    level: "warn",
    subjectId: ownerId,
    detail: { refund: refund.id, orderId, amountKrw: refund.amountKrw, code },
  });
  await tellOwner(tx, { kind: "refund-rejected", order, refund, nowMs });
}

/** Tells an order's owner in the app and by mail what became of a refund; once each. */
export async function tellOwner(
  tx: Tx,
  options: {
    kind: "refund-done" | "refund-rejected";
    order: Pick<RefundOrderRow, "orderId" | "userId">;
    refund: Pick<RefundRow, "id" | "amountKrw">;
    nowMs: number;
  },
): Promise<void> {
  const { kind, order, refund, nowMs } = options;
  const { orderId, userId } = order;
  const account = await getAccount(userId, tx);
  // Erased meanwhile: nobody is left to be told.
  if (!account) return;
  const values = { orderId, amountKrw: refund.amountKrw };
  const dedupeKey = `refund:${refund.id}`;
  const isNews = await addNotice(tx, { userId, kind, values, dedupeKey }, nowMs);
  if (!isNews || !account.email) return;
  await queueMail(tx, {
    kind,
    to: account.email,
    userId,
    locale: account.locale,
    values: { amountKrw: refund.amountKrw, link: routes.order(orderId) },
  });
}
