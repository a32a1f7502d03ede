import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { assertApplied, type LedgerResult, takeBackCredits } from "@/lib/credits/ledger";
import { AppError, isErrorCode } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { paymentProvider } from "@/lib/payments";
import { type Tx, transaction } from "@/lib/transaction";
import { carryOutRefund } from "./refund-carry-out";
import { nextCheckMs } from "./refund-judgement";
import { quoteRefund } from "./refund-policy";
import {
  findRefund,
  findRefundOrder,
  insertRefund,
  lockRefundOrder,
  lockWallet,
  type RefundOrderRow,
  type RefundRow,
  readOrderCredits,
} from "./refund-repo";
import type { RefundInput, RefundQuote, RefundView } from "./schema";

/**
 * What giving an order back would give now.
 * @throws {AppError} `not_found`
 */
export async function getRefundQuote(options: {
  ownerId: string;
  orderId: string;
  nowMs?: number;
}): Promise<RefundQuote> {
  const { ownerId, orderId, nowMs = Date.now() } = options;
  const order = owned(await findRefundOrder(orderId), ownerId);
  return quoteRefund({ order, refunds: order.refunds, ...(await readOrderCredits(order)) }, nowMs);
}

/**
 * Gives an order back: takes its credits, then asks the provider for the money. The same key again
 * answers the first request. The answer may be `unknown`: then it is looked after (`sweepRefunds`).
 * @throws {AppError} `not_found`, `price_changed` when another amount was seen, what the quote's
 * `problem` names, `refund_rejected` (the credits are back), `idempotency_conflict`,
 * `payments_unavailable`
 */
export async function requestRefund(
  options: RefundInput & { ownerId: string; orderId: string; nowMs?: number },
): Promise<RefundView> {
  const { nowMs = Date.now() } = options;
  // Asked first: credits aren't taken where no money can be given back.
  paymentProvider();
  const { refund, held } = await transaction((tx) => openRefund(tx, { ...options, nowMs }));
  if (held) assertApplied(held);
  if (!refund) throw new AppError("internal", { detail: "a refund without a row" });
  if (refund.state === "requested" && refund.attempts === 0) await carryOutRefund(refund.id, nowMs);
  const row = (await findRefund(refund.id)) ?? refund;
  if (row.state === "rejected") throw new AppError("refund_rejected");
  return refundView(row);
}

/**
 * Notes a refund and takes its credits, in the caller's transaction. A refused movement leaves no
 * refund; it is answered as `held`, to be thrown once the transaction holds.
 */
export async function openRefund(
  tx: Tx,
  options: RefundInput & { ownerId: string; orderId: string; nowMs: number },
): Promise<{ refund?: RefundRow; held?: LedgerResult }> {
  const { ownerId, orderId, reason, amountKrw, idempotencyKey: requestKey, nowMs } = options;
  const order = owned(await lockRefundOrder(tx, orderId), ownerId);
  const before = order.refunds.find((each) => each.requestKey === requestKey);
  if (before) {
    if (before.amountKrw !== amountKrw) throw new AppError("idempotency_conflict");
    return { refund: before };
  }
  await lockWallet(tx, ownerId);
  const credits = await readOrderCredits(order, tx);
  const quote = quoteRefund({ order, refunds: order.refunds, ...credits }, nowMs);
  if (quote.problem !== null) throw problem(quote.problem);
  if (quote.amountKrw !== amountKrw) {
    throw new AppError("price_changed", { data: { amountKrw: quote.amountKrw } });
  }
  const id = newId(nowMs);
  const taken = { paid: quote.paidCredits, bonus: quote.bonusCredits };
  const movement = { kind: "refund", ownerId, orderId, refundId: id, ...taken } as const;
  const held = await takeBackCredits(tx, { ...movement, actorId: ownerId, reason, nowMs });
  if (held.outcome === "refused") return { held };
  const refund = await insertRefund(tx, {
    ...{ id, orderId, amountKrw, reason, requestKey },
    state: "requested",
    paidCredits: taken.paid,
    bonusCredits: taken.bonus,
    policy: quote.policy,
    requestedBy: ownerId,
    cancelKey: `cancel:${id}`,
    balanceBeforeKrw: order.balanceKrw,
    nextCheckAt: new Date(nowMs + nextCheckMs(1, 0)),
    createdAt: new Date(nowMs),
  });
  appendAudit(tx, {
    name: "refund_requested",
    actorId: ownerId,
    subjectId: ownerId,
    detail: { refund: id, orderId, amountKrw, policy: quote.policy, ...taken },
  });
  return { refund };
}

/** Somebody else's order is as good as none. */
function owned(order: RefundOrderRow | undefined, ownerId: string): RefundOrderRow {
  if (!order || order.userId !== ownerId) throw new AppError("not_found");
  return order;
}

function problem(code: string): AppError {
  return new AppError(isErrorCode(code) ? code : "refund_not_possible");
}

export function refundView(row: RefundRow): RefundView {
  const { id, state, amountKrw, paidCredits, bonusCredits, policy, failureMessage } = row;
  return {
    ...{ id, state, amountKrw, paidCredits, bonusCredits, policy, failureMessage },
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
