import "server-only";
import { readFindingOrder } from "./finding-order-repo";
import { getFinding } from "./findings";
import type { FindingDetail, FindingOrderView } from "./findings-schema";
import { findOrderOf } from "./reconciliation-repo";

/**
 * A finding with the order behind it.
 * @throws {AppError} `not_found`
 */
export async function getFindingDetail(findingId: string): Promise<FindingDetail> {
  const finding = await getFinding(findingId);
  const found = await findOrderOf(finding.subject);
  const row = found ? await readFindingOrder(found.orderId) : undefined;
  return { finding, order: row ? withoutOwner(row) : null };
}

function withoutOwner(row: FindingOrderView & { ownerId: string }): FindingOrderView {
  const { ownerId: _, ...order } = row;
  return order;
}
