import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "@/lib/clock";
import { type SandboxControl, sandboxControl } from "./control-client";
import { confirmMs, windowMs } from "./machine";
import { type SandboxServer, startSandbox } from "./server";

const secretKey = "test_sk_sandbox_secret";
const clientKey = "test_ck_sandbox_client";
const app = "http://localhost:3000";
const dayMs = 86_400_000;
const clock = fixedClock(Date.parse("2026-11-27T00:00:00Z"));

let server: SandboxServer;
let control: SandboxControl;
let orders = 0;

beforeAll(async () => {
  server = await startSandbox({ clientKey, secretKey, appUrl: app, clock });
  control = sandboxControl({ url: server.url, secretKey });
});

afterAll(() => server.close());

const authorization = `Basic ${btoa(`${secretKey}:`)}`;
function newOrder() {
  orders += 1;
  return `order-${orders}`;
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function paid(more: object = {}) {
  const orderId = newOrder();
  const { paymentKey } = await control.pay({ orderId, amountKrw: 11_000, ...more });
  const confirm = { orderId, paymentKey, amount: 11_000 };
  return { orderId, paymentKey, confirm };
}

const windowRequest = () => ({
  clientKey,
  customerKey: "0191c7c2-7d1a-7e4e-9a52-0f8d1a3b5c7d",
  method: "CARD",
  amount: { value: 11_000, currency: "KRW" },
  orderId: newOrder(),
  orderName: "<b>1,000</b> credits",
  successUrl: `${app}/ok?from=credits`,
  failUrl: `${app}/no`,
});

/** Opens a window as the browser script does. */
async function opened(change: object = {}) {
  const request = { ...windowRequest(), ...change };
  const { status, body } = await post("/window", request, { origin: app });
  return { request, status, body, url: String(body.url) };
}

async function press(url: string, fields: Record<string, string>) {
  const body = new URLSearchParams(fields);
  const response = await fetch(url, { method: "POST", body, redirect: "manual" });
  return { status: response.status, location: response.headers.get("location") ?? "" };
}

describe("keys and addresses", () => {
  it.each(["/v1/payments/key", "/v1/transactions", "/sandbox/payments"])(
    "answers %s to nobody without the key",
    async (path) => {
      for (const wrong of ["", "Basic dGVzdA==", `Bearer ${secretKey}`]) {
        const response = await fetch(`${server.url}${path}`, {
          headers: { authorization: wrong },
        });
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ code: "UNAUTHORIZED_KEY" });
      }
    },
  );

  it("lets only the product's pages ask for a window", async () => {
    const origins = [app, "http://127.0.0.1:3000", "https://evil.example", "http://localhost:3001"];
    const allowed = await Promise.all(
      origins.map(async (origin) => {
        const url = `${server.url}/window`;
        const response = await fetch(url, { method: "OPTIONS", headers: { origin } });
        return response.headers.get("access-control-allow-origin");
      }),
    );
    expect(allowed).toEqual([app, "http://127.0.0.1:3000", null, null]);
  });

  it("sends nobody elsewhere", async () => {
    const { status, body } = await opened({ successUrl: "https://evil.example/" });
    expect(status).toBe(400);
    expect(body.code).toBe("INCORRECT_SUCCESS_URL_FORMAT");
  });

  it("has no other pages", async () => {
    expect((await fetch(`${server.url}/`)).status).toBe(404);
    expect((await fetch(`${server.url}/window/nothing`)).status).toBe(404);
    expect((await fetch(`${server.url}/receipts/nothing`)).status).toBe(404);
  });
});

describe("the window", () => {
  it("says that no money moves, in the browser's language, and runs nothing", async () => {
    const { url } = await opened();
    const korean = await fetch(url, { headers: { "accept-language": "ko-KR,ko;q=0.9,en;q=0.8" } });
    expect(korean.headers.get("content-security-policy")).toContain("default-src 'none'");
    const text = await korean.text();
    expect(text).toContain("실제 돈은 나가지 않아요");
    expect(text).toContain("11,000원");
    expect(text).not.toContain("<b>");
    const english = await fetch(url, { headers: { "accept-language": "en-US,en;q=0.9" } });
    expect(await english.text()).toContain("No money moves");
  });

  it("leads back with the key once somebody paid, and only once", async () => {
    const { url, request } = await opened();
    const { status, location } = await press(url, { do: "pay", instrument: "easy_pay" });
    expect(status).toBe(303);
    const back = new URL(location);
    const { paymentKey, ...rest } = Object.fromEntries(back.searchParams);
    expect(`${back.origin}${back.pathname}`).toBe(`${app}/ok`);
    expect(rest).toEqual({
      from: "credits",
      paymentType: "NORMAL",
      orderId: request.orderId,
      amount: "11000",
    });
    expect(await press(url, { do: "pay" })).toEqual({ status: 200, location: "" });
    const confirm = { paymentKey, orderId: request.orderId, amount: 11_000 };
    const { body } = await post("/v1/payments/confirm", confirm);
    expect(body).toMatchObject({ status: "DONE", method: "간편결제", easyPay: { amount: 11_000 } });
    const again = await post("/window", { ...windowRequest(), orderId: request.orderId });
    expect(again.body.code).toBe("DUPLICATED_ORDER_ID");
  });

  it.each([
    ["cancel", "PAY_PROCESS_CANCELED", "READY"],
    ["abort", "PAY_PROCESS_ABORTED", "ABORTED"],
    ["refuse_company", "REJECT_CARD_COMPANY", "ABORTED"],
  ])("leads back with an error after %s", async (decision, code, status) => {
    const { url, request } = await opened();
    const { location } = await press(url, { do: decision });
    const back = new URL(location);
    expect(`${back.origin}${back.pathname}`).toBe(`${app}/no`);
    expect(back.searchParams.get("code")).toBe(code);
    expect(back.searchParams.get("orderId")).toBe(request.orderId);
    expect(back.searchParams.get("message")).not.toBe("");
    expect(await control.payments(request.orderId)).toMatchObject([{ status }]);
  });

  it("lets an order become one payment, however many windows it has", async () => {
    const one = await opened();
    const two = await opened({ orderId: one.request.orderId });
    const keys = [];
    for (const { url } of [one, two]) {
      const { location } = await press(url, { do: "pay" });
      keys.push(new URL(location).searchParams.get("paymentKey"));
    }
    const confirm = { orderId: one.request.orderId, amount: 11_000 };
    const first = await post("/v1/payments/confirm", { ...confirm, paymentKey: keys[0] });
    expect(first.status).toBe(200);
    const second = await post("/v1/payments/confirm", { ...confirm, paymentKey: keys[1] });
    expect(second).toMatchObject({ status: 400, body: { code: "DUPLICATED_ORDER_ID" } });
    const headers = { authorization };
    const url = `${server.url}/v1/payments/orders/${confirm.orderId}`;
    expect(await (await fetch(url, { headers })).json()).toMatchObject({ paymentKey: keys[0] });
  });
});

describe("receipts", () => {
  it("serves what the payment's addresses lead to, marked as practice", async () => {
    const { confirm } = await paid({ method: "TRANSFER", cashReceipt: "지출증빙" });
    const { body } = await post("/v1/payments/confirm", confirm);
    const { receipt, cashReceipt } = body as {
      receipt: { url: string };
      cashReceipt: { receiptUrl: string };
    };
    for (const url of [receipt.url, cashReceipt.receiptUrl]) {
      const page = await (await fetch(url)).text();
      expect(page).toContain("연습용");
      expect(page).toContain("11,000원");
      expect(page).toContain("10,000원");
    }
    await post(`/v1/payments/${confirm.paymentKey}/cancel`, {
      cancelReason: "r",
      cancelAmount: 1_000,
    });
    expect(await (await fetch(receipt.url)).text()).toContain("1,000원");
  });
});

describe("time", () => {
  it("ends a window that nobody pays in, and a payment that nobody confirms", async () => {
    const { url, request } = await opened();
    const { confirm, orderId } = await paid();
    clock.advance(confirmMs);
    expect(await post("/v1/payments/confirm", confirm)).toMatchObject({
      status: 404,
      body: { code: "NOT_FOUND_PAYMENT_SESSION" },
    });
    expect(await control.payments(orderId)).toMatchObject([{ status: "EXPIRED" }]);
    expect(await control.payments(request.orderId)).toMatchObject([{ status: "READY" }]);
    await control.advance(windowMs - confirmMs);
    expect((await press(url, { do: "pay" })).status).toBe(200);
    expect(await control.payments(request.orderId)).toMatchObject([{ status: "EXPIRED" }]);
  });

  it("takes a payment that somebody made a while ago", async () => {
    const inTime = await paid({ agoMs: confirmMs - 1 });
    expect(await post("/v1/payments/confirm", inTime.confirm)).toMatchObject({ status: 200 });
    const late = await paid({ agoMs: confirmMs });
    expect(await post("/v1/payments/confirm", late.confirm)).toMatchObject({ status: 404 });
    expect(await control.payments(late.orderId)).toMatchObject([{ status: "EXPIRED" }]);
  });
});

describe("idempotency", () => {
  it("answers a key by its first answer, refusals too, whatever the body, for 15 days", async () => {
    const { confirm } = await paid();
    const key = { "idempotency-key": "once" };
    const refused = await post("/v1/payments/confirm", { ...confirm, amount: 1 }, key);
    expect(refused.status).toBe(400);
    expect(await post("/v1/payments/confirm", confirm, key)).toEqual(refused);
    expect((await post("/v1/payments/confirm", confirm)).status).toBe(200);
    clock.advance(15 * dayMs - 1);
    expect(await post("/v1/payments/confirm", confirm, key)).toEqual(refused);
    clock.advance(1);
    expect((await post("/v1/payments/confirm", confirm, key)).body.code).toBe(
      "ALREADY_PROCESSED_PAYMENT",
    );
  });

  it("holds a key per address", async () => {
    const [one, two] = [await paid(), await paid()];
    const key = { "idempotency-key": "per-address" };
    for (const { confirm } of [one, two]) await post("/v1/payments/confirm", confirm);
    for (const { paymentKey } of [one, two]) {
      const path = `/v1/payments/${paymentKey}/cancel`;
      const { body } = await post(path, { cancelReason: "r" }, key);
      expect(body.paymentKey).toBe(paymentKey);
    }
  });

  it("refuses a key of more than 300 characters", async () => {
    const { confirm } = await paid();
    const key = { "idempotency-key": "k".repeat(301) };
    const { body } = await post("/v1/payments/confirm", confirm, key);
    expect(body.code).toBe("INVALID_IDEMPOTENCY_KEY");
  });
});

describe("errors on order", () => {
  it.each([
    ["REJECT_CARD_PAYMENT", 403],
    ["ALREADY_PROCESSED_PAYMENT", 400],
    ["DUPLICATED_ORDER_ID", 400],
    ["IDEMPOTENT_REQUEST_PROCESSING", 409],
    ["FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING", 500],
    ["COMMON_ERROR", 500],
    ["NOT_FOUND_PAYMENT", 404],
  ])("the test header forces %s before anything is looked at", async (code, status) => {
    const headers = { "tosspayments-test-code": code };
    const answer = await post("/v1/payments/confirm", { paymentKey: "none" }, headers);
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it("meets only the calls that a fault was made for", async () => {
    const [one, two] = [await paid(), await paid()];
    await control.fault({
      endpoint: "confirm",
      kind: "code",
      code: "REJECT_CARD_PAYMENT",
      orderId: two.orderId,
    });
    expect((await post("/v1/payments/confirm", one.confirm)).status).toBe(200);
    const refused = await post("/v1/payments/confirm", two.confirm);
    expect(refused.body.code).toBe("REJECT_CARD_PAYMENT");
    expect(await control.payments(two.orderId)).toMatchObject([{ status: "ABORTED" }]);
  });

  it("says what is wrong with a fault", async () => {
    const wrong = { endpoint: "confirm", kind: "nothing" } as never;
    await expect(control.fault(wrong)).rejects.toThrow("kind");
  });
});
