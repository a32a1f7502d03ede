import { describe, expect, it } from "vitest";
import { orderStates, type RefundView } from "@/lib/topups/schema";
import { mayRefund, orderRefreshMs, refundedKrw, refundSteps } from "./order-state";

const refund = (state: RefundView["state"], amountKrw = 1_000): RefundView => ({
  id: state,
  state,
  amountKrw,
  paidCredits: 10,
  bonusCredits: 0,
  policy: "rest",
  failureMessage: null,
  createdAt: "2026-11-27T00:00:00Z",
  endedAt: null,
});

describe("mayRefund", () => {
  it("only where money was taken and some of it is left", () => {
    const may = orderStates.filter((state) =>
      mayRefund({ state, balanceKrw: 11_000, refunds: [] }),
    );
    expect(may).toEqual(["paid", "partially_refunded"]);
    expect(mayRefund({ state: "paid", balanceKrw: 0, refunds: [] })).toBe(false);
  });

  it.each([
    ["requested", false],
    ["unknown", false],
    ["done", true],
    ["rejected", true],
  ] as const)("beside a refund that is %s: %s", (state, may) => {
    const order = { state: "paid", balanceKrw: 11_000, refunds: [refund(state)] } as const;
    expect(mayRefund({ ...order, refunds: [...order.refunds] })).toBe(may);
  });
});

describe("orderRefreshMs", () => {
  it("looks again only while something is under way", () => {
    const moving = orderStates.filter((state) => orderRefreshMs({ state, refunds: [] }) > 0);
    expect(moving).toEqual(["confirming", "unknown", "awaiting_deposit"]);
    expect(orderRefreshMs({ state: "paid", refunds: [refund("unknown")] })).toBeGreaterThan(0);
    expect(orderRefreshMs({ state: "paid", refunds: [refund("done")] })).toBe(0);
    expect(orderRefreshMs(undefined)).toBe(0);
  });
});

describe("amounts", () => {
  it("counts what was really given back", () => {
    const refunds = [refund("done", 3_000), refund("rejected", 5_000), refund("done", 1_500)];
    expect(refundedKrw({ refunds })).toBe(4_500);
  });

  it("names what was used only where something was", () => {
    const order = { balanceKrw: 11_000 };
    expect(refundSteps(order, { usedCredits: 0, unitPriceKrw: 11 }).used).toBeNull();
    expect(refundSteps(order, { usedCredits: 126, unitPriceKrw: 11 })).toEqual({
      balanceKrw: 11_000,
      used: { credits: 126, unitPriceKrw: 11 },
    });
  });
});
