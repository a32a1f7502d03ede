import "server-only";
import { db } from "@/lib/db";

export interface MovedRow {
  month: string;
  movement: string;
  component: string | null;
  /** Positive: more; negative: less. */
  amount: number;
}

/** What each kind of movement came to, by month in Seoul. */
export function movedByMonth(ownerId: string, from: Date): Promise<MovedRow[]> {
  return db().$queryRaw<MovedRow[]>`
    SELECT to_char(t.created_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM') AS month,
      t.kind::text AS movement, t.component, sum(e.amount)::int AS amount
    FROM ledger_entries e JOIN credit_wallets w ON w.id = e.wallet_id
    JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE w.owner_id = ${ownerId}::uuid AND t.created_at >= ${from}::timestamptz
      AND t.kind NOT IN ('reserve', 'release')
    GROUP BY 1, 2, 3`;
}

/** Jobs that took credits, each in the months in which it did. */
export function jobsByMonth(
  ownerId: string,
  from: Date,
): Promise<{ month: string; jobs: number }[]> {
  return db().$queryRaw`
    SELECT to_char(t.created_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM') AS month,
      count(DISTINCT r.subject_id)::int AS jobs
    FROM ledger_transactions t JOIN credit_wallets w ON w.id = t.wallet_id
    JOIN credit_reservations r ON r.id = t.reservation_id AND r.purpose = 'job'
    WHERE w.owner_id = ${ownerId}::uuid AND t.created_at >= ${from}::timestamptz
      AND t.kind = 'capture' AND t.outcome = 'applied'
    GROUP BY 1`;
}

/** KRW paid, less what was given back, each in its month. */
export function spentByMonth(
  ownerId: string,
  from: Date,
): Promise<{ month: string; amountKrw: number }[]> {
  return db().$queryRaw`
    SELECT to_char(at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM') AS month, sum(amount)::int AS "amountKrw"
    FROM (
      SELECT approved_at AS at, amount_krw AS amount FROM top_up_orders
      WHERE user_id = ${ownerId}::uuid AND state IN ('paid', 'partially_refunded', 'refunded')
      UNION ALL
      SELECT f.ended_at, -f.amount_krw FROM refunds f JOIN top_up_orders o ON o.order_id = f.order_id
      WHERE o.user_id = ${ownerId}::uuid AND f.state = 'done') AS money
    WHERE at >= ${from}::timestamptz GROUP BY 1`;
}
