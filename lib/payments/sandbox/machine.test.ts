import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confirmMs, expired, move, type PaymentEvent, windowMs } from "./machine";
import { newPayment, type SandboxPayment } from "./payment";

const startMs = Date.parse("2026-11-27T00:00:00Z");

function payment(change: Partial<SandboxPayment> = {}): SandboxPayment {
  const request = {
    orderId: "order-1",
    orderName: "credits",
    customerKey: "customer",
    method: "CARD" as const,
    cashReceipt: "미발행" as const,
    amountKrw: 11_000,
    successUrl: "http://localhost:3000/s",
    failUrl: "http://localhost:3000/f",
  };
  const keys = { paymentKey: "key", windowId: "window", receiptKey: "receipt", secret: "secret" };
  return { ...newPayment(request, keys, startMs), ...change };
}

const authenticate: PaymentEvent = {
  type: "authenticate",
  easyPay: false,
  refuseAtConfirm: null,
};
const confirm: PaymentEvent = {
  type: "confirm",
  orderId: "order-1",
  amountKrw: 11_000,
  transactionKey: "T1",
};
const cancel = (amountKrw?: number, more: object = {}): PaymentEvent => ({
  type: "cancel",
  reason: "refund",
  amountKrw,
  hasRefundAccount: false,
  transactionKey: "T2",
  ...more,
});
const abort: PaymentEvent = { type: "abort", code: "REJECT_CARD_COMPANY" };
const deposit: PaymentEvent = { type: "deposit", transactionKey: "T3" };
const revert: PaymentEvent = { type: "revert_deposit", transactionKey: "T4" };
const account = { method: "VIRTUAL_ACCOUNT" } as const;

type State = Partial<SandboxPayment>;
const done: State = { status: "DONE", approvedAtMs: startMs };
const partly: State = { ...done, status: "PARTIAL_CANCELED", balanceKrw: 6_000 };

describe("move", () => {
  it.each<[string, State, PaymentEvent, string, string[]]>([
    ["paid in the window", {}, authenticate, "IN_PROGRESS", []],
    ["given up for good", {}, abort, "ABORTED", ["status"]],
    ["broken off", { status: "IN_PROGRESS" }, abort, "ABORTED", ["status"]],
    ["confirmed", { status: "IN_PROGRESS" }, confirm, "DONE", ["status"]],
    [
      "an account",
      { ...account, status: "IN_PROGRESS" },
      confirm,
      "WAITING_FOR_DEPOSIT",
      ["status"],
    ],
    [
      "deposited",
      { ...account, status: "WAITING_FOR_DEPOSIT" },
      deposit,
      "DONE",
      ["status", "deposit"],
    ],
    ["taken back", { ...account, ...done }, revert, "WAITING_FOR_DEPOSIT", ["status", "deposit"]],
    ["cancelled", done, cancel(), "CANCELED", ["status"]],
    ["cancelled by amount", done, cancel(11_000), "CANCELED", ["status"]],
    ["cancelled in part", done, cancel(5_000), "PARTIAL_CANCELED", ["status"]],
    ["cancelled in part again", partly, cancel(1), "PARTIAL_CANCELED", ["status"]],
    ["cancelled to the end", partly, cancel(), "CANCELED", ["status"]],
    [
      "an account given up",
      { ...account, status: "WAITING_FOR_DEPOSIT" },
      cancel(),
      "CANCELED",
      ["status", "deposit"],
    ],
  ])("%s: %o", (_, state, event, status, webhooks) => {
    const moved = move(payment(state), event, startMs + 1);
    expect(moved).toMatchObject({ ok: true, payment: { status }, webhooks });
  });

  it.each<[string, State, PaymentEvent]>([
    ["NOT_FOUND_PAYMENT_SESSION", { status: "IN_PROGRESS" }, authenticate],
    ["NOT_FOUND_PAYMENT_SESSION", { status: "EXPIRED" }, authenticate],
    ["NOT_FOUND_PAYMENT_SESSION", done, abort],
    ["NOT_FOUND_PAYMENT_SESSION", {}, confirm],
    ["NOT_FOUND_PAYMENT_SESSION", { status: "EXPIRED" }, confirm],
    ["NOT_FOUND_PAYMENT_SESSION", { status: "ABORTED" }, confirm],
    ["NOT_FOUND_PAYMENT_SESSION", { status: "IN_PROGRESS" }, { ...confirm, orderId: "order-2" }],
    ["INVALID_REQUEST", { status: "IN_PROGRESS" }, { ...confirm, amountKrw: 100 }],
    ["ALREADY_PROCESSED_PAYMENT", done, confirm],
    ["ALREADY_PROCESSED_PAYMENT", { status: "CANCELED" }, confirm],
    ["ALREADY_PROCESSED_PAYMENT", { ...account, status: "WAITING_FOR_DEPOSIT" }, confirm],
    ["ALREADY_CANCELED_PAYMENT", { status: "CANCELED", balanceKrw: 0 }, cancel()],
    ["NOT_CANCELABLE_PAYMENT", {}, cancel()],
    ["NOT_CANCELABLE_PAYMENT", { status: "ABORTED" }, cancel()],
    ["NOT_CANCELABLE_AMOUNT", done, cancel(11_001)],
    ["NOT_CANCELABLE_AMOUNT", partly, cancel(6_001)],
    ["NOT_MATCHES_REFUNDABLE_AMOUNT", partly, cancel(1, { expectedBalanceKrw: 11_000 })],
    ["INVALID_REFUND_ACCOUNT_INFO", { ...account, ...done }, cancel()],
    [
      "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT",
      { ...account, status: "WAITING_FOR_DEPOSIT" },
      cancel(1),
    ],
    ["INVALID_REQUEST", done, deposit],
    ["INVALID_REQUEST", done, revert],
  ])("answers %s: %o", (code, state, event) => {
    expect(move(payment(state), event, startMs + 1)).toEqual({ ok: false, code });
  });

  it("ends a payment that the card company refuses", () => {
    const refused = payment({ status: "IN_PROGRESS", refuseAtConfirm: "REJECT_CARD_PAYMENT" });
    expect(move(refused, confirm, startMs)).toMatchObject({
      ok: false,
      code: "REJECT_CARD_PAYMENT",
      payment: { status: "ABORTED", failureCode: "REJECT_CARD_PAYMENT" },
    });
  });

  it("never gives back more than was paid, whatever is asked for", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12_000 }), { maxLength: 20 }), (amounts) => {
        let current = payment(done);
        for (const amountKrw of amounts) {
          const moved = move(current, cancel(amountKrw), startMs);
          if (moved.ok) current = moved.payment;
        }
        const givenBack = current.cancels.reduce((sum, each) => sum + each.amountKrw, 0);
        expect(givenBack + current.balanceKrw).toBe(11_000);
        expect(current.balanceKrw).toBeGreaterThanOrEqual(0);
        expect(current.status === "CANCELED").toBe(current.balanceKrw === 0);
      }),
    );
  });
});

describe("expired", () => {
  it.each<[string, State, number, boolean]>([
    ["an open window before 30 min", {}, windowMs - 1, false],
    ["an open window at 30 min", {}, windowMs, true],
    [
      "an unconfirmed payment before 10 min",
      { status: "IN_PROGRESS", authenticatedAtMs: startMs + 1_000 },
      confirmMs + 999,
      false,
    ],
    [
      "an unconfirmed payment at 10 min",
      { status: "IN_PROGRESS", authenticatedAtMs: startMs + 1_000 },
      confirmMs + 1_000,
      true,
    ],
    ["a payment, ever", done, 1e12, false],
    ["an account, ever", { ...account, status: "WAITING_FOR_DEPOSIT" }, 1e12, false],
  ])("%s: %o", (_, state, afterMs, isOver) => {
    expect(expired(payment(state), startMs + afterMs)?.status).toBe(isOver ? "EXPIRED" : undefined);
  });
});
