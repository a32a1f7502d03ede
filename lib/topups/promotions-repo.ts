import "server-only";
import { db, type Tx } from "@/lib/db";
import type { PersonalUse, PromotionTerms } from "./pricing";

export interface PromotionRow extends PromotionTerms {
  nameKo: string;
  nameEn: string;
  packageIds: string[];
}

/** Promotions that apply by themselves, and the one with this code. */
export function readPromotions(code: string | undefined, tx: Tx = db()): Promise<PromotionRow[]> {
  return tx.promotion.findMany({
    where: { OR: [{ code: null, active: true }, ...(code === undefined ? [] : [{ code }])] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

export async function findPromotions(ids: string[], tx: Tx = db()): Promise<PromotionRow[]> {
  return ids.length === 0 ? [] : tx.promotion.findMany({ where: { id: { in: ids } } });
}

/** What a person has done with each of these promotions; nothing with those left out. */
export async function personalUses(
  userId: string,
  promotionIds: string[],
  tx: Tx = db(),
): Promise<Map<string, PersonalUse>> {
  if (promotionIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; use: PersonalUse }[]>`
    SELECT r.promotion_id::text AS id,
      CASE WHEN r.state = 'reserved' AND o.state = 'created' THEN 'held' ELSE 'spent' END AS use
    FROM promotion_redemptions r LEFT JOIN top_up_orders o ON o.order_id = r.order_id
    WHERE r.user_id = ${userId}::uuid AND r.promotion_id = ANY(${promotionIds}::uuid[])
      AND r.state <> 'released'`;
  return new Map(rows.map(({ id, use }) => [id, use]));
}

/** The order that holds a person's use of a promotion without having used it up. */
export async function orderHolding(
  tx: Tx,
  promotionId: string,
  userId: string,
): Promise<string | undefined> {
  const row = await tx.promotionRedemption.findUnique({
    where: { promotionId_userId: { promotionId, userId } },
    select: { orderId: true, state: true },
  });
  return row?.state === "reserved" ? row.orderId : undefined;
}

/** Counts one more use; false when the promotion is over or has been used up. */
export async function countUse(tx: Tx, promotionId: string, at: Date): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE promotions SET uses = uses + 1
    WHERE id = ${promotionId}::uuid AND active AND starts_at <= ${at}::timestamptz
      AND (ends_at IS NULL OR ends_at > ${at}::timestamptz)
      AND (max_uses IS NULL OR uses < max_uses)`;
  return count === 1;
}

/** Notes whose use it is and in which order; false when this person has one already. */
export async function reserveUse(
  tx: Tx,
  use: { id: string; promotionId: string; userId: string; orderId: string; at: Date },
): Promise<boolean> {
  const { id, promotionId, userId, orderId, at } = use;
  const count = await tx.$executeRaw`
    INSERT INTO promotion_redemptions (id, promotion_id, user_id, order_id, state, updated_at)
    VALUES (${id}::uuid, ${promotionId}::uuid, ${userId}::uuid, ${orderId}, 'reserved',
      ${at}::timestamptz)
    ON CONFLICT (promotion_id, user_id) DO UPDATE
      SET order_id = ${orderId}, state = 'reserved', updated_at = ${at}::timestamptz
      WHERE promotion_redemptions.state = 'released'`;
  return count === 1;
}

/**
 * Gives an order's reserved use back. The order is locked. Promotions are locked before uses, as
 * everywhere here.
 */
export async function releaseUse(tx: Tx, orderId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE promotions p SET uses = uses - 1 FROM promotion_redemptions r
    WHERE r.promotion_id = p.id AND r.order_id = ${orderId} AND r.state = 'reserved'`;
  await tx.$executeRaw`
    UPDATE promotion_redemptions SET state = 'released', updated_at = ${at}::timestamptz
    WHERE order_id = ${orderId} AND state = 'reserved'`;
}

/**
 * Makes an order's use final. One that was given back, because the order had been given up before
 * its payment turned up, is taken again if there is still one to take.
 */
export async function settleUse(tx: Tx, orderId: string, at: Date): Promise<void> {
  const used = await tx.$executeRaw`
    UPDATE promotion_redemptions SET state = 'used', updated_at = ${at}::timestamptz
    WHERE order_id = ${orderId} AND state = 'reserved'`;
  if (used > 0) return;
  await tx.$executeRaw`
    WITH counted AS (
      UPDATE promotions p SET uses = uses + 1 FROM promotion_redemptions r
      WHERE r.promotion_id = p.id AND r.order_id = ${orderId} AND r.state = 'released'
        AND (p.max_uses IS NULL OR p.uses < p.max_uses)
      RETURNING p.id)
    UPDATE promotion_redemptions r SET state = 'used', updated_at = ${at}::timestamptz
    FROM counted WHERE r.promotion_id = counted.id AND r.order_id = ${orderId}`;
}

export async function insertPromotion(
  tx: Tx,
  promotion: Omit<PromotionRow, "uses" | "active">,
): Promise<boolean> {
  const { count } = await tx.promotion.createMany({ data: [promotion], skipDuplicates: true });
  return count === 1;
}

/** Answers the promotion that was stopped, by its code or id. */
export async function stopPromotionRow(tx: Tx, which: string): Promise<string | undefined> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE promotions SET active = false WHERE active AND (code = ${which} OR id::text = ${which})
    RETURNING id::text`;
  return row?.id;
}

export function readAllPromotions(): Promise<PromotionRow[]> {
  return db().promotion.findMany({ orderBy: { createdAt: "asc" } });
}
