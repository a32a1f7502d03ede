import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fixedClock } from "@/lib/clock";
import { readWebhook } from "../schema";
import { type SandboxControl, sandboxControl } from "./control-client";
import { type SandboxServer, startSandbox } from "./server";
import { retryAfterMs } from "./webhooks";

const secretKey = "test_sk_sandbox_secret";
const authorization = `Basic ${btoa(`${secretKey}:`)}`;
const clock = fixedClock(Date.parse("2026-11-27T00:00:00Z"));

interface Delivery {
  id: string | undefined;
  retried: string | undefined;
  body: Record<string, unknown>;
}

let receiver: http.Server;
let server: SandboxServer;
let control: SandboxControl;
let deliveries: Delivery[] = [];
let answerWith = 200;
let orders = 0;

beforeAll(async () => {
  receiver = http.createServer(async (incoming, response) => {
    let text = "";
    for await (const chunk of incoming) text += chunk;
    const header = (name: string) => incoming.headers[`tosspayments-webhook-${name}`] as string;
    expect(Date.parse(header("transmission-time"))).toBeGreaterThan(0);
    deliveries.push({
      id: header("transmission-id"),
      retried: header("transmission-retried-count"),
      body: JSON.parse(text),
    });
    response.writeHead(answerWith).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  server = await startSandbox({
    clientKey: "test_ck_sandbox_client",
    secretKey,
    appUrl: "http://localhost:3000",
    webhookUrl,
    clock,
  });
  control = sandboxControl({ url: server.url, secretKey });
});

afterAll(async () => {
  await server.close();
  receiver.close();
});

beforeEach(() => {
  deliveries = [];
  answerWith = 200;
});

async function confirmed(more: object = {}) {
  orders += 1;
  const orderId = `order-${orders}`;
  const { paymentKey } = await control.pay({ orderId, amountKrw: 11_000, ...more });
  await fetch(`${server.url}/v1/payments/confirm`, {
    method: "POST",
    headers: { authorization },
    body: JSON.stringify({ orderId, paymentKey, amount: 11_000 }),
  });
  return { orderId, paymentKey };
}

const arrived = (count: number) =>
  vi.waitFor(() => expect(deliveries).toHaveLength(count), { timeout: 5_000 });
const statuses = () =>
  deliveries.map(({ body }) => (body.data as { status?: string } | undefined)?.status ?? "flat");

describe("webhooks", () => {
  it("tell of every change once the product has answered", async () => {
    const { orderId, paymentKey } = await confirmed();
    await arrived(1);
    expect(readWebhook(deliveries[0]?.body)).toEqual({
      kind: "payment_status",
      orderId,
      paymentKey,
      status: "DONE",
    });
    await control.cancel(paymentKey);
    await arrived(2);
    expect(statuses()).toEqual(["DONE", "CANCELED"]);
    await vi.waitFor(async () => {
      const states = (await control.webhooks(orderId)).map(({ state }) => state);
      expect(states).toEqual(["delivered", "delivered"]);
    });
  });

  it("come again on Toss's schedule until a 200, seven times, with one id", async () => {
    answerWith = 500;
    const { orderId } = await confirmed();
    await arrived(1);
    for (const [index, waitMs] of retryAfterMs.entries()) {
      const state = async () => (await control.webhooks(orderId))[0];
      await vi.waitFor(async () => expect((await state())?.attempts).toBe(index + 1));
      await control.advance(waitMs - 1);
      expect(deliveries).toHaveLength(index + 1);
      await control.advance(1);
      await arrived(index + 2);
    }
    await vi.waitFor(async () =>
      expect(await control.webhooks(orderId)).toMatchObject([{ state: "failed", attempts: 8 }]),
    );
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(1);
    expect(deliveries.map(({ retried }) => Number(retried))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("stop at the first 200", async () => {
    answerWith = 503;
    const { orderId } = await confirmed();
    await arrived(1);
    await vi.waitFor(async () =>
      expect(await control.webhooks(orderId)).toMatchObject([{ attempts: 1 }]),
    );
    answerWith = 200;
    await control.advance(60_000);
    await arrived(2);
    await vi.waitFor(async () =>
      expect(await control.webhooks(orderId)).toMatchObject([{ state: "delivered" }]),
    );
  });

  it("come twice, late, in reverse or not at all, on order", async () => {
    await control.behave({ orderId: `order-${orders + 1}`, copies: 3 });
    await confirmed();
    await arrived(3);
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(1);

    deliveries = [];
    await control.behave({ orderId: `order-${orders + 1}`, delayMs: 5_000 });
    await confirmed();
    await control.advance(4_999);
    expect(deliveries).toEqual([]);
    await control.advance(1);
    await arrived(1);

    deliveries = [];
    await control.behave({ orderId: `order-${orders + 1}`, hold: true });
    const held = await confirmed();
    await control.cancel(held.paymentKey);
    expect(deliveries).toEqual([]);
    await control.release({ orderId: held.orderId, reverse: true });
    expect(statuses()).toEqual(["CANCELED", "DONE"]);

    deliveries = [];
    await control.behave({ orderId: `order-${orders + 1}`, drop: true });
    const { orderId } = await confirmed();
    expect(await control.webhooks(orderId)).toMatchObject([{ state: "dropped" }]);
    expect(deliveries).toEqual([]);
  });

  it("tell of a virtual account twice: a status, and a flat body with its secret", async () => {
    const account = await confirmed({ method: "VIRTUAL_ACCOUNT" });
    await arrived(1);
    expect(statuses()).toEqual(["WAITING_FOR_DEPOSIT"]);
    await control.deposit(account.paymentKey);
    await arrived(3);
    const [payment] = await control.payments(account.orderId);
    expect(payment?.status).toBe("DONE");
    const hints = deliveries.map(({ body }) => readWebhook(body));
    expect(hints).toContainEqual({
      kind: "deposit",
      orderId: account.orderId,
      secret: payment?.secret,
      status: "DONE",
    });
    await control.revertDeposit(account.paymentKey);
    await arrived(5);
    expect((await control.payments(account.orderId))[0]?.status).toBe("WAITING_FOR_DEPOSIT");
  });

  it("tell of payments whose time is over", async () => {
    orders += 1;
    await control.pay({ orderId: `order-${orders}`, amountKrw: 1_000 });
    await control.advance(10 * 60_000);
    await arrived(1);
    expect(statuses()).toEqual(["EXPIRED"]);
  });
});
