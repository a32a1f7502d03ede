import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PaymentProvider } from "@/lib/payments";
import type { SandboxPurchase } from "@/lib/payments/sandbox/control-client";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import type { PaidInWindow } from "@/lib/testing/orders";
import { startTestPayments, type TestPayments } from "@/lib/testing/payments";

/** Payments whose outcome isn't known at first, and processes that die on the way. */

let app: TestApp;
let payments: TestPayments;
let confirm: typeof import("./confirm");
let sweeper: typeof import("./sweeper");
let apply: typeof import("./apply-provider-state");
let made: typeof import("@/lib/testing/orders");
let makeUser: typeof import("@/lib/testing/factories").makeUser;
let provider: () => PaymentProvider;
let db: typeof import("@/lib/db").db;
let ledger: typeof import("@/lib/credits/ledger");
let verifyLedger: typeof import("@/lib/credits/verify").verifyLedger;
let transaction: typeof import("@/lib/transaction").transaction;

/** The practice Toss's time. */
let tossMs = Date.now();

beforeAll(async () => {
  payments = await startTestPayments({ clock: { now: () => tossMs } });
  app = await startTestApp(payments.env);
  let provided: typeof import("@/lib/payments");
  [
    confirm,
    sweeper,
    apply,
    made,
    { makeUser },
    provided,
    { db },
    ledger,
    { transaction },
    { verifyLedger },
  ] = await Promise.all([
    import("./confirm"),
    import("./sweeper"),
    import("./apply-provider-state"),
    import("@/lib/testing/orders"),
    import("@/lib/testing/factories"),
    import("@/lib/payments"),
    import("@/lib/db"),
    import("@/lib/credits/ledger"),
    import("@/lib/transaction"),
    import("@/lib/credits/verify"),
  ]);
  provider = provided.paymentProvider;
});
beforeEach(() => {
  tossMs = Date.now();
});
afterAll(async () => {
  await payments.close();
  await app.stop();
});

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;

const paidInWindow = (purchase: Partial<SandboxPurchase> = {}): Promise<PaidInWindow> =>
  made.payInWindow(payments.control, purchase);
const standing = (order: PaidInWindow) => made.orderStanding(order);

async function finding(code: string, subject: string) {
  return db().moneyFinding.findUnique({ where: { code_subject: { code, subject } } });
}

async function fetched({ paymentKey }: PaidInWindow) {
  const payment = await provider().paymentByKey(paymentKey);
  if (!payment) throw new Error("no payment");
  return payment;
}

/** Never paid and not granted, never granted and not paid. */
async function expectWhole(bought: PaidInWindow) {
  const payment = await fetched(bought);
  const stands = await standing(bought);
  if (payment.status === "DONE") expect(stands).toEqual(made.paidOnce);
  else expect(stands).toMatchObject(made.nothingPaid);
}

describe("a confirmation whose outcome nobody knows", () => {
  it.each(["reset_after", "error_after", "garbage_after"] as const)(
    "is found out by asking at once: %s",
    async (kind) => {
      const bought = await paidInWindow();
      await payments.control.fault({ endpoint: "confirm", kind, orderId: bought.orderId });
      expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "paid" });
      expect(await standing(bought)).toEqual(made.paidOnce);
    },
  );

  it.each(["reset_before", "error_before"] as const)(
    "is asked for again under the same key: %s",
    async (kind) => {
      const bought = await paidInWindow();
      await payments.control.fault({ endpoint: "confirm", kind, orderId: bought.orderId });
      expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "unknown" });
      expect(await standing(bought)).toMatchObject({ ...made.nothingPaid, state: "unknown" });
      await sweeper.sweepPayments(Date.now() + 31 * secondMs);
      await sweeper.sweepPayments(Date.now() + 31 * secondMs + minuteMs);
      expect(await standing(bought)).toEqual(made.paidOnce);
    },
  );

  it("isn't taken for refused while the payment can't be looked at", async () => {
    const bought = await paidInWindow();
    const { orderId } = bought;
    const code = "REJECT_CARD_PAYMENT";
    await payments.control.fault({ endpoint: "confirm", kind: "code", code, orderId });
    await payments.control.fault({ endpoint: "get", kind: "reset_before", orderId, times: 2 });
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "unknown" });
    await expectWhole(bought);
  });

  it.each([
    ["reset_before", "expired"],
    ["reset_after", "paid"],
  ] as const)("is found by the sweeper when nothing answered: %s", async (kind, state) => {
    const bought = await paidInWindow();
    const { orderId } = bought;
    await payments.control.fault({ endpoint: "confirm", kind, orderId });
    await payments.control.fault({ endpoint: "get", kind: "reset_before", orderId, times: 2 });
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "unknown" });
    // It waits in the list, and isn't taken for failed while Toss can't be asked.
    await sweeper.sweepPayments(Date.now() + 12 * minuteMs);
    expect((await standing(bought)).state).toBe("unknown");
    tossMs += 13 * minuteMs;
    await Promise.all([1, 2, 3].map(() => sweeper.sweepPayments(Date.now() + 60 * minuteMs)));
    expect((await standing(bought)).state).toBe(state);
    await expectWhole(bought);
  });

  it("is a payment that Toss doesn't know: over after forty minutes, not before", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const { order } = await made.orderCredits(userId);
    const { orderId, amountKrw } = order;
    const ghost = { userId, orderId, amountKrw, paymentKey: "ghost-key", locale: "ko" as const };
    await payments.control.fault({ endpoint: "confirm", kind: "reset_before", orderId });
    await confirm.confirmOrder(ghost);
    await sweeper.sweepPayments(Date.now() + 20 * minuteMs);
    expect(await standing(ghost)).toMatchObject({ state: "unknown" });
    await sweeper.sweepPayments(Date.now() + 41 * minuteMs + 60 * minuteMs);
    expect(await standing(ghost)).toEqual({ ...made.nothingPaid, state: "expired" });
    const told = await db().notice.findMany({ where: { userId } });
    expect(told).toMatchObject([{ kind: "top-up-ended", data: { orderId, amountKrw } }]);
  });

  it("is shown to a person after fourteen days", async () => {
    const bought = await paidInWindow();
    const { orderId } = bought;
    await payments.control.fault({ endpoint: "confirm", kind: "reset_before", orderId });
    await payments.control.fault({ endpoint: "get", kind: "reset_before", orderId, times: 2 });
    await confirm.confirmOrder(bought);
    await sweeper.sweepPayments(Date.now() + 15 * dayMs);
    expect(await finding("order_stuck", orderId)).toMatchObject({ severity: "critical" });
  });

  it("comes too late for Toss: nothing is taken and the order is over", async () => {
    const bought = await paidInWindow();
    tossMs += 11 * minuteMs;
    await expect(confirm.confirmOrder(bought)).rejects.toThrow("order_expired");
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "expired" });
    expect((await fetched(bought)).status).toBe("EXPIRED");
  });
});

describe("an order nobody paid", () => {
  it("is over after forty minutes, and not before Toss was asked", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const { order } = await made.orderCredits(userId, { nowMs: Date.now() - 41 * minuteMs });
    const left = { orderId: order.orderId, userId };
    const fault = { endpoint: "get", kind: "reset_before", orderId: order.orderId } as const;
    await payments.control.fault(fault);
    await sweeper.sweepPayments();
    expect(await made.orderStanding(left)).toMatchObject({ state: "created" });
    await sweeper.sweepPayments();
    expect(await made.orderStanding(left)).toEqual({ ...made.nothingPaid, state: "expired" });
  });

  it("isn't over while its window may be open", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const { order } = await made.orderCredits(userId, { nowMs: Date.now() - 39 * minuteMs });
    await sweeper.sweepPayments();
    expect(await made.orderStanding({ userId, orderId: order.orderId })).toMatchObject({
      state: "created",
    });
  });
});

/** A process that dies before or after its call to Toss. */
function dying(point: "before" | "after"): PaymentProvider {
  const real = provider();
  return Object.assign(Object.create(real) as PaymentProvider, {
    confirm: async (request: Parameters<PaymentProvider["confirm"]>[0]) => {
      if (point === "after") await real.confirm(request);
      throw new Error("killed");
    },
    paymentByKey: real.paymentByKey.bind(real),
    paymentByOrder: real.paymentByOrder.bind(real),
  });
}

/** Breaks transactions of one order off where they write to `table`, until `heal` is called. */
async function dyingAt(table: string, condition: string): Promise<() => Promise<void>> {
  const name = `die_${crypto.randomUUID().replaceAll("-", "")}`;
  await db().$executeRawUnsafe(`
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF ${condition} THEN RAISE EXCEPTION 'killed'; END IF; RETURN NEW; END $$`);
  await db().$executeRawUnsafe(
    `CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON ${table}
     FOR EACH ROW EXECUTE FUNCTION ${name}()`,
  );
  return async () => {
    await db().$executeRawUnsafe(`DROP TRIGGER ${name} ON ${table}`);
    await db().$executeRawUnsafe(`DROP FUNCTION ${name}()`);
  };
}

describe("a process that dies", () => {
  /** After a restart: the sweeper comes by again and again, and Toss's clocks run on. */
  async function restart() {
    for (const afterMs of [65 * secondMs, 3 * minuteMs, 15 * minuteMs, 42 * minuteMs]) {
      tossMs = Math.max(tossMs, Date.now() + afterMs - minuteMs);
      await sweeper.sweepPayments(Date.now() + afterMs);
    }
  }

  it("before `confirming` is committed: nothing has happened", async () => {
    const bought = await paidInWindow();
    const heal = await dyingAt("top_up_orders", `NEW.state = 'confirming'`);
    await expect(confirm.confirmOrder(bought)).rejects.toThrow("killed");
    await heal();
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "created" });
    await restart();
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "expired" });
    await expectWhole(bought);
  });

  it("before the call: the sweeper makes it", async () => {
    const bought = await paidInWindow();
    const killed = confirm.confirmOrder({ ...bought, provider: dying("before") });
    await expect(killed).rejects.toThrow("killed");
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "confirming" });
    await restart();
    expect(await standing(bought)).toEqual(made.paidOnce);
    await expectWhole(bought);
  });

  it("before the call, and nobody comes by for long: nothing is taken", async () => {
    const bought = await paidInWindow();
    const killed = confirm.confirmOrder({ ...bought, provider: dying("before") });
    await expect(killed).rejects.toThrow("killed");
    tossMs += 20 * minuteMs;
    await sweeper.sweepPayments(Date.now() + 20 * minuteMs);
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "expired" });
    await expectWhole(bought);
  });

  it("after the call: the sweeper finds the money", async () => {
    const bought = await paidInWindow();
    const killed = confirm.confirmOrder({ ...bought, provider: dying("after") });
    await expect(killed).rejects.toThrow("killed");
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "confirming" });
    await restart();
    expect(await standing(bought)).toEqual(made.paidOnce);
    await expectWhole(bought);
  });

  it.each([
    ["ledger_entries", "TRUE"],
    ["credit_lots", "NEW.source = 'bonus'"],
    ["notices", "NEW.kind = 'top-up-done'"],
    ["audit_events", "NEW.name = 'order_paid'"],
  ])("while it gives the credits, at %s: both or none", async (table, condition) => {
    const bought = await paidInWindow();
    const heal = await dyingAt(table, condition);
    await expect(confirm.confirmOrder(bought)).rejects.toThrow();
    await heal();
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "confirming" });
    await restart();
    expect(await standing(bought)).toEqual(made.paidOnce);
    await expectWhole(bought);
  });

  it("after all is done: the page that asks again hears of it", async () => {
    const bought = await paidInWindow();
    await confirm.confirmOrder(bought);
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "paid" });
    expect(await standing(bought)).toEqual(made.paidOnce);
  });
});

describe("what Toss says of a payment", () => {
  it("changes nothing the second time, nor when it is older", async () => {
    const bought = await paidInWindow();
    const before = await fetched(bought);
    await confirm.confirmOrder(bought);
    const paid = await fetched(bought);
    for (const each of [paid, before, paid]) {
      expect(await apply.applyProviderState(each)).toBe("none");
    }
    expect(await standing(bought)).toEqual(made.paidOnce);
    await payments.control.cancel(bought.paymentKey, { amountKrw: 1_100 });
    const partly = await fetched(bought);
    await apply.applyProviderState(partly);
    const stands = { ...made.paidOnce, state: "partially_refunded", balanceKrw: 9_900 };
    for (const each of [paid, partly, before]) {
      await apply.applyProviderState(each);
      expect(await standing(bought)).toMatchObject({ ...stands, credits: 945 });
    }
  });

  it("pays once when many learn of it at once", async () => {
    const bought = await paidInWindow();
    const { orderId, paymentKey, amountKrw } = bought;
    const idempotencyKey = crypto.randomUUID();
    await provider().confirm({ orderId, paymentKey, amountKrw, idempotencyKey });
    const payment = await fetched(bought);
    const applied = await Promise.all(
      Array.from({ length: 16 }, () => apply.applyProviderState(payment)),
    );
    expect(applied.filter((each) => each === "pay")).toHaveLength(1);
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("holds an order whose money doesn't fit, and its owner's credits", async () => {
    const bought = await paidInWindow();
    const { orderId, userId } = bought;
    const key = crypto.randomUUID();
    await transaction((tx) =>
      ledger.grantCredits(tx, { ownerId: userId, source: "goodwill", amount: 5, key }),
    );
    const payment = { ...(await fetched(bought)), status: "DONE" as const };
    await apply.applyProviderState({ ...payment, totalAmount: 100, balanceAmount: 100 });
    expect(await standing(bought)).toMatchObject({ state: "held_for_review", gifts: 0 });
    expect(await finding("amount_mismatch", orderId)).toMatchObject({
      severity: "critical",
      expected: "11000 KRW",
      actual: "100 KRW paid",
    });
    const wallet = await db().creditWallet.findUniqueOrThrow({ where: { ownerId: userId } });
    expect(wallet.frozenAt).not.toBeNull();
    // Nothing gets it out of there but a person.
    await apply.applyProviderState(payment);
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "held_for_review" });
    expect(await standing(bought)).toMatchObject({ state: "held_for_review", gifts: 0 });
    // Who gives the money back at Toss.
    const back = { ...payment, totalAmount: 100, balanceAmount: 0, status: "CANCELED" as const };
    expect(await apply.applyProviderState(back)).toBe("end");
    expect(await standing(bought)).toMatchObject({ state: "cancelled", gifts: 0 });
  });

  it("holds an order that was paid in another currency", async () => {
    const bought = await paidInWindow();
    const payment = { ...(await fetched(bought)), status: "DONE" as const, currency: "USD" };
    expect(await apply.applyProviderState(payment)).toBe("hold");
    expect(await standing(bought)).toMatchObject({ state: "held_for_review" });
  });

  it("gives the credits of an order that had been given up, should its money turn up", async () => {
    const bought = await paidInWindow();
    const { orderId, paymentKey, amountKrw } = bought;
    await sweeper.sweepPayments(Date.now() + 41 * minuteMs);
    expect(await standing(bought)).toMatchObject({ state: "expired" });
    const idempotencyKey = crypto.randomUUID();
    await provider().confirm({ orderId, paymentKey, amountKrw, idempotencyKey });
    expect(await apply.applyProviderState(await fetched(bought))).toBe("pay");
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("ends an order that was cancelled before we knew that it was paid", async () => {
    const bought = await paidInWindow();
    const killed = confirm.confirmOrder({ ...bought, provider: dying("after") });
    await expect(killed).rejects.toThrow("killed");
    await payments.control.cancel(bought.paymentKey);
    await sweeper.sweepPayments(Date.now() + 2 * minuteMs);
    expect(await standing(bought)).toEqual({ ...made.nothingPaid, state: "cancelled" });
  });
});

describe("a virtual account", () => {
  async function deposited(): Promise<PaidInWindow> {
    const bought = await paidInWindow({ method: "VIRTUAL_ACCOUNT" });
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "awaiting_deposit" });
    expect(await standing(bought)).toMatchObject({ ...made.nothingPaid });
    await payments.control.deposit(bought.paymentKey);
    await apply.applyProviderState(await fetched(bought));
    expect(await standing(bought)).toEqual(made.paidOnce);
    return bought;
  }

  it("gives its credits when the deposit has come", async () => {
    await deposited();
  });

  it("is asked about when nobody tells of the deposit", async () => {
    const bought = await paidInWindow({ method: "VIRTUAL_ACCOUNT" });
    await confirm.confirmOrder(bought);
    await payments.control.deposit(bought.paymentKey);
    await sweeper.sweepPayments(Date.now() + 61 * minuteMs);
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("takes back what is free when the bank takes its deposit back, and stops the rest", async () => {
    const bought = await deposited();
    const { orderId, userId } = bought;
    const old = await fetched(bought);
    await payments.control.revertDeposit(bought.paymentKey);
    const reverted = await fetched(bought);
    await Promise.all([1, 2, 3].map(() => apply.applyProviderState(reverted)));
    const gone = { state: "held_for_review", balanceKrw: 0, credits: 0, gifts: 2 };
    expect(await standing(bought)).toEqual(gone);
    expect(await finding("deposit_reverted", orderId)).toMatchObject({ severity: "critical" });
    // What says that it is paid may be from before.
    await apply.applyProviderState(old);
    expect(await standing(bought)).toEqual(gone);
    const wallet = await db().creditWallet.findUniqueOrThrow({ where: { ownerId: userId } });
    expect(wallet.frozenAt).toBeNull();
    await payments.control.deposit(bought.paymentKey);
    await apply.applyProviderState(await fetched(bought));
    await apply.applyProviderState(await fetched(bought));
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("isn't reverted by what was said before the deposit came", async () => {
    const bought = await paidInWindow({ method: "VIRTUAL_ACCOUNT" });
    await confirm.confirmOrder(bought);
    const waiting = await fetched(bought);
    await payments.control.deposit(bought.paymentKey);
    await apply.applyProviderState(await fetched(bought));
    expect(await apply.applyProviderState(waiting)).toBe("none");
    expect(await standing(bought)).toEqual(made.paidOnce);
  });
});

it("leaves a ledger that adds up", async () => {
  expect((await verifyLedger()).failures).toEqual([]);
});
