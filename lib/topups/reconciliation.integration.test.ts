import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { startTestPayments, type TestPayments } from "@/lib/testing/payments";

let app: TestApp;
let payments: TestPayments;
let orders: typeof import("@/lib/testing/paid-order");
let reconciliation: typeof import("./reconciliation");
let actions: typeof import("./finding-actions");
let refunds: typeof import("./refunds");
let provider: typeof import("@/lib/payments");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  payments = await startTestPayments();
  app = await startTestApp(payments.env);
  [orders, reconciliation, actions, refunds, provider, { db }] = await Promise.all([
    import("@/lib/testing/paid-order"),
    import("./reconciliation"),
    import("./finding-actions"),
    import("./refunds"),
    import("@/lib/payments"),
    import("@/lib/db"),
  ]);
});
afterAll(async () => {
  await payments.close();
  await app.stop();
});

const hourMs = 3_600_000;
/** Far enough from the end of the period to be compared. */
const approvedAt = new Date(Date.now() - hourMs);

/** The list ends with whole seconds: what was made in this one is in it a little later. */
const compare = () => reconciliation.reconcilePayments(Date.now() + 2_000);

async function findingsOf(subject: string) {
  const rows = await db().moneyFinding.findMany({ where: { subject }, orderBy: { code: "asc" } });
  return rows.map(({ code, expected, actual }) => ({ code, expected, actual }));
}

const setOrder = (orderId: string, data: { amountKrw?: number; state?: "refunded" | "failed" }) =>
  db().topUpOrder.update({ where: { orderId }, data });

describe("comparing payments", () => {
  it("finds nothing where everything agrees", async () => {
    await orders.makePaidOrder(payments.control, { approvedAt });
    const refunded = await orders.makePaidOrder(payments.control, { approvedAt });
    const input = { reason: "r", amountKrw: 11_000, idempotencyKey: "request-1" };
    await refunds.requestRefund({ ...input, ...refunded });
    const run = await compare();
    expect(run).toMatchObject({ ours: 2, theirs: 3, findings: 0, failure: null });
    expect(await db().moneyFinding.count()).toBe(0);
    const [noted] = await db().reconciliationRun.findMany();
    expect(noted).toMatchObject({ id: run.id, ours: 2, theirs: 3, findings: 0 });
  });

  it("names a payment that has no order", async () => {
    const orderId = `unknown-${crypto.randomUUID()}`;
    const { paymentKey } = await payments.control.pay({ orderId, amountKrw: 3_300 });
    const call = { orderId, paymentKey, amountKrw: 3_300, idempotencyKey: orderId };
    await provider.paymentProvider().confirm(call);
    await compare();
    expect(await findingsOf(orderId)).toEqual([
      {
        code: "payment_without_order",
        expected: "–",
        actual: `DONE 3300 KRW, cancel 0 KRW (${paymentKey})`,
      },
    ]);
  });

  it("names an order that Toss has no payment for", async () => {
    const { orderId } = await orders.makePaidOrder(payments.control, { approvedAt });
    const paymentKey = `gone-${orderId}`;
    await db().topUpOrder.update({
      where: { orderId },
      data: { orderId: `x-${orderId}`, paymentKey },
    });
    await compare();
    const found = await findingsOf(`x-${orderId}`);
    expect(found).toContainEqual({
      code: "payment_not_at_toss",
      expected: "paid, 11000 KRW",
      actual: "–",
    });
  });

  it("takes over a cancellation from outside, and says so", async () => {
    const order = await orders.makePaidOrder(payments.control, { approvedAt });
    await payments.control.cancel(order.paymentKey);
    await compare();
    expect(await orders.standing(order)).toMatchObject({ state: "refunded", credits: 0 });
    expect(await findingsOf(order.orderId)).toEqual([
      {
        code: "external_cancel",
        expected: "balance 11000 KRW, credits to take back 1050",
        actual: "balance 0 KRW, credits taken back 1050",
      },
    ]);
    const again = await compare();
    expect(await findingsOf(order.orderId)).toHaveLength(1);
    expect(again.failure).toBeNull();
  });

  it("names a balance that Toss doesn't have", async () => {
    const order = await orders.makePaidOrder(payments.control, { approvedAt });
    const { orderId } = order;
    // A refund that is noted here and never happened there.
    await db().refund.create({
      data: {
        ...{ id: crypto.randomUUID(), orderId, state: "done", amountKrw: 4_000, policy: "rest" },
        ...{ paidCredits: 0, bonusCredits: 0, reason: "r", requestKey: "k", cancelKey: orderId },
        ...{ transactionKey: `made-up-${orderId}`, balanceBeforeKrw: 11_000 },
        createdAt: approvedAt,
        endedAt: approvedAt,
      },
    });
    const changed = { state: "partially_refunded", balanceKrw: 7_000 } as const;
    await db().topUpOrder.update({ where: { orderId }, data: changed });
    await compare();
    expect(await findingsOf(orderId)).toEqual([
      {
        code: "balance_mismatch",
        expected: "balance 7000 KRW",
        actual: "balance 11000 KRW",
      },
      {
        code: "refund_not_at_toss",
        expected: `refund 4000 KRW (made-up-${orderId})`,
        actual: "–",
      },
    ]);
  });

  it("names what the ledger and the orders say differently of credits", async () => {
    const unpaid = await orders.makePaidOrder(payments.control, { approvedAt });
    await setOrder(unpaid.orderId, { state: "failed" });
    const { id: ownerId } = await db().user.create({
      data: { id: crypto.randomUUID(), email: `${crypto.randomUUID()}@x.test`, name: "T" },
    });
    const empty = await orders.makePaidOrder(payments.control, {
      ...{ approvedAt, ownerId },
      credits: false,
    });
    await compare();
    expect(await findingsOf(empty.orderId)).toEqual([
      { code: "paid_without_credits", expected: "paid, credits 1050", actual: "credits 0" },
    ]);
    // Paid at Toss, called failed here: taken over, and right again.
    expect((await orders.standing(unpaid)).state).toBe("paid");
    expect(await findingsOf(unpaid.orderId)).toEqual([]);
  });
});

describe("a comparison that breaks off", () => {
  it("is noted, told, and made up for by the next one", async () => {
    const before = await db().reconciliationRun.findFirstOrThrow({
      where: { failure: null },
      orderBy: { toAt: "desc" },
    });
    await payments.control.fault({ endpoint: "transactions", kind: "error_before" });
    const laterMs = Date.now() + 10 * 24 * hourMs;
    await expect(reconciliation.reconcilePayments(laterMs)).rejects.toThrow("payments_unreachable");
    const broken = await db().reconciliationRun.findFirstOrThrow({
      orderBy: { startedAt: "desc" },
    });
    expect(broken.failure).toBe("FAILED_INTERNAL_SYSTEM_PROCESSING");
    expect(await findingsOf("reconciliation")).toMatchObject([{ code: "reconciliation_failed" }]);
    const next = await reconciliation.reconcilePayments(laterMs + 1_000);
    expect(next.failure).toBeNull();
    expect(next.fromAt.getTime()).toBeLessThanOrEqual(before.toAt.getTime() - 24 * hourMs);
  });

  it("isn't broken off by one order that can't be looked at", async () => {
    const bad = await orders.makePaidOrder(payments.control, { approvedAt });
    const good = await orders.makePaidOrder(payments.control, { approvedAt });
    for (const { paymentKey } of [bad, good]) {
      await payments.control.cancel(paymentKey, { amountKrw: 1_100 });
    }
    const { orderId } = bad;
    await payments.control.fault({ endpoint: "get", kind: "error_before", orderId });
    const run = await compare();
    expect(run.failure).toBeNull();
    expect((await orders.standing(good)).state).toBe("partially_refunded");
    expect((await orders.standing(bad)).state).toBe("paid");
    expect(await findingsOf(orderId)).toMatchObject([{ code: "reconciliation_failed" }]);
  });

  it("keeps a second one waiting", async () => {
    const nowMs = Date.now() + 20 * 24 * hourMs;
    const both = await Promise.allSettled([
      reconciliation.reconcilePayments(nowMs),
      reconciliation.reconcilePayments(nowMs),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("looking again at a finding", () => {
  it("asks Toss and says what still differs", async () => {
    const order = await orders.makePaidOrder(payments.control, { approvedAt });
    await payments.control.cancel(order.paymentKey, { amountKrw: 1_100 });
    const { raiseFinding } = await import("./findings");
    const { transaction } = await import("@/lib/transaction");
    const severity = "critical" as const;
    const found = { code: "balance_mismatch", severity, expected: "11000", actual: "9900" };
    await transaction((tx) => raiseFinding(tx, { ...found, subject: order.orderId }));
    const { id } = await db().moneyFinding.findFirstOrThrow({
      where: { subject: order.orderId, code: found.code },
    });
    const answer = await actions.recheckFinding(id);
    expect(answer.differences).toEqual([]);
    expect(answer.finding.state).toBe("open");
    expect(answer.order).toMatchObject({
      ...{ state: "partially_refunded", balanceKrw: 9_900, providerBalanceKrw: 9_900 },
      refunds: [{ amountKrw: 1_100, credits: 105, policy: "external" }],
    });
    expect(answer.order?.ledger.map(({ kind, amount }) => [kind, amount])).toEqual([
      ["topup", 1_000],
      ["bonus", 50],
      ["clawback", 105],
    ]);
  });
});
