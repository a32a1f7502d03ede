import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { type SandboxControl, sandboxControl } from "./sandbox/control-client";
import { type SandboxServer, startSandbox } from "./sandbox/server";
import { hasSupportedVersion, type TransactionRow } from "./schema";
import { TossPayments } from "./toss";

/** The client against the sandbox: over real HTTP, as it will speak to Toss. */
const secretKey = "test_sk_sandbox_secret";
let server: SandboxServer;
let control: SandboxControl;
let toss: TossPayments;
let orders = 0;

beforeAll(async () => {
  server = await startSandbox({
    clientKey: "test_ck_sandbox_client",
    secretKey,
    appUrl: "http://localhost:3000",
  });
  control = sandboxControl({ url: server.url, secretKey });
  toss = new TossPayments({ apiUrl: server.url, secretKey, timeoutMs: 1_000, pageSize: 2 });
});

afterAll(() => server.close());

/** Somebody has paid 11,000 KRW in the window. */
async function authenticated(more: object = {}) {
  orders += 1;
  const orderId = `order-${orders}`;
  const { paymentKey } = await control.pay({ orderId, amountKrw: 11_000, ...more });
  const confirm = { paymentKey, orderId, amountKrw: 11_000, idempotencyKey: `confirm:${orderId}` };
  return { paymentKey, orderId, confirm };
}

async function paid(more: object = {}) {
  const order = await authenticated(more);
  await toss.confirm(order.confirm);
  return order;
}

const refund = { reason: "refund", idempotencyKey: "refund" };

describe("confirm", () => {
  it("takes the money and tells everything about it", async () => {
    const { confirm, orderId, paymentKey } = await authenticated();
    const outcome = await toss.confirm(confirm);
    expect(outcome).toMatchObject({
      outcome: "done",
      payment: {
        orderId,
        paymentKey,
        status: "DONE",
        currency: "KRW",
        method: "카드",
        totalAmount: 11_000,
        balanceAmount: 11_000,
        suppliedAmount: 10_000,
        vat: 1_000,
        cancels: [],
        cashReceipt: null,
        receipt: { url: expect.stringContaining("/receipts/") },
      },
    });
    if (outcome.outcome === "done") expect(hasSupportedVersion(outcome.payment)).toBe(true);
  });

  it("gives a transfer its cash receipt", async () => {
    const order = await authenticated({ method: "TRANSFER", cashReceipt: "소득공제" });
    expect(await toss.confirm(order.confirm)).toMatchObject({
      payment: { method: "계좌이체", cashReceipt: { type: "소득공제" } },
    });
  });

  it("answers the same key with the first answer, and another key with unknown", async () => {
    const { confirm } = await paid();
    expect(await toss.confirm(confirm)).toMatchObject({ outcome: "done" });
    expect(await toss.confirm({ ...confirm, amountKrw: 1 })).toMatchObject({ outcome: "done" });
    expect(await toss.confirm({ ...confirm, idempotencyKey: "another" })).toEqual({
      outcome: "unknown",
      reason: "ALREADY_PROCESSED_PAYMENT",
    });
  });

  it("charges nothing when amount or order differ", async () => {
    const { confirm, paymentKey } = await authenticated();
    const other = { ...confirm, idempotencyKey: "a", amountKrw: 100 };
    expect(await toss.confirm(other)).toMatchObject({
      outcome: "refused",
      code: "INVALID_REQUEST",
    });
    const foreign = { ...confirm, idempotencyKey: "b", orderId: "order-of-another" };
    expect(await toss.confirm(foreign)).toMatchObject({
      outcome: "refused",
      code: "NOT_FOUND_PAYMENT_SESSION",
    });
    expect((await toss.paymentByKey(paymentKey))?.status).toBe("IN_PROGRESS");
  });

  it("is refused for good when the card company refuses", async () => {
    const { confirm, orderId } = await authenticated({ refuseAtConfirm: "REJECT_CARD_PAYMENT" });
    expect(await toss.confirm(confirm)).toEqual({
      outcome: "refused",
      code: "REJECT_CARD_PAYMENT",
      message: "한도초과 혹은 잔액부족으로 결제에 실패했습니다.",
    });
    expect(await toss.paymentByOrder(orderId)).toMatchObject({
      status: "ABORTED",
      failure: { code: "REJECT_CARD_PAYMENT" },
    });
  });

  it.each([
    ["timeout_before", "timeout", "IN_PROGRESS"],
    ["timeout_after", "timeout", "DONE"],
    ["reset_before", "connection", "IN_PROGRESS"],
    ["reset_after", "connection", "DONE"],
    ["error_before", "FAILED_INTERNAL_SYSTEM_PROCESSING", "IN_PROGRESS"],
    ["error_after", "FAILED_INTERNAL_SYSTEM_PROCESSING", "DONE"],
    ["garbage_after", "unreadable", "DONE"],
  ] as const)("doesn't know after %s, and asking tells", async (kind, reason, status) => {
    const { confirm, orderId } = await authenticated();
    await control.fault({ endpoint: "confirm", kind, orderId });
    expect(await toss.confirm(confirm)).toEqual({ outcome: "unknown", reason });
    expect((await toss.paymentByOrder(orderId))?.status).toBe(status);
    expect(await toss.confirm(confirm)).toMatchObject({ outcome: "done" });
  });

  it("doesn't know while an earlier try is at work", async () => {
    const { confirm, orderId } = await authenticated();
    await control.fault({ endpoint: "confirm", kind: "slow", delayMs: 300, orderId });
    const first = toss.confirm(confirm);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await toss.confirm(confirm)).toEqual({
      outcome: "unknown",
      reason: "IDEMPOTENT_REQUEST_PROCESSING",
    });
    expect(await first).toMatchObject({ outcome: "done" });
  });

  it("doesn't know where nobody listens", async () => {
    const dead = new TossPayments({ apiUrl: "http://127.0.0.1:9", secretKey });
    const { confirm } = await authenticated();
    expect(await dead.confirm(confirm)).toEqual({ outcome: "unknown", reason: "connection" });
  });

  it("refuses to send a key that Toss wouldn't take", async () => {
    const { confirm } = await authenticated();
    await expect(toss.confirm({ ...confirm, idempotencyKey: "k".repeat(301) })).rejects.toThrow();
  });

  it("doesn't follow a redirect with the secret key", async () => {
    const elsewhere = http.createServer((_, response) =>
      response.writeHead(307, { location: server.url }).end(),
    );
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const apiUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    const { confirm } = await authenticated();
    const outcome = await new TossPayments({ apiUrl, secretKey }).confirm(confirm);
    expect(outcome).toEqual({ outcome: "unknown", reason: "connection" });
    elsewhere.close();
  });
});

describe("asking", () => {
  it("finds nothing where there is nothing", async () => {
    expect(await toss.paymentByKey("no-such-key")).toBeUndefined();
    expect(await toss.paymentByOrder("no-such-order")).toBeUndefined();
  });

  it("tells a payment that isn't there from a provider that isn't", async () => {
    const { orderId } = await paid();
    const wrongKey = new TossPayments({ apiUrl: server.url, secretKey: "test_sk_wrong" });
    for (const ask of [
      () => wrongKey.paymentByOrder(orderId),
      () => new TossPayments({ apiUrl: "http://127.0.0.1:9", secretKey }).paymentByOrder(orderId),
    ]) {
      const error = await ask().catch((reason: unknown) => reason);
      expect(AppError.is(error, "payments_unreachable")).toBe(true);
      expect(JSON.stringify(error)).not.toContain(secretKey);
    }
  });

  it("says so when the answer is an error", async () => {
    const { orderId, paymentKey } = await paid();
    await control.fault({ endpoint: "get", kind: "error_before", orderId });
    await expect(toss.paymentByKey(paymentKey)).rejects.toThrow("payments_unreachable");
  });
});

describe("cancel", () => {
  it("gives back in parts, then the rest, and no more", async () => {
    const { paymentKey } = await paid();
    const part = await toss.cancel({
      ...refund,
      idempotencyKey: "r1",
      paymentKey,
      amountKrw: 4_000,
    });
    expect(part).toMatchObject({
      outcome: "done",
      payment: {
        status: "PARTIAL_CANCELED",
        totalAmount: 11_000,
        balanceAmount: 7_000,
        cancels: [{ cancelAmount: 4_000, cancelStatus: "DONE", refundableAmount: 7_000 }],
      },
    });
    const tooMuch = { ...refund, idempotencyKey: "r2", paymentKey, amountKrw: 7_001 };
    expect(await toss.cancel(tooMuch)).toMatchObject({
      outcome: "refused",
      code: "NOT_CANCELABLE_AMOUNT",
    });
    expect(await toss.cancel({ ...refund, idempotencyKey: "r3", paymentKey })).toMatchObject({
      outcome: "done",
      payment: { status: "CANCELED", balanceAmount: 0 },
    });
    expect(await toss.cancel({ ...refund, idempotencyKey: "r4", paymentKey })).toEqual({
      outcome: "unknown",
      reason: "ALREADY_CANCELED_PAYMENT",
    });
  });

  it("gives back once, however often it is asked with one key", async () => {
    const { paymentKey } = await paid();
    const request = { ...refund, paymentKey, amountKrw: 1_000 };
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await toss.cancel(request)).toMatchObject({ payment: { balanceAmount: 10_000 } });
    }
  });

  it("cancels nothing when the balance isn't what we think", async () => {
    const { paymentKey } = await paid();
    await control.cancel(paymentKey, { amountKrw: 1_000 });
    const request = { ...refund, paymentKey, amountKrw: 1_000, expectedBalanceKrw: 11_000 };
    expect(await toss.cancel(request)).toEqual({
      outcome: "unknown",
      reason: "NOT_MATCHES_REFUNDABLE_AMOUNT",
    });
    expect((await toss.paymentByKey(paymentKey))?.balanceAmount).toBe(10_000);
  });

  it("cuts a reason that is too long", async () => {
    const { paymentKey } = await paid();
    const outcome = await toss.cancel({ ...refund, paymentKey, reason: "r".repeat(500) });
    expect(outcome).toMatchObject({ outcome: "done" });
  });
});

describe("transactions", () => {
  it("lists approvals and cancellations page by page, once each", async () => {
    const startDate = new Date(Math.floor(Date.now() / 1_000) * 1_000);
    const one = await paid();
    await control.advance(1);
    const two = await paid();
    await control.advance(1);
    await toss.cancel({ ...refund, paymentKey: one.paymentKey, amountKrw: 3_000 });
    const rows: TransactionRow[] = [];
    const period = { startDate, endDate: new Date(Date.now() + 2_000) };
    for await (const row of toss.transactions(period)) rows.push(row);
    const keys = rows.map((row) => row.transactionKey);
    expect(new Set(keys).size).toBe(keys.length);
    const ours = rows.filter(({ orderId }) => [one.orderId, two.orderId].includes(orderId));
    expect(ours.map(({ kind, amount, orderId }) => [kind, amount, orderId])).toEqual([
      ["payment", 11_000, one.orderId],
      ["payment", 11_000, two.orderId],
      ["cancel", 3_000, one.orderId],
    ]);
  });

  it("fails between pages rather than leave some out", async () => {
    await Promise.all([paid(), paid(), paid()]);
    const period = { startDate: new Date(0), endDate: new Date(Date.now() + 2_000) };
    const read = async () => {
      for await (const _ of toss.transactions(period)) {
        await control.fault({ endpoint: "transactions", kind: "reset_before" });
      }
    };
    await expect(read()).rejects.toThrow("payments_unreachable");
    await control.forgetFaults();
  });
});
