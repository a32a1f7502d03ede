import "server-only";
import type { Locale } from "@/lib/accounts/schema";
import type { Tx } from "@/lib/transaction";
import { failureText } from "./failure-texts";
import { type OrderRow, readOrderParts } from "./orders-repo";
import { promotionView } from "./promotions";
import { findPromotions } from "./promotions-repo";
import { refundView } from "./refunds";
import type { OrderView } from "./schema";

/** Orders as their owner sees them, in the same order. */
export async function orderViews(rows: OrderRow[], locale: Locale, tx?: Tx): Promise<OrderView[]> {
  const orderIds = rows.map(({ orderId }) => orderId);
  const promotionIds = rows.flatMap(({ promotionId }) => promotionId ?? []);
  const [parts, promotions] = await Promise.all([
    readOrderParts(orderIds, tx),
    findPromotions([...new Set(promotionIds)], tx),
  ]);
  return rows.map((row) => {
    const { orderId, promotionId, createdAt, approvedAt } = row;
    const promotion = promotions.find(({ id }) => id === promotionId);
    return {
      ...shown(row),
      promotion: promotion ? promotionView(promotion) : null,
      failureMessage: failureText(row, locale),
      refunds: parts.refunds.filter((refund) => refund.orderId === orderId).map(refundView),
      ledgerIds: parts.grants.filter((grant) => grant.orderId === orderId).map(({ id }) => id),
      createdAt: createdAt.toISOString(),
      approvedAt: approvedAt?.toISOString() ?? null,
    };
  });
}

export async function orderView(row: OrderRow, locale: Locale, tx?: Tx): Promise<OrderView> {
  const [view] = await orderViews([row], locale, tx);
  if (!view) throw new Error("an order without a view");
  return view;
}

function shown(row: OrderRow) {
  const { orderId, state, packageId, credits, bonusCredits, listKrw, discountKrw } = row;
  const { amountKrw, suppliedKrw, vatKrw, balanceKrw, method, receiptUrl } = row;
  const { cashReceiptKind, cashReceiptUrl, failureCode } = row;
  return {
    ...{ orderId, state, packageId, credits, bonusCredits, listKrw, discountKrw },
    ...{ amountKrw, suppliedKrw, vatKrw, balanceKrw, method, receiptUrl },
    ...{ cashReceiptKind, cashReceiptUrl, failureCode },
  };
}
