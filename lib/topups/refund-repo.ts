import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { Payment } from "@/lib/payments/schema";
import { paymentSnapshot } from "./payment-snapshot";
import type { OrderLot } from "./refund-policy";
import type { OrderState, RefundView } from "./schema";

export interface RefundRow {
  id: string;
  orderId: string;
  state: RefundView["state"];
  amountKrw: number;
  paidCredits: number;
  bonusCredits: number;
  policy: string;
  reason: string;
  requestKey: string;
  cancelKey: string;
  transactionKey: string | null;
  balanceBeforeKrw: number;
  failureCode: string | null;
  failureMessage: string | null;
  attempts: number;
  createdAt: Date;
  endedAt: Date | null;
}

export interface RefundOrderRow {
  orderId: string;
  userId: string;
  state: OrderState;
  credits: number;
  bonusCredits: number;
  listKrw: number;
  amountKrw: number;
  balanceKrw: number;
  paymentKey: string | null;
  approvedAt: Date | null;
  refunds: RefundRow[];
}

const oldestFirst = { refunds: { orderBy: { createdAt: "asc" as const } } };

export async function findRefundOrder(
  orderId: string,
  tx: Tx = db(),
): Promise<RefundOrderRow | undefined> {
  return (
    (await tx.topUpOrder.findUnique({ where: { orderId }, include: oldestFirst })) ?? undefined
  );
}

/** The order with its refunds; nobody else changes any of them until `tx` ends. */
export async function lockRefundOrder(
  tx: Tx,
  orderId: string,
): Promise<RefundOrderRow | undefined> {
  await tx.$queryRaw`SELECT order_id FROM top_up_orders WHERE order_id = ${orderId} FOR UPDATE`;
  return findRefundOrder(orderId, tx);
}

/** Makes whoever wants to move credits of this account wait until `tx` ends. */
export async function lockWallet(tx: Tx, ownerId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT id::text FROM credit_wallets WHERE owner_id = ${ownerId}::uuid FOR UPDATE`;
}

/** Credits of an order in its owner's wallet, and whether that is frozen. */
export async function readOrderCredits(
  order: { orderId: string; userId: string },
  tx: Tx = db(),
): Promise<{ lots: OrderLot[]; frozen: boolean }> {
  const { orderId, userId: ownerId } = order;
  const wallet = await tx.creditWallet.findUnique({
    where: { ownerId },
    select: {
      frozenAt: true,
      lots: {
        where: { orderId },
        select: { paid: true, remaining: true, held: true, expiresAt: true },
      },
    },
  });
  return { lots: wallet?.lots ?? [], frozen: wallet?.frozenAt != null };
}

export async function insertRefund(
  tx: Tx,
  refund: Omit<Prisma.RefundUncheckedCreateInput, "state"> & { state: RefundView["state"] },
): Promise<RefundRow> {
  return tx.refund.create({ data: refund });
}

export function findRefund(id: string, tx: Tx = db()): Promise<RefundRow | null> {
  return tx.refund.findUnique({ where: { id } });
}

export async function updateRefund(
  tx: Tx,
  id: string,
  change: Prisma.RefundUncheckedUpdateInput,
): Promise<void> {
  await tx.refund.update({ where: { id }, data: change });
}

/** What giving money back makes of an order. */
export async function updateOrderBalance(
  tx: Tx,
  orderId: string,
  change: { balanceKrw: number; state: OrderState; transactionKey: string; payment: Payment },
  at: Date,
): Promise<void> {
  const { balanceKrw, state, transactionKey, payment } = change;
  await tx.topUpOrder.update({
    where: { orderId },
    data: {
      balanceKrw,
      state,
      lastTransactionKey: transactionKey,
      provider: paymentSnapshot(payment) as Prisma.InputJsonValue,
      updatedAt: at,
    },
  });
}

/** The ledger's number of what a refund took out. */
export async function findTakenBack(tx: Tx, refundId: string): Promise<string | undefined> {
  const row = await tx.ledgerTransaction.findFirst({
    where: { refundId, kind: "refund", outcome: "applied" },
    select: { id: true },
  });
  return row?.id;
}

/** Refunds whose outcome isn't known and that are due for another look. */
export async function dueRefunds(at: Date, limit: number): Promise<string[]> {
  const rows = await db().refund.findMany({
    where: { state: { in: ["requested", "unknown"] }, nextCheckAt: { lte: at } },
    orderBy: { nextCheckAt: "asc" },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
