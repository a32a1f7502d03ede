import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PaymentProvider } from "@/lib/payments";
import type { SandboxPurchase } from "@/lib/payments/sandbox/control-client";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import type { PaidInWindow } from "@/lib/testing/orders";
import { startTestPayments, type TestPayments } from "@/lib/testing/payments";

let app: TestApp;
let payments: TestPayments;
let receiver: http.Server;
let confirm: typeof import("./confirm");
let webhooks: typeof import("./webhooks");
let sweeper: typeof import("./sweeper");
let made: typeof import("@/lib/testing/orders");
let makeUser: typeof import("@/lib/testing/factories").makeUser;
let verifyLedger: typeof import("@/lib/credits/verify").verifyLedger;
let provider: () => PaymentProvider;
let db: typeof import("@/lib/db").db;

const minuteMs = 60_000;

/** Hands what the practice Toss sends to the product, as the route does. */
function startReceiver(): Promise<http.Server> {
  const server = http.createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const headers = new Headers(incoming.headers as Record<string, string>);
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      webhooks.receiveWebhook({ headers, body }).then(
        () => response.writeHead(200).end(),
        () => response.writeHead(500).end(),
      );
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

beforeAll(async () => {
  receiver = await startReceiver();
  const { port } = receiver.address() as AddressInfo;
  payments = await startTestPayments({ webhookUrl: `http://127.0.0.1:${port}/` });
  app = await startTestApp(payments.env);
  let provided: typeof import("@/lib/payments");
  [confirm, webhooks, sweeper, made, { makeUser }, provided, { db }, { verifyLedger }] =
    await Promise.all([
      import("./confirm"),
      import("./webhooks"),
      import("./sweeper"),
      import("@/lib/testing/orders"),
      import("@/lib/testing/factories"),
      import("@/lib/payments"),
      import("@/lib/db"),
      import("@/lib/credits/verify"),
    ]);
  provider = provided.paymentProvider;
});
afterAll(async () => {
  await payments.close();
  receiver.close();
  await app.stop();
});

const paidInWindow = (purchase: Partial<SandboxPurchase> = {}): Promise<PaidInWindow> =>
  made.payInWindow(payments.control, purchase);
const standing = (order: PaidInWindow) => made.orderStanding(order);

const eventsOf = (orderId: string) =>
  db().providerEvent.findMany({ where: { orderId }, orderBy: { receivedAt: "asc" } });

/** Everything that has come about an order is dealt with, as its function does. */
async function process(orderId: string): Promise<(string | null)[]> {
  for (const { id } of await eventsOf(orderId)) await webhooks.processEvent(id);
  return (await eventsOf(orderId)).map(({ outcome }) => outcome);
}

function receive(body: object, headers: Record<string, string> = {}) {
  return webhooks.receiveWebhook({ headers: new Headers(headers), body });
}

const statusHook = (data: object) => ({ eventType: "PAYMENT_STATUS_CHANGED", data });

describe("a webhook", () => {
  it("finishes what the confirmation couldn't: money came, its answer didn't", async () => {
    const bought = await paidInWindow();
    const { orderId } = bought;
    await payments.control.behave({ orderId, hold: true });
    await payments.control.fault({ endpoint: "confirm", kind: "reset_after", orderId });
    await payments.control.fault({ endpoint: "get", kind: "reset_before", orderId });
    expect(await confirm.confirmOrder(bought)).toMatchObject({ state: "unknown" });
    await payments.control.release({ orderId });
    expect(await process(orderId)).toEqual(["pay"]);
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("delivered again and again is kept once and changes nothing", async () => {
    const bought = await paidInWindow();
    const { orderId } = bought;
    await payments.control.behave({ orderId, hold: true, copies: 5 });
    await confirm.confirmOrder(bought);
    await payments.control.release({ orderId });
    expect(await process(orderId)).toEqual(["none"]);
    const [event] = await eventsOf(orderId);
    const sent = await db().outbox.findMany({ where: { id: `payment-event-${event?.id}` } });
    expect(sent).toMatchObject([{ name: "payment/event.received" }]);
    await webhooks.processEvent(event?.id ?? "");
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("that comes before the confirmation, or late and out of order, changes nothing", async () => {
    const bought = await paidInWindow({ method: "VIRTUAL_ACCOUNT" });
    const { orderId, paymentKey } = bought;
    await payments.control.behave({ orderId, hold: true });
    await receive(statusHook({ orderId, paymentKey, status: "DONE" }));
    expect(await process(orderId)).toEqual(["none"]);
    expect((await standing(bought)).state).toBe("created");
    await confirm.confirmOrder(bought);
    await payments.control.deposit(paymentKey);
    await payments.control.revertDeposit(paymentKey);
    await payments.control.deposit(paymentKey);
    await payments.control.release({ orderId, reverse: true });
    await process(orderId);
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("is believed nothing of: what it claims didn't happen", async () => {
    const bought = await paidInWindow();
    const { orderId, paymentKey } = bought;
    const claim = { orderId, paymentKey, status: "DONE", totalAmount: 11_000, balanceAmount: 0 };
    await receive(statusHook(claim));
    expect(await process(orderId)).toEqual(["none"]);
    expect(await standing(bought)).toMatchObject({ ...made.nothingPaid, state: "created" });
    await confirm.confirmOrder(bought);
    await receive(statusHook({ ...claim, status: "CANCELED" }));
    await process(orderId);
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("about a cancellation elsewhere takes the credits", async () => {
    const bought = await paidInWindow();
    const { orderId, paymentKey } = bought;
    await payments.control.behave({ orderId, hold: true });
    await confirm.confirmOrder(bought);
    await payments.control.cancel(paymentKey);
    await payments.control.release({ orderId, reverse: true });
    await process(orderId);
    expect(await standing(bought)).toMatchObject({ state: "refunded", credits: 0 });
  });

  it("is dealt with by the sweeper when nobody else did", async () => {
    const bought = await paidInWindow();
    const { orderId, paymentKey, amountKrw } = bought;
    const idempotencyKey = crypto.randomUUID();
    await payments.control.behave({ orderId, drop: true });
    await provider().confirm({ orderId, paymentKey, amountKrw, idempotencyKey });
    await receive(statusHook({ orderId, paymentKey, status: "DONE" }));
    await payments.control.fault({ endpoint: "get", kind: "reset_before", orderId });
    await sweeper.sweepPayments(Date.now() + 3 * minuteMs);
    expect((await standing(bought)).state).toBe("created");
    await sweeper.sweepPayments(Date.now() + 3 * minuteMs);
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("about money nobody here knows of is a finding; about nothing it isn't", async () => {
    const orderId = "never-ordered-here";
    const { paymentKey } = await payments.control.pay({ orderId, amountKrw: 5_000 });
    const event = statusHook({ orderId, paymentKey, status: "DONE" });
    await receive(event, { "tosspayments-webhook-transmission-id": "transmission-1" });
    expect(await process(orderId)).toEqual(["no_order"]);
    const where = { code_subject: { code: "payment_without_order", subject: orderId } };
    expect(await db().moneyFinding.findUnique({ where })).toBeNull();
    const idempotencyKey = crypto.randomUUID();
    await provider().confirm({ orderId, paymentKey, amountKrw: 5_000, idempotencyKey });
    await receive(event, { "tosspayments-webhook-transmission-id": "transmission-2" });
    expect(await process(orderId)).toContain("no_order");
    expect(await db().moneyFinding.findUnique({ where })).toMatchObject({ severity: "critical" });
    await receive(statusHook({ orderId: "made-up", paymentKey: "made-up", status: "DONE" }));
    expect(await process("made-up")).toEqual(["no_payment"]);
  });

  it("about a deposit needs the payment's secret", async () => {
    const bought = await paidInWindow({ method: "VIRTUAL_ACCOUNT" });
    const { orderId, paymentKey } = bought;
    await payments.control.behave({ orderId, drop: true });
    await confirm.confirmOrder(bought);
    await payments.control.deposit(paymentKey);
    const deposit = { createdAt: null, status: "DONE", transactionKey: null, orderId };
    await receive({ ...deposit, secret: "guessed" });
    expect(await process(orderId)).toEqual(["secret_mismatch"]);
    expect((await standing(bought)).state).toBe("awaiting_deposit");
    const secret = (await provider().paymentByKey(paymentKey))?.secret;
    await receive({ ...deposit, secret });
    expect(await process(orderId)).toContain("pay");
    expect(await standing(bought)).toEqual(made.paidOnce);
  });

  it("of another kind is kept and left alone; what isn't one is refused", async () => {
    await receive({ eventType: "payout.changed", data: {} });
    expect(await db().providerEvent.findFirst({ where: { kind: "payout.changed" } })).toMatchObject(
      { outcome: "ignored" },
    );
    await expect(receive({ hello: "world" })).rejects.toThrow("invalid_request");
    await expect(webhooks.receiveWebhook({ headers: new Headers(), body: 7 })).rejects.toThrow(
      "invalid_request",
    );
  });

  it("is kept without who paid, and whatever else came with it", async () => {
    const data = { orderId: "kept-1\0", paymentKey: "kept-key", status: "DONE", secret: "s-1" };
    await receive(statusHook({ ...data, virtualAccount: { customerName: "김결제" }, more: "\0" }));
    const [event] = await eventsOf("kept-1");
    expect(event?.body).toEqual({
      eventType: "PAYMENT_STATUS_CHANGED",
      data: { orderId: "kept-1", paymentKey: "kept-key", status: "DONE" },
    });
    expect(await process("kept-1")).toEqual(["no_payment"]);
    await receive({ eventType: "half.\ud800", data: { name: "김결제" } });
    const other = await db().providerEvent.findFirst({ where: { kind: { startsWith: "half." } } });
    expect(other).toMatchObject({ outcome: "ignored", body: { eventType: "half.\ufffd" } });
  });

  it("is forgotten ninety days after it was dealt with", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const { order } = await made.orderCredits(userId);
    const { orderId } = order;
    await receive(statusHook({ orderId, paymentKey: "gone", status: "DONE" }));
    await process(orderId);
    await webhooks.pruneEvents(Date.now() + 89 * 24 * 60 * minuteMs);
    expect(await eventsOf(orderId)).toHaveLength(1);
    await webhooks.pruneEvents(Date.now() + 91 * 24 * 60 * minuteMs);
    expect(await eventsOf(orderId)).toHaveLength(0);
  });
});

it("leaves a ledger that adds up", async () => {
  expect((await verifyLedger()).failures).toEqual([]);
});
