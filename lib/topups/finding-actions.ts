import "server-only";
import { unfreezeWallet } from "@/lib/credits/unfreeze";
import { AppError } from "@/lib/errors";
import { transaction } from "@/lib/transaction";
import { getFindingDetail } from "./finding-detail";
import { hasOtherCriticalFinding, readFindingOrder } from "./finding-order-repo";
import { getFinding } from "./findings";
import type { FindingDetail, RecheckView } from "./findings-schema";
import { takeOverState } from "./reconciliation";
import { compareWithPayment } from "./reconciliation-compare";
import { findOrderOf } from "./reconciliation-repo";
import { carryOutRefund } from "./refund-carry-out";
import { takeBackRest } from "./refund-external";

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
 * Lets the owner of the order behind a finding use their credits again; what is left of credits
 * whose money has gone back is taken first.
 * @throws {AppError} `not_found`, `credits_in_use` while a job holds such credits,
 * `findings_open` while something else of this owner's is critical: one wallet, one lock
 */
export async function releaseWallet(options: {
  findingId: string;
  actorId: string;
  nowMs?: number;
}): Promise<FindingDetail> {
  const { findingId, actorId, nowMs = Date.now() } = options;
  const { subject } = await getFinding(findingId);
  const order = await findOrderOf(subject);
  const row = order ? await readFindingOrder(order.orderId) : undefined;
  if (!row) throw new AppError("not_found");
  const { ownerId } = row;
  await transaction(async (tx) => {
    if (await hasOtherCriticalFinding(tx, ownerId, findingId)) throw new AppError("findings_open");
    await takeBackRest(tx, row, nowMs);
    await unfreezeWallet(tx, { ownerId, actorId, reason: subject });
  });
  return getFindingDetail(findingId);
}
