import "server-only";
import { db, Prisma } from "@/lib/db";
import type { LotSource } from "./lots";
import type { HistoryMovement } from "./schema";

export interface HistoryRow {
  id: string;
  seq: number;
  movement: HistoryMovement;
  amount: number;
  balanceAfter: number;
  component: string | null;
  source: LotSource | null;
  jobId: string | null;
  videoId: string | null;
  videoTitle: string | null;
  orderId: string | null;
  amountKrw: number | null;
  at: Date;
}

export interface HistoryFilter {
  ownerId: string;
  movements: readonly HistoryMovement[];
  from?: Date | undefined;
  /** Not included. */
  until?: Date | undefined;
  /** Part of a video's title or an order number, in any case. */
  text?: string | undefined;
  /** Of the last row of the page before. */
  beforeSeq?: number | undefined;
  limit: number;
}

const { sql } = Prisma;

/** `%` and `_` mean themselves. */
const likeText = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/**
 * Movements of a wallet that changed what there is, newest first. What a movement came to in this
 * wallet is the sum of its entries there: of what was held and is captured too.
 */
export function readHistory(filter: HistoryFilter): Promise<HistoryRow[]> {
  const { ownerId, movements, from, until, text, beforeSeq, limit } = filter;
  const like = text ? likeText(text) : undefined;
  return db().$queryRaw<HistoryRow[]>`
    SELECT t.id, m.seq, t.kind::text AS movement, m.amount, m."balanceAfter", t.component, m.source,
      j.id AS "jobId", v.id AS "videoId", v.title AS "videoTitle", t.order_id AS "orderId",
      CASE WHEN t.kind = 'topup' THEN o.amount_krw WHEN t.kind = 'refund' THEN f.amount_krw END
        AS "amountKrw", t.created_at AS at
    FROM (
      SELECT e.transaction_id, e.wallet_seq AS seq, sum(e.amount)::int AS amount,
        max(e.available_after + e.held_after) AS "balanceAfter",
        CASE WHEN count(DISTINCT l.source) = 1 THEN min(l.source::text) END AS source
      FROM ledger_entries e JOIN credit_wallets w ON w.id = e.wallet_id
      JOIN credit_lots l ON l.id = e.lot_id
      WHERE w.owner_id = ${ownerId}::uuid
        ${beforeSeq === undefined ? Prisma.empty : sql`AND e.wallet_seq < ${beforeSeq}::int`}
      GROUP BY e.transaction_id, e.wallet_seq) m
    JOIN ledger_transactions t ON t.id = m.transaction_id
    LEFT JOIN credit_reservations r ON r.id = t.reservation_id
    LEFT JOIN jobs j ON r.purpose = 'job' AND j.id = r.subject_id
    LEFT JOIN videos v ON v.id = CASE WHEN r.purpose = 'job' THEN j.video_id ELSE r.subject_id END
    LEFT JOIN top_up_orders o ON o.order_id = t.order_id
    LEFT JOIN refunds f ON f.id = t.refund_id
    WHERE t.kind::text IN (${Prisma.join([...movements])})
      ${from ? sql`AND t.created_at >= ${from}::timestamptz` : Prisma.empty}
      ${until ? sql`AND t.created_at < ${until}::timestamptz` : Prisma.empty}
      ${like ? sql`AND (v.title ILIKE ${like} OR t.order_id ILIKE ${like})` : Prisma.empty}
    ORDER BY m.seq DESC LIMIT ${limit}::int`;
}
