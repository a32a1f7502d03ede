import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeRefund, nextCheckMs, unknownCancels } from "./refund-judgement";

const cancel = (cancelAmount: number, transactionKey: string | null, cancelStatus = "DONE") => ({
  ...{ cancelAmount, transactionKey, cancelStatus },
  ...{ cancelReason: null, canceledAt: null, refundableAmount: null, receiptKey: null },
});
const payment = (balanceAmount: number, ...cancels: ReturnType<typeof cancel>[]) => ({
  ...{ paymentKey: "p", balanceAmount, cancels },
});
const refund = { amountKrw: 4_000, balanceBeforeKrw: 11_000 };

describe("unknownCancels", () => {
  it("leaves out what a refund accounts for, and what isn't through", () => {
    const paid = payment(0, cancel(1, "a"), cancel(2, "b", "IN_PROGRESS"), cancel(3, null));
    const keys = unknownCancels(paid, [{ transactionKey: "a" }, { transactionKey: null }]);
    expect(keys.map(({ transactionKey }) => transactionKey)).toEqual(["p:2"]);
    expect(unknownCancels(paid, [{ transactionKey: "a" }, { transactionKey: "p:2" }])).toEqual([]);
  });
});

describe("judgeRefund", () => {
  it.each([
    ["nothing happened", payment(11_000), [], "unchanged"],
    ["ours went through", payment(7_000, cancel(4_000, "a")), [], "done"],
    ["ours and another", payment(6_000, cancel(1_000, "x"), cancel(4_000, "a")), [], "done"],
    ["another only", payment(10_000, cancel(1_000, "x")), [], "mismatch"],
    [
      "an earlier one of the same size",
      payment(11_000, cancel(4_000, "old")),
      ["old"],
      "unchanged",
    ],
    [
      "twice the same size",
      payment(7_000, cancel(4_000, "old"), cancel(4_000, "a")),
      ["old"],
      "done",
    ],
    ["less is left and nothing says why", payment(7_000), [], "mismatch"],
  ] as const)("%s", (_, paid, known, verdict) => {
    const refunds = known.map((transactionKey) => ({ transactionKey }));
    expect(judgeRefund(refund, paid, refunds).verdict).toBe(verdict);
  });
});

describe("nextCheckMs", () => {
  it("leaves a call its time, and never gives up", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(40 * 86_400_000), (attempts, ageMs) => {
        expect(nextCheckMs(attempts, ageMs)).toBeGreaterThanOrEqual(60_000);
        expect(nextCheckMs(attempts, ageMs)).toBeLessThanOrEqual(86_400_000);
      }),
    );
  });
});
