import { describe, expect, it } from "vitest";
import { checkRequest } from "./request";

const rules = { clientKey: "test_ck_sandbox_a", appOrigins: ["http://localhost:3000"] };
const good = {
  clientKey: rules.clientKey,
  customerKey: "0191c7c2-7d1a-7e4e-9a52-0f8d1a3b5c7d",
  method: "CARD",
  amount: { value: 11_000, currency: "KRW" },
  orderId: "order_01=A",
  orderName: "1,000 credits",
  successUrl: "http://localhost:3000/credits/success?order=1",
  failUrl: "http://localhost:3000/credits/fail",
};

describe("checkRequest", () => {
  it("takes what Toss would take", () => {
    expect(checkRequest(good, rules)).toMatchObject({
      ok: true,
      request: { amountKrw: 11_000, method: "CARD", cashReceipt: "미발행" },
    });
  });

  it.each([
    ["INVALID_PARAMETERS", { orderName: undefined }],
    ["INVALID_PARAMETERS", { amount: { value: "11000", currency: "KRW" } }],
    ["INVALID_CLIENT_KEY", { clientKey: "test_ck_sandbox_b" }],
    ["INSECURE_KEY_USAGE", { customerKey: "test_sk_sandbox_b" }],
    ["INVALID_CUSTOMER_KEY", { customerKey: "a" }],
    ["INVALID_CUSTOMER_KEY", { customerKey: "a".repeat(51) }],
    ["INVALID_CUSTOMER_KEY", { customerKey: "나는 나" }],
    ["NOT_SUPPORTED_METHOD", { method: "MOBILE_PHONE" }],
    ["NOT_SUPPORTED_METHOD", { method: "toString" }],
    ["INVALID_AMOUNT_CURRENCY", { amount: { value: 100, currency: "USD" } }],
    ["INVALID_AMOUNT_VALUE", { amount: { value: 100.5, currency: "KRW" } }],
    ["BELOW_MINIMUM_AMOUNT", { amount: { value: 99, currency: "KRW" } }],
    ["BELOW_MINIMUM_AMOUNT", { amount: { value: 199, currency: "KRW" }, method: "TRANSFER" }],
    ["INVALID_ORDER_ID", { orderId: "short" }],
    ["INVALID_ORDER_ID", { orderId: "a".repeat(65) }],
    ["INVALID_ORDER_ID", { orderId: "order/../1" }],
    ["INVALID_ORDER_NAME", { orderName: "a".repeat(101) }],
    ["INCORRECT_SUCCESS_URL_FORMAT", { successUrl: "https://evil.example/" }],
    ["INCORRECT_SUCCESS_URL_FORMAT", { successUrl: "http://localhost:3000@evil.example/" }],
    ["INCORRECT_SUCCESS_URL_FORMAT", { successUrl: "/credits/success" }],
    ["INCORRECT_FAIL_URL_FORMAT", { failUrl: "javascript:alert(1)" }],
    ["INCORRECT_FAIL_URL_FORMAT", { failUrl: "http://localhost:3001/fail" }],
  ])("answers %s to %o", (code, change) => {
    expect(checkRequest({ ...good, ...change }, rules)).toMatchObject({ ok: false, code });
  });

  it.each([
    { amount: { value: 100, currency: "KRW" } },
    { amount: { value: 200, currency: "KRW" }, method: "TRANSFER" },
    { orderId: "a".repeat(64), customerKey: "ab" },
    { customerKey: "@@ANONYMOUS" },
  ])("takes the edges: %o", (change) => {
    expect(checkRequest({ ...good, ...change }, rules).ok).toBe(true);
  });
});
