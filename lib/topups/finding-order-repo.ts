import "server-only";
import { db, type Tx } from "@/lib/db";
import type { FindingOrderView } from "./findings-schema";

/** An order with everything that an operator compares, and its owner's account. */
export async function readFindingOrder(
  orderId: string,
): Promise<(FindingOrderView & { ownerId: string }) | undefined> {
  const [order, ledger] = await Promise.all([
    db().topUpOrder.findUnique({
      where: { orderId },
      include: {
        refunds: { orderBy: { createdAt: "asc" } },
        user: { select: { wallet: { select: { frozenAt: true } } } },
      },
    }),
    db().ledgerTransaction.findMany({
      where: { orderId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true, kind: true, amount: true, outcome: true, createdAt: true },
    }),
  ]);
  if (!order) return undefined;
  const { state, amountKrw, balanceKrw, credits, bonusCredits, paymentKey, approvedAt } = order;
  const provider = order.provider as { status?: unknown; balanceAmount?: unknown } | null;
  return {
    ownerId: order.userId,
    ...{ orderId, state, amountKrw, balanceKrw, credits, bonusCredits, paymentKey },
    providerStatus: typeof provider?.status === "string" ? provider.status : null,
    providerBalanceKrw: typeof provider?.balanceAmount === "number" ? provider.balanceAmount : null,
    createdAt: order.createdAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null,
    frozenAt: order.user.wallet?.frozenAt?.toISOString() ?? null,
    refunds: order.refunds.map((refund) => ({
      id: refund.id,
      state: refund.state,
      amountKrw: refund.amountKrw,
      credits: refund.paidCredits + refund.bonusCredits,
      policy: refund.policy,
    })),
    ledger: ledger.map(({ id, createdAt, ...rest }) => ({
      transactionId: id,
      ...rest,
      at: createdAt.toISOString(),
    })),
  };
}

/** Whether another critical finding about an order of this account is open. */
export async function hasOtherCriticalFinding(
  tx: Tx,
  ownerId: string,
  findingId: string,
): Promise<boolean> {
  const orders = await tx.topUpOrder.findMany({
    where: { userId: ownerId },
    select: { orderId: true },
  });
  const subjects = orders.map(({ orderId }) => orderId);
  const count = await tx.moneyFinding.count({
    where: {
      subject: { in: subjects },
      severity: "critical",
      state: { not: "fixed" },
      id: { not: findingId },
    },
  });
  return count > 0;
}
