import { grantCredits } from "@/lib/credits/ledger";
import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { paymentProvider } from "@/lib/payments";
import type { SandboxControl } from "@/lib/payments/sandbox/control-client";
import { transaction } from "@/lib/transaction";
import { makeUser } from "./factories";

export interface PaidOrder {
  orderId: string;
  paymentKey: string;
  ownerId: string;
}

/**
 * A top-up of 1,000 and 50 credits for 11,000 KRW that was paid at the practice Toss and whose
 * credits were given, as the order's own way would leave it.
 */
export async function makePaidOrder(
  control: SandboxControl,
  options: { ownerId?: string; approvedAt?: Date; credits?: boolean } = {},
): Promise<PaidOrder> {
  const { approvedAt = new Date(), credits = true } = options;
  const ownerId = options.ownerId ?? (await makeUser({ credits: 0 })).id;
  const orderId = `test-${newId()}`;
  const { paymentKey } = await control.pay({ orderId, amountKrw: 11_000 });
  const idempotencyKey = `confirm:${orderId}`;
  const paid = await paymentProvider().confirm({
    ...{ orderId, paymentKey, amountKrw: 11_000, idempotencyKey },
  });
  if (paid.outcome !== "done") throw new Error(`not paid: ${JSON.stringify(paid)}`);
  await transaction(async (tx) => {
    await tx.topUpOrder.create({
      data: {
        ...{ orderId, userId: ownerId, state: "paid", packageId: "standard", paymentKey },
        ...{ credits: 1_000, bonusCredits: 50, listKrw: 11_000, amountKrw: 11_000 },
        ...{ suppliedKrw: 10_000, vatKrw: 1_000, balanceKrw: 11_000, confirmKey: idempotencyKey },
        ...{ requestKey: orderId, customerKey: newId(), approvedAt, createdAt: approvedAt },
        updatedAt: approvedAt,
        lastTransactionKey: paid.payment.lastTransactionKey,
      },
    });
    if (!credits) return;
    const lot = { ownerId, orderId };
    await grantCredits(tx, { ...lot, source: "topup", amount: 1_000, key: `topup:${orderId}` });
    await grantCredits(tx, { ...lot, source: "bonus", amount: 50, key: `bonus:${orderId}` });
  });
  return { orderId, paymentKey, ownerId };
}

/** How an order and its owner's credits stand. */
export async function standing({ orderId, ownerId }: PaidOrder) {
  const [order, wallet, refunds] = await Promise.all([
    db().topUpOrder.findUniqueOrThrow({ where: { orderId } }),
    db().creditWallet.findUniqueOrThrow({ where: { ownerId } }),
    db().refund.findMany({ where: { orderId }, orderBy: { createdAt: "asc" } }),
  ]);
  return {
    state: order.state,
    balanceKrw: order.balanceKrw,
    credits: wallet.posted,
    held: wallet.held,
    frozen: wallet.frozenAt !== null,
    refunds: refunds.map(({ state }) => state),
  };
}
