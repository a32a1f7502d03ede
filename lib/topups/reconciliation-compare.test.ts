import { describe, expect, it } from "vitest";
import { type Payment, paymentSchema, transactionSchema } from "@/lib/payments/schema";
import { compareWithPayment, compareWithRows, type OurOrder } from "./reconciliation-compare";

const hourMs = 3_600_000;
const toMs = Date.UTC(2026, 10, 27);
const period = { fromMs: toMs - 72 * hourMs, toMs };
const at = new Date(toMs - 5 * hourMs);

const paid: OurOrder = {
  orderId: "order-1",
  paymentKey: "pay-1",
  state: "paid",
  amountKrw: 11_000,
  balanceKrw: 11_000,
  approvedAt: at,
  refunds: [],
};
const refund = {
  id: "r",
  state: "done",
  transactionKey: "c-1",
  amountKrw: 4_000,
  endedAt: at,
} as const;
const refunded: OurOrder = {
  ...paid,
  state: "partially_refunded",
  balanceKrw: 7_000,
  refunds: [refund],
};

function row(status: string, amount: number, change: Record<string, unknown> = {}) {
  return transactionSchema.parse({
    ...{ transactionKey: "t-1", paymentKey: "pay-1", orderId: "order-1", status, amount },
    ...{ currency: "KRW", transactionAt: null, ...change },
  });
}
const payment = row("DONE", 11_000);
const cancelled = row("PARTIAL_CANCELED", 4_000, { transactionKey: "c-1" });

describe("compareWithRows", () => {
  it.each([
    ["paid", paid, [payment]],
    ["refunded in part", refunded, [payment, cancelled]],
    [
      "credits taken back whose money had gone already",
      {
        ...refunded,
        refunds: [refund, { ...refund, id: "r-2", amountKrw: 0, transactionKey: null }],
      },
      [payment, cancelled],
    ],
    ["before the period", { ...paid, approvedAt: new Date(0) }, []],
    ["right at the end of it", { ...paid, approvedAt: new Date(toMs - 1_000) }, []],
    ["never paid", { ...paid, state: "expired" as const, approvedAt: null }, []],
    ["looked into already", { ...paid, state: "held_for_review" as const }, [row("DONE", 1)]],
    [
      "given back before it was ours",
      { ...paid, state: "failed" as const, approvedAt: null },
      [payment, row("CANCELED", 11_000, { transactionKey: "c-9" })],
    ],
  ])("finds nothing: %s", (_, ours, rows) => {
    expect(compareWithRows("order-1", ours, rows, period)).toEqual([]);
  });

  it.each([
    ["payment_without_order", undefined, [payment], "–", "DONE 11000 KRW, cancel 0 KRW (pay-1)"],
    ["payment_not_at_toss", paid, [], "paid, 11000 KRW", "–"],
    [
      "paid_at_toss_only",
      { ...paid, state: "failed" as const },
      [payment],
      "failed",
      "DONE, 11000 KRW",
    ],
    ["amount_mismatch", paid, [row("DONE", 10_000)], "11000 KRW", "10000 KRW"],
    ["amount_mismatch", paid, [row("DONE", 11_000, { currency: "USD" })], "11000 KRW", "11000 USD"],
    [
      "payment_mismatch",
      { ...paid, paymentKey: "pay-2" },
      [payment],
      "payment pay-2",
      "payment pay-1",
    ],
    ["cancel_at_toss_only", paid, [payment, cancelled], "–", "cancel 4000 KRW (c-1)"],
    ["refund_not_at_toss", refunded, [payment], "refund 4000 KRW (c-1)", "–"],
    [
      "refund_amount_mismatch",
      refunded,
      [payment, row("PARTIAL_CANCELED", 5_000, { transactionKey: "c-1" })],
      "refund 4000 KRW (c-1)",
      "cancel 5000 KRW",
    ],
    [
      "duplicate_payment",
      paid,
      [payment, row("DONE", 11_000, { paymentKey: "pay-2", transactionKey: "t-2" })],
      "1 payment",
      "2 payments: pay-1, pay-2",
    ],
  ])("finds %s with both numbers", (code, ours, rows, expected, actual) => {
    const severity = "critical";
    expect(compareWithRows("order-1", ours, rows, period)).toEqual([
      { code, severity, subject: "order-1", expected, actual },
    ]);
  });
});

function told(change: Partial<Payment>): Payment {
  const whole = { paymentKey: "pay-1", orderId: "order-1", currency: "KRW", status: "DONE" };
  return {
    ...paymentSchema.parse({ ...whole, totalAmount: 11_000, balanceAmount: 11_000 }),
    ...change,
  };
}

describe("compareWithPayment", () => {
  it.each([
    ["paid", paid, told({})],
    ["not paid", { ...paid, state: "created" as const }, told({ status: "READY" })],
    ["nothing on either side", { ...paid, state: "expired" as const }, undefined],
    [
      "given back before it was ours",
      { ...paid, state: "failed" as const },
      told({ status: "CANCELED", balanceAmount: 0 }),
    ],
    [
      "a refund is under way",
      { ...paid, refunds: [{ ...refund, state: "unknown" as const, transactionKey: null }] },
      told({ status: "PARTIAL_CANCELED", balanceAmount: 7_000 }),
    ],
  ])("finds nothing: %s", (_, ours, theirs) => {
    expect(compareWithPayment(ours, theirs)).toEqual([]);
  });

  it.each([
    ["payment_not_at_toss", paid, undefined, "paid, 11000 KRW", "–"],
    [
      "paid_at_toss_only",
      { ...paid, state: "failed" as const },
      told({}),
      "failed",
      "DONE, 11000 KRW",
    ],
    ["status_mismatch", paid, told({ status: "ABORTED" }), "paid", "ABORTED, 11000 KRW"],
    ["amount_mismatch", paid, told({ totalAmount: 9_000 }), "11000 KRW", "9000 KRW"],
    [
      "balance_mismatch",
      paid,
      told({ status: "PARTIAL_CANCELED", balanceAmount: 7_000 }),
      "balance 11000 KRW",
      "balance 7000 KRW",
    ],
  ])("finds %s with both numbers", (code, ours, theirs, expected, actual) => {
    const severity = "critical";
    expect(compareWithPayment(ours, theirs)).toEqual([
      { code, severity, subject: "order-1", expected, actual },
    ]);
  });
});
