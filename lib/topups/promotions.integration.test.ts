import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { startTestPayments, type TestPayments } from "@/lib/testing/payments";
import type { NewPromotion } from "./promotions";

let app: TestApp;
let payments: TestPayments;
let promotions: typeof import("./promotions");
let packages: typeof import("./packages");
let orders: typeof import("./orders");
let confirm: typeof import("./confirm");
let sweeper: typeof import("./sweeper");
let made: typeof import("@/lib/testing/orders");
let makeUser: typeof import("@/lib/testing/factories").makeUser;
let verifyLedger: typeof import("@/lib/credits/verify").verifyLedger;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  payments = await startTestPayments();
  app = await startTestApp(payments.env);
  [promotions, packages, orders, confirm, sweeper, made, { makeUser }, { verifyLedger }, { db }] =
    await Promise.all([
      import("./promotions"),
      import("./packages"),
      import("./orders"),
      import("./confirm"),
      import("./sweeper"),
      import("@/lib/testing/orders"),
      import("@/lib/testing/factories"),
      import("@/lib/credits/verify"),
      import("@/lib/db"),
    ]);
});
afterAll(async () => {
  await payments.close();
  await app.stop();
});

const minuteMs = 60_000;

/** A code of its own for each test; 10 per cent off the standard package. */
async function makeCode(change: Partial<NewPromotion> = {}): Promise<{ id: string; code: string }> {
  const code = `T${newId().replaceAll("-", "").slice(-20).toUpperCase()}`;
  const id = await promotions.addPromotion({
    ...{ code, name: { ko: "시험", en: "Test" }, kind: "percent", value: 10 },
    ...{ startsAt: new Date(Date.now() - minuteMs), endsAt: null, packageIds: [], minKrw: 0 },
    ...{ maxOffKrw: null, maxUses: null },
    ...change,
  });
  return { id, code };
}

const person = async () => (await makeUser({ credits: 0 })).id;
const discounted = { amountKrw: 9_900 };

async function usesOf(id: string) {
  const row = await db().promotion.findUniqueOrThrow({
    where: { id },
    include: { redemptions: { select: { state: true } } },
  });
  return { uses: row.uses, states: row.redemptions.map(({ state }) => state) };
}

async function standardOf(userId: string, code?: string) {
  const view = await packages.listPackages({ userId, ...(code !== undefined && { code }) });
  return { ...view, standard: view.packages.find(({ id }) => id === "standard") };
}

async function pay(userId: string, orderId: string, amountKrw: number) {
  const { paymentKey } = await payments.control.pay({ orderId, amountKrw });
  return confirm.confirmOrder({ userId, orderId, paymentKey, amountKrw, locale: "ko" });
}

describe("the shop", () => {
  it("lists what is on sale in its order, with VAT", async () => {
    const view = await standardOf(await person());
    expect(view).toMatchObject({ available: true, sandbox: true, code: null });
    expect(view.packages.map(({ id }) => id)).toEqual(["light", "standard", "plus", "studio"]);
    expect(view.standard).toEqual({
      ...{ id: "standard", credits: 1_000, bonusCredits: 50, promotion: null },
      ...{ listKrw: 11_000, discountKrw: 0, amountKrw: 11_000, suppliedKrw: 10_000, vatKrw: 1_000 },
    });
  });

  it("says whether a code is good, and what it does", async () => {
    const userId = await person();
    const { code } = await makeCode({ packageIds: ["standard"], kind: "bonus", value: 200 });
    const view = await standardOf(userId, code);
    expect(view.code).toEqual({ code, good: true, problem: null });
    expect(view.standard).toMatchObject({ bonusCredits: 250, amountKrw: 11_000 });
    expect(view.standard?.promotion).toMatchObject({ code, name: { ko: "시험", en: "Test" } });
    expect(view.packages.filter(({ promotion }) => promotion !== null)).toHaveLength(1);
  });

  it.each([
    ["unknown", undefined, "promotion_unknown"],
    ["not begun", { startsAt: new Date(Date.now() + minuteMs) }, "promotion_unknown"],
    ["over", { endsAt: new Date(Date.now() - 1) }, "promotion_unknown"],
    ["for packages that aren't there", { packageIds: ["none"] }, "promotion_unknown"],
    ["for more than anything costs", { minKrw: 1_000_000 }, "promotion_unknown"],
  ])("says so of a code that is %s", async (_, change, problem) => {
    const code = change ? (await makeCode(change)).code : "NOTHING";
    const view = await standardOf(await person(), code);
    expect(view.code).toEqual({ code, good: false, problem });
    expect(view.standard).toMatchObject({ amountKrw: 11_000, promotion: null });
  });
});

describe("a code", () => {
  it("is held by an order, used by its payment, and good once", async () => {
    const userId = await person();
    const { id, code } = await makeCode({ maxUses: 5 });
    const { order } = await made.orderCredits(userId, { code, ...discounted });
    expect(order).toMatchObject({ discountKrw: 1_100, suppliedKrw: 9_000, vatKrw: 900 });
    expect(await usesOf(id)).toEqual({ uses: 1, states: ["reserved"] });
    expect(await pay(userId, order.orderId, 9_900)).toMatchObject({ state: "paid" });
    expect(await usesOf(id)).toEqual({ uses: 1, states: ["used"] });
    expect((await standardOf(userId, code)).code).toMatchObject({ problem: "promotion_used" });
    await expect(
      made.orderCredits(userId, { code, ...discounted, idempotencyKey: "request-2" }),
    ).rejects.toThrow("promotion_used");
  });

  it("adds its credits to the bonus of the order", async () => {
    const userId = await person();
    const { code } = await makeCode({ kind: "bonus", value: 200 });
    const { order } = await made.orderCredits(userId, { code });
    await pay(userId, order.orderId, 11_000);
    const lots = await db().creditLot.findMany({ where: { orderId: order.orderId } });
    expect(lots.map(({ source, granted }) => [source, granted]).sort()).toEqual([
      ["bonus", 250],
      ["topup", 1_000],
    ]);
  });

  it.each(["abandoned", "refused", "left"])("comes back from an order that was %s", async (how) => {
    const userId = await person();
    const { id, code } = await makeCode({ maxUses: 1 });
    const nowMs = how === "left" ? Date.now() - 41 * minuteMs : Date.now();
    // Begun early enough for an order of a while ago.
    await db().promotion.update({ where: { id }, data: { startsAt: new Date(0) } });
    const { order } = await made.orderCredits(userId, { code, ...discounted, nowMs });
    const { orderId } = order;
    if (how === "abandoned") await orders.abandonOrder({ userId, orderId, locale: "ko" });
    else if (how === "left") await sweeper.sweepPayments();
    else {
      const refuseAtConfirm = "REJECT_CARD_PAYMENT";
      const purchase = { orderId, amountKrw: 9_900, refuseAtConfirm };
      const { paymentKey } = await payments.control.pay(purchase);
      const bought = { userId, orderId, paymentKey, amountKrw: 9_900, locale: "ko" } as const;
      await expect(confirm.confirmOrder(bought)).rejects.toThrow("payment_refused");
    }
    expect(await usesOf(id)).toEqual({ uses: 0, states: ["released"] });
    const again = await made.orderCredits(userId, {
      ...{ code, ...discounted, idempotencyKey: "request-2" },
    });
    await pay(userId, again.order.orderId, 9_900);
    expect(await usesOf(id)).toEqual({ uses: 1, states: ["used"] });
  });

  it("goes with its owner from an unpaid order to the next", async () => {
    const userId = await person();
    const { id, code } = await makeCode({ maxUses: 1 });
    const first = await made.orderCredits(userId, { code, ...discounted });
    const second = await made.orderCredits(userId, {
      ...{ code, ...discounted, idempotencyKey: "request-2" },
    });
    expect(await usesOf(id)).toEqual({ uses: 1, states: ["reserved"] });
    const { orderId } = first.order;
    expect(await orders.getOrder({ userId, orderId, locale: "en" })).toMatchObject({
      state: "cancelled",
      failureCode: "SUPERSEDED",
    });
    await expect(pay(userId, orderId, 9_900)).rejects.toThrow("order_closed");
    expect(await pay(userId, second.order.orderId, 9_900)).toMatchObject({ state: "paid" });
  });

  it("stays with a payment whose outcome isn't known", async () => {
    const userId = await person();
    const { id, code } = await makeCode();
    const { order } = await made.orderCredits(userId, { code, ...discounted });
    const { orderId } = order;
    const fault = { kind: "reset_before", orderId } as const;
    await payments.control.fault({ ...fault, endpoint: "confirm" });
    expect(await pay(userId, orderId, 9_900)).toMatchObject({ state: "unknown" });
    await expect(
      made.orderCredits(userId, { code, ...discounted, idempotencyKey: "request-2" }),
    ).rejects.toThrow("promotion_used");
    expect(await usesOf(id)).toEqual({ uses: 1, states: ["reserved"] });
  });

  it("with one use left goes to one of many", async () => {
    const { id, code } = await makeCode({ maxUses: 1 });
    const people = await Promise.all(Array.from({ length: 64 }, person));
    const asked = await Promise.allSettled(
      people.map((userId) => made.orderCredits(userId, { code, ...discounted })),
    );
    const reasons = asked.flatMap((each) => (each.status === "rejected" ? each.reason.code : []));
    expect(reasons).toEqual(Array(63).fill("promotion_exhausted"));
    expect(await usesOf(id)).toEqual({ uses: 1, states: ["reserved"] });
    const orderless = await db().topUpOrder.count({ where: { promotionId: id } });
    expect(orderless).toBe(1);
  });

  it("asked for at once by one person leaves one order that holds it", async () => {
    const userId = await person();
    const { id, code } = await makeCode();
    await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        made.orderCredits(userId, { code, ...discounted, idempotencyKey: `request-${n}` }),
      ),
    );
    expect(await usesOf(id)).toEqual({ uses: 1, states: ["reserved"] });
    expect(await db().topUpOrder.count({ where: { userId, state: "created" } })).toBe(1);
  });
});

describe("an operator", () => {
  it("adds and stops promotions, and both are recorded", async () => {
    const { id, code } = await makeCode();
    await expect(makeCode({ code: ` ${code.toLowerCase()} ` })).rejects.toThrow("conflict");
    expect(await promotions.stopPromotion(code.toLowerCase())).toBe(id);
    await expect(promotions.stopPromotion(code)).rejects.toThrow("not_found");
    const view = await standardOf(await person(), code);
    expect(view.code).toMatchObject({ problem: "promotion_unknown" });
    const rows = await db().auditEvent.findMany({ where: { name: "promotion_changed" } });
    const changes = rows
      .map(({ detail }) => detail as { promotion: string; change: string })
      .filter(({ promotion }) => promotion === id)
      .map(({ change }) => change);
    expect(changes).toEqual(["added", "stopped"]);
  });
});

describe("a promotion that applies by itself", () => {
  it("is in everybody's price; a better code takes its place", async () => {
    const id = await promotions.addPromotion({
      ...{ code: null, name: { ko: "봄맞이", en: "Spring" }, kind: "fixed", value: 1_000 },
      ...{ startsAt: new Date(0), endsAt: null, packageIds: ["standard"], minKrw: 0 },
      ...{ maxOffKrw: null, maxUses: null },
    });
    const userId = await person();
    expect((await standardOf(userId)).standard).toMatchObject({ amountKrw: 10_000 });
    const weak = await makeCode({ value: 5 });
    const strong = await makeCode({ value: 20 });
    const shown = async (code: string) => (await standardOf(userId, code)).standard;
    expect(await shown(weak.code)).toMatchObject({ amountKrw: 10_000, promotion: { id } });
    expect(await shown(strong.code)).toMatchObject({ amountKrw: 8_800 });
    await expect(made.orderCredits(userId)).rejects.toThrow("price_changed");
    const { order } = await made.orderCredits(userId, { code: weak.code, amountKrw: 10_000 });
    expect(order.promotion?.id).toBe(id);
    expect(await usesOf(weak.id)).toEqual({ uses: 0, states: [] });
    await pay(userId, order.orderId, 10_000);
    expect((await standardOf(userId)).standard).toMatchObject({ amountKrw: 11_000 });
    await promotions.stopPromotion(id);
  });
});

it("leaves a ledger that adds up", async () => {
  expect((await verifyLedger()).failures).toEqual([]);
});
