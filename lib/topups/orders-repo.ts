import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { RefundRow } from "./refund-repo";
import type { CashReceiptKind, OrderState } from "./schema";

export interface OrderRow {
  orderId: string;
  userId: string;
  state: OrderState;
  packageId: string;
  credits: number;
  bonusCredits: number;
  listKrw: number;
  discountKrw: number;
  amountKrw: number;
  suppliedKrw: number;
  vatKrw: number;
  promotionId: string | null;
  customerKey: string;
  paymentKey: string | null;
  confirmKey: string;
  method: string | null;
  receiptUrl: string | null;
  cashReceiptKind: CashReceiptKind;
  cashReceiptUrl: string | null;
  balanceKrw: number;
  lastTransactionKey: string | null;
  failureCode: string | null;
  attempts: number;
  createdAt: Date;
  confirmingAt: Date | null;
  approvedAt: Date | null;
  updatedAt: Date;
}

const without = {
  requestKey: true,
  provider: true,
  failureMessage: true,
  nextCheckAt: true,
} as const;

export async function findOrder(orderId: string, tx: Tx = db()): Promise<OrderRow | undefined> {
  const row = await tx.topUpOrder.findUnique({ where: { orderId }, omit: without });
  return (row as OrderRow | null) ?? undefined;
}

/** The order; nobody else changes it until `tx` ends. */
export async function lockOrder(tx: Tx, orderId: string): Promise<OrderRow | undefined> {
  await tx.$queryRaw`SELECT order_id FROM top_up_orders WHERE order_id = ${orderId} FOR UPDATE`;
  return findOrder(orderId, tx);
}

/** One order of a person is made after the other. */
export async function lockOrdersOf(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${userId}, 7231))::text`;
}

export async function findRequested(
  tx: Tx,
  userId: string,
  requestKey: string,
): Promise<OrderRow | undefined> {
  const row = await tx.topUpOrder.findUnique({
    where: { userId_requestKey: { userId, requestKey } },
    omit: without,
  });
  return (row as OrderRow | null) ?? undefined;
}

/** By which the provider has known this person so far. */
export async function findCustomerKey(tx: Tx, userId: string): Promise<string | undefined> {
  const row = await tx.topUpOrder.findFirst({ where: { userId }, select: { customerKey: true } });
  return row?.customerKey;
}

export async function insertOrder(
  tx: Tx,
  order: Omit<Prisma.TopUpOrderUncheckedCreateInput, "state">,
): Promise<void> {
  await tx.topUpOrder.create({ data: order });
}

export interface OrderChange {
  state?: OrderState;
  paymentKey?: string | null;
  method?: string | null;
  receiptUrl?: string | null;
  cashReceiptUrl?: string | null;
  balanceKrw?: number;
  lastTransactionKey?: string | null;
  failureCode?: string | null;
  failureMessage?: string | null;
  provider?: object;
  attempts?: number;
  nextCheckAt?: Date | null;
  confirmingAt?: Date;
  approvedAt?: Date;
}

export async function updateOrder(
  tx: Tx,
  orderId: string,
  change: OrderChange,
  at: Date,
): Promise<void> {
  await tx.topUpOrder.update({
    where: { orderId },
    data: { ...change, updatedAt: at } as Prisma.TopUpOrderUncheckedUpdateInput,
  });
}

/**
 * Takes a payment for an order, away from orders that came to nothing with it. False when another
 * order has it: one payment pays one order.
 */
export async function claimPayment(
  tx: Tx,
  { paymentKey, orderId }: { paymentKey: string; orderId: string },
): Promise<boolean> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${paymentKey}, 7232))::text`;
  await tx.topUpOrder.updateMany({
    where: {
      paymentKey,
      orderId: { not: orderId },
      state: { in: ["failed", "expired", "cancelled"] },
    },
    data: { paymentKey: null },
  });
  const row = await tx.topUpOrder.findUnique({ where: { paymentKey }, select: { orderId: true } });
  return row === null || row.orderId === orderId;
}

/** A person's orders, newest first, after the one that `after` names. */
export function readOrders(options: {
  userId: string;
  after?: string | undefined;
  limit: number;
}): Promise<OrderRow[]> {
  const { userId, after, limit } = options;
  return db().topUpOrder.findMany({
    where: { userId },
    orderBy: [{ createdAt: "desc" }, { orderId: "desc" }],
    ...(after !== undefined && { cursor: { orderId: after, userId }, skip: 1 }),
    take: limit,
    omit: without,
  }) as Promise<OrderRow[]>;
}

/** What is shown beside orders: their refunds, and the ledger's numbers of the credits given. */
export async function readOrderParts(
  orderIds: string[],
  tx: Tx = db(),
): Promise<{ refunds: RefundRow[]; grants: { orderId: string | null; id: string }[] }> {
  const [refunds, grants] = await Promise.all([
    tx.refund.findMany({
      where: { orderId: { in: orderIds } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
    tx.ledgerTransaction.findMany({
      where: { orderId: { in: orderIds }, kind: { in: ["topup", "bonus"] }, outcome: "applied" },
      orderBy: { id: "asc" },
      select: { orderId: true, id: true },
    }),
  ]);
  return { refunds, grants };
}

/** The clawback of an order's credits that hasn't been taken back itself. */
export async function findClawback(tx: Tx, refundId: string): Promise<string | undefined> {
  const row = await tx.ledgerTransaction.findFirst({
    where: { refundId, kind: "clawback", outcome: "applied" },
    select: { id: true },
  });
  return row?.id;
}

/** Orders that wait for the provider's word and whose time to ask has come. */
export function dueOrders(at: Date, limit: number): Promise<string[]> {
  return ids(
    db().topUpOrder.findMany({
      where: {
        state: { in: ["confirming", "unknown", "awaiting_deposit"] },
        nextCheckAt: { lte: at },
      },
      orderBy: { nextCheckAt: "asc" },
      take: limit,
      select: { orderId: true },
    }),
  );
}

/** Orders nobody paid, made before `at`. */
export function leftOrders(at: Date, limit: number): Promise<string[]> {
  return ids(
    db().topUpOrder.findMany({
      where: { state: "created", createdAt: { lt: at } },
      orderBy: { createdAt: "asc" },
      take: limit,
      select: { orderId: true },
    }),
  );
}

async function ids(rows: Promise<{ orderId: string }[]>): Promise<string[]> {
  return (await rows).map(({ orderId }) => orderId);
}
