import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { priceJob } from "@/lib/credits/price";
import { newId } from "@/lib/ids";

import { startTestApp, type TestApp } from "@/lib/testing/app";
import type { PaidOrder } from "@/lib/testing/paid-order";
import { startTestPayments, type TestPayments } from "@/lib/testing/payments";
import { auditOf, mailsTo } from "@/lib/testing/people";

let app: TestApp;
let payments: TestPayments;
let orders: typeof import("@/lib/testing/paid-order");
let refunds: typeof import("./refunds");
let carryOut: typeof import("./refund-carry-out");
let sweep: typeof import("./refund-sweep");
let externals: typeof import("./refund-external");
let ledger: typeof import("@/lib/credits/ledger");
let provider: typeof import("@/lib/payments");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  payments = await startTestPayments();
  app = await startTestApp(payments.env);
  [orders, refunds, carryOut, sweep, externals, ledger, provider, { transaction }, { db }] =
    await Promise.all([
      import("@/lib/testing/paid-order"),
      import("./refunds"),
      import("./refund-carry-out"),
      import("./refund-sweep"),
      import("./refund-external"),
      import("@/lib/credits/ledger"),
      import("@/lib/payments"),
      import("@/lib/transaction"),
      import("@/lib/db"),
    ]);
});
afterAll(async () => {
  await payments.close();
  await app.stop();
});

const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;
const input = { reason: "마음이 바뀌었어요", amountKrw: 11_000, idempotencyKey: "request-1" };

function ask(order: PaidOrder, change: Partial<typeof input> & { nowMs?: number } = {}) {
  return refunds.requestRefund({ ...input, ...change, ...order });
}

/** A job of the order's owner that used so many credits, or still holds them. */
async function use(
  { ownerId }: PaidOrder,
  credits: number,
  state: "captured" | "held" = "captured",
) {
  const subjectId = crypto.randomUUID();
  const of = { purpose: "job", subjectId } as const;
  const price = priceJob({ durationMs: credits * 6_000 });
  expect(price.total).toBe(credits);
  await transaction((tx) =>
    ledger.reserveCredits(tx, { ...of, ownerId, attempt: 1, price, key: `job:${subjectId}:1` }),
  );
  if (state === "held") return of;
  await transaction((tx) => ledger.captureLine(tx, { ...of, component: "transcribe" }));
  return of;
}

function tossBalance({ paymentKey }: PaidOrder) {
  return provider
    .paymentProvider()
    .paymentByKey(paymentKey)
    .then((payment) => payment?.balanceAmount);
}

const whole = { state: "paid", balanceKrw: 11_000, credits: 1_050, held: 0, frozen: false };
const gone = { state: "refunded", balanceKrw: 0, credits: 0, held: 0, frozen: false };

/** Either both sides have it, or none: money back and credits gone, or money kept and credits kept. */
async function expectGivenBackOnce(order: PaidOrder) {
  expect(await orders.standing(order)).toEqual({ ...gone, refunds: ["done"] });
  expect(await tossBalance(order)).toBe(0);
}

describe("a refund", () => {
  it("gives back everything that is unused, once", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const { email } = await db().user.findUniqueOrThrow({ where: { id: order.ownerId } });
    const quote = await refunds.getRefundQuote(order);
    expect(quote).toMatchObject({ refundable: true, policy: "full_within_7_days" });
    const refund = await ask(order);
    expect(refund).toMatchObject({ state: "done", paidCredits: 1_000, bonusCredits: 50 });
    expect(await ask(order)).toEqual(refund);
    await expectGivenBackOnce(order);
    await expect(ask(order, { idempotencyKey: "request-2" })).rejects.toThrow(
      "refund_not_possible",
    );
    await expect(ask(order, { amountKrw: 1 })).rejects.toThrow("idempotency_conflict");
    const mails = (await mailsTo(email ?? "")).map(({ kind }) => kind);
    expect(mails.filter((kind) => kind === "refund-done")).toHaveLength(1);
    const names = await auditOf(order.ownerId);
    expect(names.filter((name) => name.startsWith("refund_"))).toEqual([
      "refund_requested",
      "refund_done",
    ]);
    expect(await db().notice.count({ where: { userId: order.ownerId, kind: "refund-done" } })).toBe(
      1,
    );
  });

  it("gives back the rest of what was used in part, and takes the rest of the credits", async () => {
    const order = await orders.makePaidOrder(payments.control);
    await use(order, 120);
    const quote = await refunds.getRefundQuote(order);
    // The bonus is used first, and counts like bought credits.
    const rest = { policy: "rest", usedCredits: 120, paidCredits: 930, bonusCredits: 0 };
    expect(quote).toMatchObject({ ...rest, amountKrw: 11_000 - 120 * 11 });
    await ask(order, { amountKrw: quote.amountKrw });
    const stands = await orders.standing(order);
    expect(stands).toEqual({
      ...gone,
      state: "partially_refunded",
      balanceKrw: 1_320,
      refunds: ["done"],
    });
    expect(await tossBalance(order)).toBe(1_320);
    expect(await refunds.getRefundQuote(order)).toMatchObject({ problem: "refund_not_possible" });
  });

  it("isn't anybody else's", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const { ownerId } = await orders.makePaidOrder(payments.control);
    await expect(refunds.getRefundQuote({ ...order, ownerId })).rejects.toThrow("not_found");
    await expect(ask({ ...order, ownerId })).rejects.toThrow("not_found");
  });

  it("isn't made for an amount that the person didn't see", async () => {
    const order = await orders.makePaidOrder(payments.control);
    await use(order, 10);
    await expect(ask(order)).rejects.toMatchObject({
      code: "price_changed",
      data: { amountKrw: 10_890 },
    });
    expect((await orders.standing(order)).refunds).toEqual([]);
  });

  it("waits for a job that holds some of the credits", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const of = await use(order, 10, "held");
    expect(await refunds.getRefundQuote(order)).toMatchObject({ problem: "credits_in_use" });
    await expect(ask(order)).rejects.toThrow("credits_in_use");
    await transaction((tx) => ledger.releaseCredits(tx, of, { ours: true, reason: "failed" }));
    await ask(order);
    await expectGivenBackOnce(order);
  });

  it("happens once, however many ask at once", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const asked = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => ask(order, { idempotencyKey: `request-${n % 4}` })),
    );
    expect(asked.some(({ status }) => status === "fulfilled")).toBe(true);
    await sweep.sweepRefunds(Date.now() + 2 * minuteMs);
    await expectGivenBackOnce(order);
  });

  it("never gives back what a job takes at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const order = await orders.makePaidOrder(payments.control);
      await Promise.allSettled([ask(order), use(order, 100, "held")]);
      const { credits, held, refunds: made } = await orders.standing(order);
      expect([
        { credits: 0, held: 0, made: ["done"], kept: 0 },
        { credits: 1_050, held: 100, made: [], kept: 11_000 },
      ]).toContainEqual({ credits, held, made, kept: await tossBalance(order) });
    }
  });
});

describe("a refund that Toss refuses", () => {
  it("leaves money and credits where they were", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const { orderId } = order;
    await payments.control.fault({
      endpoint: "cancel",
      kind: "code",
      code: "NOT_CANCELABLE_PAYMENT",
      orderId,
    });
    await expect(ask(order)).rejects.toThrow("refund_rejected");
    expect(await orders.standing(order)).toEqual({ ...whole, refunds: ["rejected"] });
    expect(await tossBalance(order)).toBe(11_000);
    await expect(ask(order)).rejects.toThrow("refund_rejected");
    const told = await db().notice.count({
      where: { userId: order.ownerId, kind: "refund-rejected" },
    });
    expect(told).toBe(1);
    // Another request is another try.
    await ask(order, { idempotencyKey: "request-2" });
    expect((await orders.standing(order)).refunds).toEqual(["rejected", "done"]);
    expect(await tossBalance(order)).toBe(0);
  });

  it("isn't believed while the payment can't be looked at", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const { orderId } = order;
    const code = "NOT_CANCELABLE_PAYMENT";
    await payments.control.fault({ endpoint: "cancel", kind: "code", code, orderId });
    await payments.control.fault({ endpoint: "get", kind: "error_before", orderId });
    expect(await ask(order)).toMatchObject({ state: "unknown" });
    expect(await orders.standing(order)).toEqual({ ...whole, credits: 0, refunds: ["unknown"] });
    await sweep.sweepRefunds(Date.now() + 2 * minuteMs);
    expect(await orders.standing(order)).toEqual({ ...whole, refunds: ["rejected"] });
  });
});

describe("a refund whose outcome nobody knows", () => {
  it.each(["reset_after", "error_after", "garbage_after"] as const)(
    "is found out by asking: %s",
    async (kind) => {
      const order = await orders.makePaidOrder(payments.control);
      await payments.control.fault({ endpoint: "cancel", kind, orderId: order.orderId });
      expect(await ask(order)).toMatchObject({ state: "done" });
      await expectGivenBackOnce(order);
    },
  );

  it.each(["reset_before", "error_before"] as const)("is tried again: %s", async (kind) => {
    const order = await orders.makePaidOrder(payments.control);
    await payments.control.fault({ endpoint: "cancel", kind, orderId: order.orderId });
    expect(await ask(order)).toMatchObject({ state: "unknown" });
    await expect(ask(order, { idempotencyKey: "request-2" })).rejects.toThrow("refund_under_way");
    await sweep.sweepRefunds(Date.now() + 2 * minuteMs);
    await expectGivenBackOnce(order);
  });

  it("is found by the sweeper when nothing answered at first", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const { orderId } = order;
    await payments.control.fault({ endpoint: "cancel", kind: "reset_after", orderId });
    await payments.control.fault({ endpoint: "get", kind: "reset_before", orderId });
    expect(await ask(order)).toMatchObject({ state: "unknown" });
    expect(await tossBalance(order)).toBe(0);
    await Promise.all([1, 2, 3].map(() => sweep.sweepRefunds(Date.now() + 2 * minuteMs)));
    await expectGivenBackOnce(order);
  });

  it("isn't asked for again once the key is too old; a person is told", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const { orderId } = order;
    await payments.control.fault({ endpoint: "cancel", kind: "reset_before", orderId, times: 2 });
    await ask(order);
    const where = { code_subject: { code: "refund_stuck", subject: orderId } };
    await sweep.sweepRefunds(Date.now() + dayMs + minuteMs);
    expect(await db().moneyFinding.findUnique({ where })).toMatchObject({
      severity: "warning",
      actual: "unknown: connection",
    });
    await sweep.sweepRefunds(Date.now() + 14 * dayMs + minuteMs);
    expect((await orders.standing(order)).refunds).toEqual(["unknown"]);
    expect(await tossBalance(order)).toBe(11_000);
    expect(await db().moneyFinding.findUnique({ where })).toMatchObject({ severity: "critical" });
    // What somebody then does at Toss is recognised.
    await payments.control.cancel(order.paymentKey);
    await sweep.sweepRefunds(Date.now() + 16 * dayMs);
    await expectGivenBackOnce(order);
  });
});

describe("a crash", () => {
  it("after the credits were taken: the money follows", async () => {
    const order = await orders.makePaidOrder(payments.control);
    await transaction((tx) => refunds.openRefund(tx, { ...input, ...order, nowMs: Date.now() }));
    expect(await orders.standing(order)).toEqual({ ...whole, credits: 0, refunds: ["requested"] });
    await sweep.sweepRefunds(Date.now() + 2 * minuteMs);
    await expectGivenBackOnce(order);
  });

  it("before the credits were taken: nothing has happened", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const broken = transaction(async (tx) => {
      await refunds.openRefund(tx, { ...input, ...order, nowMs: Date.now() });
      throw new Error("killed");
    });
    await expect(broken).rejects.toThrow("killed");
    expect(await orders.standing(order)).toEqual({ ...whole, refunds: [] });
    await ask(order);
    await expectGivenBackOnce(order);
  });

  it("between the money and its note: found, and not given twice", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const { refund } = await transaction((tx) =>
      refunds.openRefund(tx, { ...input, ...order, nowMs: Date.now() }),
    );
    if (!refund) throw new Error("no refund");
    const { cancelKey: idempotencyKey } = refund;
    const call = { paymentKey: order.paymentKey, reason: "r", idempotencyKey };
    await provider.paymentProvider().cancel(call);
    await Promise.all([1, 2].map(() => carryOut.carryOutRefund(refund.id)));
    await sweep.sweepRefunds(Date.now() + 2 * minuteMs);
    await expectGivenBackOnce(order);
  });
});

describe("a cancellation at Toss that nobody here asked for", () => {
  async function takeOver(order: PaidOrder) {
    const payment = await provider.paymentProvider().paymentByKey(order.paymentKey);
    if (!payment) throw new Error("no payment");
    await transaction((tx) => externals.applyExternalCancel(tx, order, payment));
  }

  it("takes the credits, once", async () => {
    const order = await orders.makePaidOrder(payments.control);
    await payments.control.cancel(order.paymentKey);
    await Promise.all([1, 2, 3].map(() => takeOver(order)));
    await takeOver(order);
    await expectGivenBackOnce(order);
    const where = { code_subject: { code: "external_cancel", subject: order.orderId } };
    expect(await db().moneyFinding.findUnique({ where })).toMatchObject({ severity: "warning" });
  });

  it("takes its share when it is a part", async () => {
    const order = await orders.makePaidOrder(payments.control);
    await payments.control.cancel(order.paymentKey, { amountKrw: 4_400 });
    await payments.control.cancel(order.paymentKey, { amountKrw: 1_100 });
    await takeOver(order);
    expect(await orders.standing(order)).toEqual({
      ...gone,
      state: "partially_refunded",
      balanceKrw: 5_500,
      credits: 1_050 - 420 - 105,
      refunds: ["done", "done"],
    });
    // The rest can be given back in the usual way.
    await ask(order, { amountKrw: 5_500 });
    expect(await orders.standing(order)).toMatchObject({ ...gone, credits: 0 });
  });

  it("freezes the wallet when its credits have been used", async () => {
    const order = await orders.makePaidOrder(payments.control);
    await use(order, 600);
    await payments.control.cancel(order.paymentKey);
    await takeOver(order);
    expect(await orders.standing(order)).toMatchObject({ ...gone, frozen: true });
    const where = { code_subject: { code: "external_cancel", subject: order.orderId } };
    expect(await db().moneyFinding.findUnique({ where })).toMatchObject({
      severity: "critical",
      expected: "balance 11000 KRW, credits to take back 1050",
      actual: "balance 0 KRW, credits taken back 450",
    });
  });

  it("has what a job held then taken before the wallet opens again", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const of = { purpose: "job", subjectId: newId() } as const;
    const price = priceJob({ durationMs: 3_600_000 });
    const held = { ...of, ownerId: order.ownerId, attempt: 1, price, key: newId() };
    await transaction((tx) => ledger.reserveCredits(tx, held));
    await payments.control.cancel(order.paymentKey);
    await takeOver(order);
    const where = { code_subject: { code: "external_cancel", subject: order.orderId } };
    const { id: findingId } = await db().moneyFinding.findUniqueOrThrow({ where });
    const { releaseWallet } = await import("./finding-actions");
    const release = () => releaseWallet({ findingId, actorId: order.ownerId });
    await expect(release()).rejects.toMatchObject({ code: "credits_in_use" });
    await transaction((tx) => ledger.releaseCredits(tx, of, { ours: false, reason: "cancelled" }));
    await release();
    expect(await orders.standing(order)).toMatchObject({ credits: 0, frozen: false });
    const { verifyLedger } = await import("@/lib/credits/verify");
    expect((await verifyLedger()).failures).toEqual([]);
  });

  it("keeps the wallet shut while another critical finding of its owner is open", async () => {
    const order = await orders.makePaidOrder(payments.control);
    await use(order, 600);
    await payments.control.cancel(order.paymentKey);
    await takeOver(order);
    const where = { code_subject: { code: "external_cancel", subject: order.orderId } };
    const { id, ...finding } = await db().moneyFinding.findUniqueOrThrow({ where });
    await db().moneyFinding.create({ data: { ...finding, id: newId(), code: "amount_mismatch" } });
    const { releaseWallet } = await import("./finding-actions");
    const release = releaseWallet({ findingId: id, actorId: order.ownerId });
    await expect(release).rejects.toMatchObject({ code: "findings_open" });
    expect(await orders.standing(order)).toMatchObject({ frozen: true });
  });

  it("ends the refund that waits for exactly that", async () => {
    const order = await orders.makePaidOrder(payments.control);
    await payments.control.fault({
      endpoint: "cancel",
      kind: "reset_before",
      orderId: order.orderId,
    });
    await ask(order);
    await payments.control.cancel(order.paymentKey);
    await takeOver(order);
    await expectGivenBackOnce(order);
  });

  it("of another amount waits for the refund, which then comes to nothing", async () => {
    const order = await orders.makePaidOrder(payments.control);
    const { orderId, paymentKey } = order;
    await payments.control.fault({ endpoint: "cancel", kind: "reset_before", orderId });
    await ask(order);
    await payments.control.cancel(paymentKey, { amountKrw: 1_100 });
    await takeOver(order);
    expect((await orders.standing(order)).refunds).toEqual(["unknown"]);
    await sweep.sweepRefunds(Date.now() + 2 * minuteMs);
    expect((await orders.standing(order)).refunds).toEqual(["unknown"]);
    await sweep.sweepRefunds(Date.now() + 20 * minuteMs);
    expect(await orders.standing(order)).toEqual({
      ...whole,
      state: "partially_refunded",
      balanceKrw: 9_900,
      credits: 945,
      refunds: ["rejected", "done"],
    });
    const where = { code_subject: { code: "refund_mismatch", subject: orderId } };
    expect(await db().moneyFinding.findUnique({ where })).toMatchObject({
      expected: "balance 11000 or 0 KRW",
      actual: "balance 9900 KRW",
    });
  });
});

describe("all of that together", () => {
  it("leaves a ledger in which everything holds", async () => {
    const { verifyLedger } = await import("@/lib/credits/verify");
    expect((await verifyLedger()).failures).toEqual([]);
  });
});
