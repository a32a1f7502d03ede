/**
 * The product as the storm asks it: carries out what its parent sends, until it is killed. What it
 * is sent twice it must do once.
 */
import { AppError } from "@/lib/errors";
import { openLedger } from "@/lib/testing/ledger";
import { databaseState, perform } from "@/lib/testing/ledger-ops";
import type { Op } from "@/lib/testing/ledger-request";
import { isAliveInStorm, type StormCalls } from "./storm-protocol";

const [on, orders, { confirmOrder }, { listPackages }, webhooks, settle, sweeper] =
  await Promise.all([
    openLedger(),
    import("@/lib/topups/orders"),
    import("@/lib/topups/confirm"),
    import("@/lib/topups/packages"),
    import("@/lib/topups/webhooks"),
    import("@/lib/topups/settle"),
    import("@/lib/topups/sweeper"),
  ]);
const [refunds, { sweepRefunds }, { verifyLedger }] = await Promise.all([
  import("@/lib/topups/refunds"),
  import("@/lib/topups/refund-sweep"),
  import("@/lib/credits/verify"),
]);

const inStorm = { locale: "ko", origin: "http://localhost:3000" } as const;

const calls: { [Name in keyof StormCalls]: (args: StormCalls[Name]["args"]) => Promise<unknown> } =
  {
    op: (op: Op) => perform(on, op),
    state: ({ owner }) => databaseState(on, owner),
    packages: async (args) => (await listPackages(args)).packages,
    create: async (args) =>
      (
        await orders.createOrder({
          ...{ ...inStorm, ...args, method: "CARD", cashReceipt: "none" },
        })
      ).order,
    confirm: (args) => confirmOrder({ ...inStorm, ...args }),
    abandon: (args) => orders.abandonOrder({ ...inStorm, ...args }),
    order: (args) => orders.getOrder({ ...inStorm, ...args }),
    settle: ({ orderId, nowMs }) => settle.settleOrder(orderId, nowMs),
    lots: ({ orderId }) =>
      on.db().creditLot.findMany({ where: { orderId }, orderBy: { createdAt: "asc" } }),
    webhook: async ({ headers, body, nowMs }) => {
      await webhooks.receiveWebhook({ headers: new Headers(headers), body }, nowMs);
      const transmissionId = headers["tosspayments-webhook-transmission-id"] ?? "";
      const event = await on.db().providerEvent.findUnique({ where: { transmissionId } });
      if (event) await webhooks.processEvent(event.id, nowMs);
    },
    refundQuote: (args) => refunds.getRefundQuote(args),
    refund: (args) => refunds.requestRefund({ ...args, reason: "storm" }),
    sweepRefunds: ({ nowMs }) => sweepRefunds(nowMs),
    refunds: ({ orderId }) =>
      on.db().refund.findMany({ where: { orderId }, orderBy: { createdAt: "asc" } }),
    barrier,
    verify: ({ nowMs }) => verifyLedger(nowMs),
  };

/** Everything that cleans up in the background, until there is nothing left to do. */
async function barrier({ nowMs, allDead }: StormCalls["barrier"]["args"]): Promise<void> {
  await on.sweep.expireLots(nowMs);
  const isStale = { state: "held", expiresAt: { lt: new Date(nowMs) } } as const;
  while ((await on.db().creditReservation.count({ where: isStale })) > 0) {
    await on.sweep.reapReservations(
      async ({ subjectId }) => !allDead && isAliveInStorm(subjectId),
      nowMs,
    );
  }
  await on.sweep.expireLots(nowMs);
  while ((await sweeper.sweepPayments(nowMs)) > 0) {
    // Fifty at a time.
  }
}

process.on("message", async (message: { id: number; name: keyof StormCalls; args: never }) => {
  const { id, name, args } = message;
  try {
    const value = (await calls[name](args)) ?? null;
    process.send?.({ id, value });
  } catch (error) {
    const code = AppError.is(error) && error.code !== "internal" ? error.code : undefined;
    const text = error instanceof Error ? error.message : String(error);
    process.send?.({ id, code, text });
  }
});
process.send?.({ ready: true });
