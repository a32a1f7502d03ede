import "server-only";
import { unfreezeWallet } from "@/lib/credits/unfreeze";
import { AppError } from "@/lib/errors";
import { transaction } from "@/lib/transaction";
import { getFindingDetail } from "./finding-detail";
import { readFindingOrder } from "./finding-order-repo";
import { getFinding } from "./findings";
import type { FindingDetail, RecheckView } from "./findings-schema";
import { takeOverState } from "./reconciliation";
import { compareWithPayment } from "./reconciliation-compare";
import { findOrderOf } from "./reconciliation-repo";
import { carryOutRefund } from "./refund-carry-out";

/**
 * Looks at the order behind a finding again: asks the provider, lets our own ways take over what it
 * says, and answers what differs all the same. The finding stays as it is: a person closes it.
 * @throws {AppError} `not_found` also when no order of ours is behind it, `payments_unreachable`
 */
export async function recheckFinding(findingId: string, nowMs = Date.now()): Promise<RecheckView> {
  const { subject } = await getFinding(findingId);
  const order = await findOrderOf(subject);
  if (!order) throw new AppError("not_found");
  const waiting = order.refunds.filter(({ state }) => state === "requested" || state === "unknown");
  for (const { id } of waiting) await carryOutRefund(id, nowMs);
  const { now, payment } = await takeOverState(order, nowMs);
  const detail = await getFindingDetail(findingId);
  return { ...detail, differences: compareWithPayment(now, payment) };
}

/**
 * Lets the owner of the order behind a finding use their credits again.
 * @throws {AppError} `not_found`
 */
export async function releaseWallet(options: {
  findingId: string;
  actorId: string;
}): Promise<FindingDetail> {
  const { findingId, actorId } = options;
  const { subject } = await getFinding(findingId);
  const order = await findOrderOf(subject);
  const row = order ? await readFindingOrder(order.orderId) : undefined;
  if (!row) throw new AppError("not_found");
  const { ownerId } = row;
  await transaction((tx) => unfreezeWallet(tx, { ownerId, actorId, reason: subject }));
  return getFindingDetail(findingId);
}
