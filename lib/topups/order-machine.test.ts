import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paymentStatuses } from "@/lib/payments/schema";
import {
  confirmStep,
  depositReverted,
  isPaid,
  type JudgedOrder,
  judge,
  nextCheckMs,
  orderLifeMs,
} from "./order-machine";
import { orderStates } from "./schema";

const nowMs = Date.UTC(2026, 10, 27);
type Told = Parameters<typeof judge>[1];

function order(change: Partial<JudgedOrder> = {}): JudgedOrder {
  const base = {
    state: "confirming",
    paymentKey: "k",
    amountKrw: 11_000,
    failureCode: null,
  } as const;
  return { ...base, ...change };
}

function told(status: Told["status"], change: Partial<Told> = {}): Told {
  const balanceAmount = status === "CANCELED" ? 0 : status === "PARTIAL_CANCELED" ? 1_000 : 11_000;
  const amounts = { currency: "KRW", totalAmount: 11_000, balanceAmount };
  return { paymentKey: "k", status, ...amounts, failure: null, virtualAccount: null, ...change };
}

describe("judge", () => {
  it.each<[string, Partial<JudgedOrder>, Told, string]>([
    ["money came", {}, told("DONE"), "pay"],
    ["money came for an order given up", { state: "expired" }, told("DONE"), "pay"],
    ["money came before we asked", { state: "created", paymentKey: null }, told("DONE"), "pay"],
    ["paid before", { state: "paid" }, told("DONE"), "none"],
    ["still in the window", {}, told("READY"), "none"],
    ["paid in the window, not confirmed", {}, told("IN_PROGRESS"), "none"],
    ["partly given back before we knew", {}, told("PARTIAL_CANCELED"), "pay"],
    ["partly given back", { state: "paid" }, told("PARTIAL_CANCELED"), "take_over_cancels"],
    ["given back", { state: "paid" }, told("CANCELED"), "take_over_cancels"],
    ["given back before we knew", {}, told("CANCELED"), "end"],
    ["refused", {}, told("ABORTED"), "end"],
    ["over", { state: "unknown" }, told("EXPIRED"), "end"],
    [
      "one window over, another may be open",
      { state: "created", paymentKey: null },
      told("EXPIRED"),
      "none",
    ],
    ["ended before", { state: "failed" }, told("EXPIRED"), "none"],
    ["paid and over at once", { state: "paid" }, told("EXPIRED"), "report"],
    ["a status of another day", {}, told("UNKNOWN"), "report"],
    ["too little", {}, told("DONE", { totalAmount: 100, balanceAmount: 100 }), "hold"],
    ["other money", {}, told("DONE", { currency: "USD" }), "hold"],
    ["too little, nobody paid", {}, told("IN_PROGRESS", { totalAmount: 100 }), "none"],
    ["another payment, not taken", {}, told("IN_PROGRESS", { paymentKey: "x" }), "none"],
    ["another payment, taken", {}, told("DONE", { paymentKey: "x" }), "hold"],
    ["a second payment", { state: "paid" }, told("DONE", { paymentKey: "x" }), "report"],
    [
      "a second payment, given back",
      { state: "paid" },
      told("CANCELED", { paymentKey: "x" }),
      "none",
    ],
    ["an account to pay into", {}, told("WAITING_FOR_DEPOSIT"), "await_deposit"],
    ["deposit lost, perhaps", { state: "paid" }, told("WAITING_FOR_DEPOSIT"), "ask_again"],
    ["held", { state: "held_for_review" }, told("DONE"), "none"],
    ["held, then given back", { state: "held_for_review" }, told("CANCELED"), "end"],
    ["held, then over", { state: "held_for_review" }, told("EXPIRED"), "end"],
    [
      "held because of another payment, perhaps",
      { state: "held_for_review", failureCode: "payment_mismatch" },
      told("DONE"),
      "ask_again",
    ],
    [
      "deposit lost, then given back",
      { state: "held_for_review", failureCode: depositReverted },
      told("CANCELED"),
      "end",
    ],
    [
      "deposit back, perhaps",
      { state: "held_for_review", failureCode: depositReverted },
      told("DONE"),
      "ask_again",
    ],
  ])("%s", (_, change, payment, expected) => {
    expect(judge(order(change), payment, { isFresh: false }).kind).toBe(expected);
  });

  it("takes a deposit's coming and going from a fresh answer only", () => {
    const fresh = { isFresh: true };
    expect(judge(order({ state: "paid" }), told("WAITING_FOR_DEPOSIT"), fresh).kind).toBe("revert");
    const held = order({ state: "held_for_review", failureCode: depositReverted });
    expect(judge(held, told("DONE"), fresh).kind).toBe("restore");
  });

  it("counts its own payment where another was what didn't fit, and never a wrong amount", () => {
    const fresh = { isFresh: true };
    const other = order({ state: "held_for_review", failureCode: "payment_mismatch" });
    expect(judge(other, told("DONE"), fresh).kind).toBe("pay");
    const amount = order({ state: "held_for_review", failureCode: "amount_mismatch" });
    expect(judge(amount, told("DONE"), fresh).kind).toBe("none");
  });

  const anyOrder: fc.Arbitrary<JudgedOrder> = fc.record({
    state: fc.constantFrom(...orderStates),
    paymentKey: fc.constantFrom("k", "x", null),
    amountKrw: fc.constantFrom(11_000, 100),
    failureCode: fc.constantFrom(null, depositReverted, "X"),
  });
  const anyPayment = fc
    .record({
      status: fc.constantFrom(...paymentStatuses),
      currency: fc.constantFrom("KRW", "USD"),
      totalAmount: fc.constantFrom(11_000, 100),
    })
    .map(({ status, ...change }) => told(status, change));

  it("gives credits only for the whole amount in KRW, once, by the order's own payment", () => {
    fc.assert(
      fc.property(anyOrder, anyPayment, fc.boolean(), (each, payment, isFresh) => {
        const { kind } = judge(each, payment, { isFresh });
        if (kind !== "pay" && kind !== "restore") return;
        expect(isPaid(each.state)).toBe(false);
        expect(payment.currency).toBe("KRW");
        expect(payment.totalAmount).toBe(each.amountKrw);
        expect(["DONE", "PARTIAL_CANCELED"]).toContain(payment.status);
        expect([null, payment.paymentKey]).toContain(each.paymentKey);
      }),
    );
  });

  it("never ends an order whose money is there", () => {
    fc.assert(
      fc.property(anyOrder, anyPayment, fc.boolean(), (each, payment, isFresh) => {
        if (judge(each, payment, { isFresh }).kind !== "end") return;
        expect(isPaid(each.state)).toBe(false);
        expect(["DONE", "PARTIAL_CANCELED"]).not.toContain(payment.status);
      }),
    );
  });
});

describe("confirmStep", () => {
  it.each<[string, Partial<JudgedOrder>, { paymentKey?: string; amountKrw?: number }, string]>([
    ["first", { state: "created", paymentKey: null }, {}, "confirm"],
    ["another amount", { state: "created", paymentKey: null }, { amountKrw: 1 }, "order_mismatch"],
    ["another amount, later", { state: "paid" }, { amountKrw: 1 }, "order_mismatch"],
    ["again", { state: "confirming" }, {}, "ask"],
    ["again, unknown", { state: "unknown" }, {}, "ask"],
    ["again, another payment", { state: "confirming" }, { paymentKey: "x" }, "order_closed"],
    ["paid", { state: "paid" }, {}, "answer"],
    ["paid, another payment", { state: "paid" }, { paymentKey: "x" }, "order_closed"],
    ["refused before", { state: "failed" }, {}, "answer"],
    ["abandoned", { state: "cancelled", paymentKey: null }, {}, "order_closed"],
    ["left for long", { state: "expired", paymentKey: null }, {}, "order_expired"],
  ])("%s", (_, change, asked, expected) => {
    const given = { paymentKey: "k", amountKrw: 11_000, ...asked };
    const made = { ...order(change), createdAt: new Date(nowMs) };
    expect(confirmStep(made, given, nowMs + orderLifeMs)).toBe(expected);
  });

  it("is too late after forty minutes", () => {
    const made = { ...order({ state: "created", paymentKey: null }), createdAt: new Date(nowMs) };
    const given = { paymentKey: "k", amountKrw: 11_000 };
    expect(confirmStep(made, given, nowMs + orderLifeMs + 1)).toBe("order_expired");
  });
});

describe("nextCheckMs", () => {
  it("asks soon at first, then hourly, then daily", () => {
    const waits = [0, 1, 2, 3, 4, 5, 40].map((attempts) => nextCheckMs(attempts, 0) / 1_000);
    expect(waits).toEqual([10, 60, 300, 900, 3_600, 3_600, 3_600]);
    expect(nextCheckMs(0, 24 * 3_600_000)).toBe(24 * 3_600_000);
  });
});
