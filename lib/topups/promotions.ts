import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type Tx, transaction } from "@/lib/transaction";
import type { PromotionTerms } from "./pricing";
import {
  countUse,
  insertPromotion,
  type PromotionRow,
  readAllPromotions,
  reserveUse,
  stopPromotionRow,
} from "./promotions-repo";
import { type PromotionView, promotionCode } from "./schema";

/**
 * Takes one use of a promotion for an order: counted at once, so that no more are promised than
 * there are. Given back when the order comes to nothing.
 * @throws {AppError} `promotion_exhausted`, `promotion_used`
 */
export async function reservePromotion(
  tx: Tx,
  use: { promotionId: string; userId: string; orderId: string; nowMs: number },
): Promise<void> {
  const { nowMs, ...rest } = use;
  const at = new Date(nowMs);
  if (!(await countUse(tx, use.promotionId, at))) throw new AppError("promotion_exhausted");
  if (!(await reserveUse(tx, { ...rest, id: newId(nowMs), at }))) {
    throw new AppError("promotion_used");
  }
}

export function promotionView(row: PromotionRow): PromotionView {
  const { id, code, kind, value, nameKo, nameEn, endsAt } = row;
  return {
    ...{ id, code, kind, value },
    name: { ko: nameKo, en: nameEn },
    endsAt: endsAt?.toISOString() ?? null,
  };
}

export interface NewPromotion
  extends Pick<
    PromotionTerms,
    "kind" | "value" | "endsAt" | "packageIds" | "minKrw" | "maxOffKrw" | "maxUses"
  > {
  /** As typed; null: it applies by itself. */
  code: string | null;
  name: PromotionView["name"];
  startsAt: Date;
}

/**
 * Starts a promotion, on an operator's command.
 * @throws {AppError} `conflict` when the code was used before
 * @throws {ZodError} when it isn't a code
 */
export function addPromotion(promotion: NewPromotion, nowMs = Date.now()): Promise<string> {
  const { name, ...terms } = promotion;
  const code = promotion.code === null ? null : promotionCode.parse(promotion.code);
  const id = newId(nowMs);
  return transaction(async (tx) => {
    const row = { ...terms, id, code, packageIds: [...terms.packageIds] };
    const isNew = await insertPromotion(tx, { ...row, nameKo: name.ko, nameEn: name.en });
    if (!isNew) throw new AppError("conflict");
    const { kind, value, maxUses } = terms;
    const detail = { promotion: id, change: "added", code, kind, value, maxUses };
    appendAudit(tx, { name: "promotion_changed", detail });
    return id;
  });
}

/**
 * Ends a promotion; orders made with it keep their price.
 * @param which its code as typed, or its id
 * @throws {AppError} `not_found`
 */
export function stopPromotion(which: string): Promise<string> {
  return transaction(async (tx) => {
    const code = promotionCode.safeParse(which).data ?? which;
    const id = (await stopPromotionRow(tx, code)) ?? (await stopPromotionRow(tx, which));
    if (!id) throw new AppError("not_found");
    appendAudit(tx, { name: "promotion_changed", detail: { promotion: id, change: "stopped" } });
    return id;
  });
}

export const listPromotions = (): Promise<PromotionRow[]> => readAllPromotions();
