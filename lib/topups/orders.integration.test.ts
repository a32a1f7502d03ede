import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PaymentProvider } from "@/lib/payments";
import type { SandboxPurchase } from "@/lib/payments/sandbox/control-client";
import type { Payment } from "@/lib/payments/schema";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import type { PaidInWindow } from "@/lib/testing/orders";
import { startTestPayments, type TestPayments } from "@/lib/testing/payments";
import { auditOf, mailsTo } from "@/lib/testing/people";

let app: TestApp;
let payments: TestPayments;
let orders: typeof import("./orders");
let confirm: typeof import("./confirm");
let settle: typeof import("./settle");
let made: typeof import("@/lib/testing/orders");
let makeUser: typeof import("@/lib/testing/factories").makeUser;
let provider: () => PaymentProvider;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  payments = await startTestPayments();
  app = await startTestApp(payments.env);
  let provided: typeof import("@/lib/payments");
  [orders, confirm, settle, made, { makeUser }, provided, { db }] = await Promise.all([
    import("./orders"),
    import("./confirm"),
    import("./settle"),
    import("@/lib/testing/orders"),
    import("@/lib/testing/factories"),
    import("@/lib/payments"),
    import("@/lib/db"),
  ]);
  provider = provided.paymentProvider;
});
afterAll(async () => {
  await payments.close();
  await app.stop();
});

const minuteMs = 60_000;

/** See `lib/testing/orders.ts`. */
const paidInWindow = (
  purchase: Partial<SandboxPurchase> = {},
  order: { nowMs?: number } = {},
): Promise<PaidInWindow> => made.payInWindow(payments.control, purchase, order);
const ask: typeof made.orderCredits = (...options) => made.orderCredits(...options);
const standing: typeof made.orderStanding = (order) => made.orderStanding(order);

async function tossStatus({ paymentKey }: PaidInWindow) {
  return (await provider().paymentByKey(paymentKey))?.status;
}

describe("an order", () => {
  it("costs what the database says and answers the same for the same request", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const first = await ask(userId);
    expect(first.order).toMatchObject({
      ...{ state: "created", credits: 1_000, bonusCredits: 50, listKrw: 11_000, discountKrw: 0 },
      ...{ amountKrw: 11_000, suppliedKrw: 10_000, vatKrw: 1_000, balanceKrw: 0, ledgerIds: [] },
    });
    expect(first.order.orderId).toMatch(/^ax2-[A-Za-z0-9_-]{27}$/);
    expect(first.payment).toMatchObject({
      sandbox: true,
      orderName: "AX2 Caption 1,000 + 50 크레딧",
      successUrl: "http://localhost:3000/credits/top-up/done",
      failUrl: "http://localhost:3000/credits/top-up/failed",
    });
    expect(first.payment.customerKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await ask(userId)).toEqual(first);
    await expect(ask(userId, { packageId: "plus", amountKrw: 33_000 })).rejects.toThrow(
      "idempotency_conflict",
    );
    const other = await ask(userId, { idempotencyKey: "request-2" });
    expect(other.order.orderId).not.toBe(first.order.orderId);
    expect(other.payment.customerKey).toBe(first.payment.customerKey);
  });

  it("is made once, however often it is asked for at once", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const made = await Promise.all(Array.from({ length: 8 }, () => ask(userId)));
    expect(new Set(made.map(({ order }) => order.orderId)).size).toBe(1);
  });

  it("isn't made for another amount than the person saw, nor of what isn't on sale", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    await expect(ask(userId, { amountKrw: 1 })).rejects.toMatchObject({
      code: "price_changed",
      data: { amountKrw: 11_000 },
    });
    await expect(ask(userId, { packageId: "nothing" })).rejects.toThrow("package_unknown");
    expect(await db().topUpOrder.count({ where: { userId } })).toBe(0);
  });

  it("is shown to its owner only, newest first", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const { id: stranger } = await makeUser({ credits: 0 });
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const made = await ask(userId, { idempotencyKey: `request-${n}`, nowMs: 1_000 * n });
      ids.unshift(made.order.orderId);
    }
    const first = await orders.listOrders({ userId, limit: 2, locale: "ko" });
    expect(first.orders.map(({ orderId }) => orderId)).toEqual(ids.slice(0, 2));
    const cursor = first.nextCursor ?? "";
    const second = await orders.listOrders({ userId, limit: 2, cursor, locale: "ko" });
    expect(second.orders.map(({ orderId }) => orderId)).toEqual(ids.slice(2));
    expect(second.nextCursor).toBeNull();
    const orderId = ids[0] ?? "";
    await expect(orders.getOrder({ userId: stranger, orderId, locale: "ko" })).rejects.toThrow(
      "not_found",
    );
    const theirs = await orders.listOrders({ userId: stranger, limit: 2, cursor, locale: "ko" });
    expect(theirs.orders).toEqual([]);
  });

  it("ends when its window is closed, and not when it has gone further", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const { order } = await ask(userId);
    const left = { userId, orderId: order.orderId, locale: "ko" as const };
    const code = "PAY_PROCESS_CANCELED";
    const closed = await orders.abandonOrder({ ...left, code });
    expect(closed).toMatchObject({ state: "cancelled", failureCode: code });
    expect(closed.failureMessage).toBe("결제창을 닫아서 결제하지 않았어요.");
    const refused = await ask(userId, { idempotencyKey: "request-2" });
    const { orderId } = refused.order;
    const why = { code: "REJECT_CARD_COMPANY", message: "" };
    expect(await orders.abandonOrder({ ...left, orderId, ...why })).toMatchObject({
      state: "failed",
    });
    const bought = await paidInWindow();
    await confirm.confirmOrder(bought);
    expect(await orders.abandonOrder(bought)).toMatchObject({ state: "paid" });
  });
});

describe("a confirmation", () => {
  it("takes the money, gives the credits and tells", async () => {
    const bought = await paidInWindow();
    const { userId } = bought;
    const order = await confirm.confirmOrder(bought);
    expect(order).toMatchObject({ state: "paid", method: "카드", balanceKrw: 11_000 });
    expect(order.ledgerIds).toHaveLength(2);
    expect(order.receiptUrl).toMatch(/^http/);
    expect(await standing(bought)).toEqual(made.paidOnce);
    expect(await auditOf(userId)).toEqual(expect.arrayContaining(["order_created", "order_paid"]));
    const { email } = await db().user.findUniqueOrThrow({ where: { id: userId } });
    const mails = (await mailsTo(email ?? "")).map(({ kind }) => kind);
    expect(mails).toEqual(["top-up-done"]);
    expect(await db().notice.count({ where: { userId, kind: "top-up-done" } })).toBe(1);
  });

  it("of somebody without an address is told in the app, and nothing is wrong with it", async () => {
    const bought = await paidInWindow();
    const { userId, orderId } = bought;
    await db().user.update({ where: { id: userId }, data: { email: null } });
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "paid" });
    expect(await db().notice.count({ where: { userId, kind: "top-up-done" } })).toBe(1);
    expect(await db().moneyFinding.count({ where: { subject: orderId } })).toBe(0);
  });

  it("keeps nothing of the payer", async () => {
    const bought = await paidInWindow();
    await confirm.confirmOrder(bought);
    const { provider: kept } = await db().topUpOrder.findUniqueOrThrow({
      where: { orderId: bought.orderId },
      select: { provider: true },
    });
    const text = JSON.stringify(kept);
    expect(text).toContain('"status":"DONE"');
    for (const field of ["number", "secret", "approveNo", "customerName", "accountNumber"]) {
      expect(text).not.toContain(`"${field}"`);
    }
  });

  it("answers the same again, and grants nothing again", async () => {
    const bought = await paidInWindow();
    const first = await confirm.confirmOrder(bought);
    expect(await confirm.confirmOrder(bought)).toEqual(first);
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("grants once from any number of tabs at once", async () => {
    const bought = await paidInWindow();
    const answers = await Promise.allSettled(
      Array.from({ length: 16 }, () => confirm.confirmOrder(bought)),
    );
    expect(answers.filter(({ status }) => status === "rejected")).toEqual([]);
    await settle.settleOrder(bought.orderId);
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("isn't anybody else's", async () => {
    const bought = await paidInWindow();
    const { id: stranger } = await makeUser({ credits: 0 });
    await expect(confirm.confirmOrder({ ...bought, userId: stranger })).rejects.toThrow(
      "not_found",
    );
    expect(await tossStatus(bought)).toBe("IN_PROGRESS");
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "paid" });
  });

  it("refuses another amount and never asks Toss", async () => {
    const bought = await paidInWindow();
    await expect(confirm.confirmOrder({ ...bought, amountKrw: 100 })).rejects.toThrow(
      "order_mismatch",
    );
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "failed" });
    expect(await auditOf(bought.userId)).toContain("order_mismatch");
    await expect(confirm.confirmOrder(bought)).rejects.toThrow("order_closed");
    expect(await tossStatus(bought)).toBe("IN_PROGRESS");
  });

  it("refuses a window's amount that was changed on the way to Toss", async () => {
    const bought = await paidInWindow({ amountKrw: 100 });
    await expect(confirm.confirmOrder(bought)).rejects.toThrow("payment_refused");
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "failed" });
    expect(await tossStatus(bought)).not.toBe("DONE");
  });

  it("refuses another order's address of success, which stays good for its own", async () => {
    const bought = await paidInWindow();
    const { order } = await ask(bought.userId, { idempotencyKey: "request-2" });
    const replayed = { ...bought, orderId: order.orderId };
    await expect(confirm.confirmOrder(replayed)).rejects.toThrow("payment_refused");
    expect(await standing(replayed)).toEqual({ ...made.nothingPaid, state: "failed" });
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "paid" });
    const third = await ask(bought.userId, { idempotencyKey: "request-3" });
    await expect(confirm.confirmOrder({ ...bought, orderId: third.order.orderId })).rejects.toThrow(
      "order_mismatch",
    );
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("doesn't take a second payment for an order, and says so when Toss took it", async () => {
    const bought = await paidInWindow();
    await confirm.confirmOrder(bought);
    const { orderId, amountKrw } = bought;
    const { paymentKey } = await payments.control.pay({ orderId, amountKrw });
    await expect(confirm.confirmOrder({ ...bought, paymentKey })).rejects.toThrow("order_closed");
    const finding = { code_subject: { code: "duplicate_payment", subject: orderId } };
    expect(await db().moneyFinding.findUnique({ where: finding })).toBeNull();
    // Toss refuses to confirm it; were it otherwise, that would have to come out.
    const second = await provider().paymentByKey(paymentKey);
    const taken = { ...second, status: "DONE" } as Payment;
    const lenient = Object.assign(Object.create(provider()) as PaymentProvider, {
      paymentByKey: () => Promise.resolve(taken),
    });
    await expect(
      confirm.confirmOrder({ ...bought, paymentKey, provider: lenient }),
    ).rejects.toThrow("order_closed");
    expect(await db().moneyFinding.findUnique({ where: finding })).toMatchObject({
      severity: "critical",
    });
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("comes too late for an order of forty minutes ago", async () => {
    const nowMs = Date.now();
    const bought = await paidInWindow({}, { nowMs: nowMs - 41 * minuteMs });
    await expect(confirm.confirmOrder({ ...bought, nowMs })).rejects.toThrow("order_expired");
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "expired" });
    expect(await tossStatus(bought)).toBe("IN_PROGRESS");
    await expect(confirm.confirmOrder({ ...bought, nowMs })).rejects.toThrow("order_expired");
  });

  it("that the card company refuses gives nothing, and says why", async () => {
    const bought = await paidInWindow({ refuseAtConfirm: "REJECT_CARD_PAYMENT" });
    await expect(confirm.confirmOrder(bought)).rejects.toMatchObject({
      code: "payment_refused",
      data: { failureCode: "REJECT_CARD_PAYMENT" },
    });
    await expect(confirm.confirmOrder(bought)).rejects.toThrow("payment_refused");
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "failed" });
    const { failureMessage } = await orders.getOrder(bought);
    expect(failureMessage).toBe("한도를 넘었거나 잔액이 모자라서 결제하지 못했어요.");
  });
});
