import "server-only";
import { db } from "@/lib/db";

export interface ExpiringRow {
  ownerId: string;
  /** The expiry's day in Seoul, YYYY-MM-DD. */
  day: string;
  threshold: number;
  credits: number;
  /** When the first of them go. */
  expiresAt: Date;
}

/**
 * Free credits that expire within the largest of `thresholds` (days), by owner, day in Seoul and
 * the smallest threshold they are within, where the owner hasn't been told of that yet.
 */
export function untoldExpiries(
  at: Date,
  thresholds: readonly number[],
  limit: number,
): Promise<ExpiringRow[]> {
  return db().$queryRaw<ExpiringRow[]>`
    SELECT * FROM (
      SELECT owner_id AS "ownerId", day, credits, "expiresAt", (
        SELECT min(days) FROM unnest(${[...thresholds]}::int[]) AS days
        WHERE "expiresAt" <= ${at}::timestamptz + days * interval '1 day') AS threshold
      FROM (
        SELECT w.owner_id, to_char(l.expires_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD') AS day,
          sum(l.remaining - l.held)::int AS credits, min(l.expires_at) AS "expiresAt"
        FROM credit_lots l JOIN credit_wallets w ON w.id = l.wallet_id
        JOIN users u ON u.id = w.owner_id AND u.erased_at IS NULL
        WHERE l.remaining > l.held AND l.expires_at > ${at}::timestamptz
        GROUP BY 1, 2) AS days) AS due
    WHERE threshold IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM notices n
      WHERE n.user_id = "ownerId" AND n.dedupe_key = 'expiring:' || day || ':' || threshold)
    ORDER BY "ownerId", day LIMIT ${limit}::int`;
}
