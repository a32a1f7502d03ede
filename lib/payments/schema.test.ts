import { describe, expect, it } from "vitest";
import { hasSupportedVersion, paymentSchema, readWebhook, transactionSchema } from "./schema";

const least = {
  paymentKey: "key",
  orderId: "order-1",
  currency: "KRW",
  totalAmount: 11_000,
  balanceAmount: 11_000,
  status: "DONE",
};

describe("paymentSchema", () => {
  it("reads what is absent as null, and keeps what we don't know", () => {
    const payment = paymentSchema.parse({ ...least, giftCertificate: { approveNo: "1" } });
    expect(payment).toMatchObject({ approvedAt: null, card: null, cancels: [], receipt: null });
    expect(payment.giftCertificate).toEqual({ approveNo: "1" });
  });

  it("reads a null list of cancellations, an unknown state and amounts as text", () => {
    const payment = paymentSchema.parse({
      ...least,
      cancels: null,
      status: "ON_THE_MOON",
      totalAmount: "11000",
    });
    expect(payment).toMatchObject({ cancels: [], status: "UNKNOWN", totalAmount: 11_000 });
  });

  it.each([
    { paymentKey: undefined },
    { currency: undefined },
    { totalAmount: null },
    { balanceAmount: 10.5 },
    { orderId: "" },
  ])("refuses what can't be compared: %o", (change) => {
    expect(paymentSchema.safeParse({ ...least, ...change }).success).toBe(false);
  });
});

describe("hasSupportedVersion", () => {
  it.each([
    ["2022-11-16", true],
    ["2024-06-01", true],
    ["2022-06-08", false],
    ["1.4", false],
    [null, false],
  ])("%s: %s", (version, supported) => {
    expect(hasSupportedVersion({ version })).toBe(supported);
  });
});

describe("transactionSchema", () => {
  it.each([
    ["DONE", 11_000, "payment"],
    ["CANCELED", 11_000, "cancel"],
    ["PARTIAL_CANCELED", -11_000, "cancel"],
    ["WAITING_FOR_DEPOSIT", 11_000, "payment"],
  ])("%s of %i is a %s", (status, amount, kind) => {
    const row = { transactionKey: "t", paymentKey: "p", orderId: "o", currency: "KRW" };
    expect(transactionSchema.parse({ ...row, status, amount })).toMatchObject({
      kind,
      amount: 11_000,
    });
  });
});

describe("readWebhook", () => {
  it("knows a deposit by its shape", () => {
    const body = {
      createdAt: "",
      secret: "ps_1",
      status: "DONE",
      transactionKey: "",
      orderId: "o",
    };
    expect(readWebhook(body)).toEqual({
      kind: "deposit",
      orderId: "o",
      secret: "ps_1",
      status: "DONE",
    });
  });

  it("names events that nobody acts on", () => {
    expect(readWebhook({ eventType: "CANCEL_STATUS_CHANGED", data: {} })).toEqual({
      kind: "other",
      eventType: "CANCEL_STATUS_CHANGED",
    });
  });

  it.each([null, "text", [], {}, { orderId: "o", status: "DONE" }])("doesn't know %o", (body) => {
    expect(readWebhook(body)).toBeUndefined();
  });
});
