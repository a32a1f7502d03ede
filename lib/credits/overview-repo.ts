import "server-only";
import { db } from "@/lib/db";
import type { LotSource } from "./lots";

export interface WalletRow {
  posted: number;
  held: number;
  seq: number;
  /** Free credits that have expired and that nobody has let go of yet. */
  expired: number;
}

/** Undefined for somebody who never had any credits. */
export async function readWallet(ownerId: string, at: Date): Promise<WalletRow | undefined> {
  const [row] = await db().$queryRaw<WalletRow[]>`
    SELECT w.posted, w.held, w.seq, coalesce((
      SELECT sum(l.remaining - l.held) FROM credit_lots l
      WHERE l.wallet_id = w.id AND l.remaining > l.held AND l.expires_at <= ${at}::timestamptz), 0)::int
      AS expired
    FROM credit_wallets w WHERE w.owner_id = ${ownerId}::uuid`;
  return row;
}

export interface LotRow {
  id: string;
  source: LotSource;
  paid: boolean;
  granted: number;
  remaining: number;
  held: number;
  expiresAt: Date | null;
  createdAt: Date;
  orderId: string | null;
}

/** Lots with something left, in the order in which they are spent. */
export function openLots(ownerId: string): Promise<LotRow[]> {
  return db().$queryRaw<LotRow[]>`
    SELECT l.id, l.source::text AS source, l.paid, l.granted, l.remaining, l.held,
      l.expires_at AS "expiresAt", l.created_at AS "createdAt", l.order_id AS "orderId"
    FROM credit_lots l JOIN credit_wallets w ON w.id = l.wallet_id
    WHERE w.owner_id = ${ownerId}::uuid AND l.remaining > 0
    ORDER BY l.expires_at NULLS LAST, lot_rank(l.source), l.created_at, l.id`;
}
