import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { OurOrder } from "./reconciliation-compare";
import type { OrderState } from "./schema";

const compared = {
  orderId: true,
  paymentKey: true,
  state: true,
  amountKrw: true,
  balanceKrw: true,
  approvedAt: true,
  refunds: {
    select: { id: true, state: true, transactionKey: true, amountKrw: true, endedAt: true },
  },
} satisfies Prisma.TopUpOrderSelect;

export async function readOurOrders(orderIds: readonly string[]): Promise<OurOrder[]> {
  const orders: OurOrder[] = [];
  // Below what Postgres takes as parameters of one statement.
  for (let start = 0; start < orderIds.length; start += 1_000) {
    const page = orderIds.slice(start, start + 1_000);
    orders.push(
      ...(await db().topUpOrder.findMany({ where: { orderId: { in: page } }, select: compared })),
    );
  }
  return orders;
}

/** Orders of which something happened by our account in the period. */
export async function readOrdersOf(period: { from: Date; to: Date }): Promise<OurOrder[]> {
  const within = { gte: period.from, lt: period.to };
  return db().topUpOrder.findMany({
    where: { OR: [{ approvedAt: within }, { refunds: { some: { endedAt: within } } }] },
    select: compared,
  });
}

/** The order that a finding is about: by its number, or its payment's key. */
export async function findOrderOf(subject: string): Promise<OurOrder | undefined> {
  const row = await db().topUpOrder.findFirst({
    where: { OR: [{ orderId: subject }, { paymentKey: subject }] },
    select: compared,
  });
  return row ?? undefined;
}

export interface CreditDifference {
  code: "paid_without_credits" | "credits_without_payment" | "credits_mismatch";
  orderId: string;
  state: OrderState | null;
  /** Of the order: bought and bonus. */
  expected: number;
  /** What the ledger gave for it. */
  actual: number;
}

/** Orders and the credits that the ledger gave for them, wherever the two don't agree. */
export function readCreditDifferences(limit: number): Promise<CreditDifference[]> {
  return db().$queryRaw<CreditDifference[]>`
    WITH given AS (
      SELECT order_id, sum(amount)::int AS credits FROM ledger_transactions
      WHERE kind IN ('topup', 'bonus') AND outcome = 'applied' AND order_id IS NOT NULL
      GROUP BY order_id
    ), both_sides AS (
      SELECT coalesce(o.order_id, g.order_id) AS "orderId", o.state::text AS state,
        o.state IN ('paid', 'partially_refunded', 'refunded') AS taken,
        coalesce(o.credits + o.bonus_credits, 0) AS expected, coalesce(g.credits, 0) AS actual
      FROM top_up_orders o FULL JOIN given g ON g.order_id = o.order_id
    )
    SELECT CASE WHEN actual = 0 THEN 'paid_without_credits'
        WHEN taken THEN 'credits_mismatch' ELSE 'credits_without_payment' END AS code,
      "orderId", state, CASE WHEN taken THEN expected ELSE 0 END AS expected, actual
    FROM both_sides
    WHERE (taken AND actual <> expected)
      OR (taken IS NOT TRUE AND actual > 0 AND state IS DISTINCT FROM 'held_for_review')
    LIMIT ${limit}`;
}

/** Versions of the provider's answers about orders that changed in the period. */
export async function readVersions(since: Date): Promise<(string | null)[]> {
  const rows = await db().$queryRaw<{ version: string | null }[]>`
    SELECT DISTINCT provider->>'version' AS version FROM top_up_orders
    WHERE provider IS NOT NULL AND updated_at >= ${since}::timestamptz LIMIT 20`;
  return rows.map(({ version }) => version);
}

export interface RunRow {
  id: string;
  fromAt: Date;
  toAt: Date;
  startedAt: Date;
  endedAt: Date | null;
  ours: number;
  theirs: number;
  findings: number;
  failure: string | null;
}

export async function insertRun(
  tx: Tx,
  run: Pick<RunRow, "id" | "fromAt" | "toAt" | "startedAt">,
): Promise<void> {
  await tx.reconciliationRun.create({ data: run });
}

export async function endRun(
  tx: Tx,
  id: string,
  end: Partial<Pick<RunRow, "ours" | "theirs" | "findings" | "failure">> & { endedAt: Date },
): Promise<void> {
  await tx.reconciliationRun.update({ where: { id }, data: end });
}

/** One run starts after the other. */
export async function lockRuns(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('reconciliation', 0))::text`;
}

export async function findRunning(tx: Tx, since: Date): Promise<RunRow | null> {
  return tx.reconciliationRun.findFirst({ where: { endedAt: null, startedAt: { gte: since } } });
}

/** Until when everything has been compared. */
export async function comparedUntil(tx: Tx): Promise<Date | undefined> {
  const row = await tx.reconciliationRun.findFirst({
    where: { endedAt: { not: null }, failure: null },
    orderBy: { toAt: "desc" },
    select: { toAt: true },
  });
  return row?.toAt;
}

export async function firstApproval(tx: Tx): Promise<Date | undefined> {
  const { _min } = await tx.topUpOrder.aggregate({ _min: { approvedAt: true } });
  return _min.approvedAt ?? undefined;
}

export function readRuns(limit: number): Promise<RunRow[]> {
  return db().reconciliationRun.findMany({ orderBy: { startedAt: "desc" }, take: limit });
}

export function readLedgerChecks(limit: number) {
  return db().ledgerCheck.findMany({
    orderBy: { startedAt: "desc" },
    take: limit,
    select: { id: true, startedAt: true, endedAt: true, ok: true },
  });
}

export interface WaitingCounts {
  openOrders: number;
  heldOrders: number;
  paidWithoutCredits: number;
  stuckRefunds: number;
  failedWebhooks: number;
  frozenWallets: number;
}

/** How much of each kind wants a look; the times say since when it waits. */
export async function countWaiting(since: { orders: Date; refunds: Date }): Promise<WaitingCounts> {
  const [row] = await db().$queryRaw<WaitingCounts[]>`
    SELECT
      (SELECT count(*)::int FROM top_up_orders WHERE state IN ('confirming', 'unknown')
        AND coalesce(confirming_at, updated_at) < ${since.orders}::timestamptz) AS "openOrders",
      (SELECT count(*)::int FROM top_up_orders WHERE state = 'held_for_review') AS "heldOrders",
      (SELECT count(*)::int FROM top_up_orders o
        WHERE o.state IN ('paid', 'partially_refunded', 'refunded') AND NOT EXISTS (
          SELECT 1 FROM ledger_transactions t WHERE t.order_id = o.order_id
            AND t.kind = 'topup' AND t.outcome = 'applied')) AS "paidWithoutCredits",
      (SELECT count(*)::int FROM refunds WHERE state IN ('requested', 'unknown')
        AND created_at < ${since.refunds}::timestamptz) AS "stuckRefunds",
      (SELECT count(*)::int FROM provider_events WHERE retried_count > 2) AS "failedWebhooks",
      (SELECT count(*)::int FROM credit_wallets w JOIN users u ON u.id = w.owner_id
        WHERE w.frozen_at IS NOT NULL AND NOT u.visitor AND u.erased_at IS NULL) AS "frozenWallets"`;
  return (
    row ?? {
      openOrders: 0,
      heldOrders: 0,
      paidWithoutCredits: 0,
      stuckRefunds: 0,
      failedWebhooks: 0,
      frozenWallets: 0,
    }
  );
}
