import { describe, expect, it } from "vitest";
import { ApiError } from "@/lib/client/api";
import { orderStates } from "@/lib/topups/schema";
import {
  askAgainMs,
  failureKind,
  isUnsettled,
  outcomeOf,
  pollDelayMs,
  retryDelayMs,
} from "./outcome";

describe("failureKind", () => {
  it.each([
    ["PAY_PROCESS_CANCELED", "closed"],
    ["USER_CANCEL", "closed"],
    ["PAY_PROCESS_ABORTED", "aborted"],
    ["REJECT_CARD_COMPANY", "rejected"],
    ["REJECT_ACCOUNT_PAYMENT", "rejected"],
    ["FORBIDDEN_REQUEST", "other"],
    [null, "other"],
  ])("%j is %s", (code, kind) => expect(failureKind(code)).toBe(kind));
});

describe("outcomeOf", () => {
  it("calls an order over only where no money can come of it", () => {
    const over = orderStates.filter((state) => outcomeOf(state) === "over");
    expect(over).toEqual(["failed", "expired", "cancelled"]);
    const paid = orderStates.filter((state) => outcomeOf(state) === "paid");
    expect(paid).toEqual(["paid"]);
  });
});

describe("waiting", () => {
  it.each([
    [0, 2_000],
    [29_999, 2_000],
    [30_000, 5_000],
    [120_000, 15_000],
    [3_600_000, 15_000],
  ])("after %i ms looks again in %i ms", (waited, delay) =>
    expect(pollDelayMs(waited)).toBe(delay),
  );

  it("asks again more and more seldom", () => {
    expect([0, 1, 2, 3, 4, 50].map(retryDelayMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
  });

  it("asks the payment company often for two minutes only", () => {
    expect([0, 11, 12, 500].map(askAgainMs)).toEqual([10_000, 10_000, 30_000, 30_000]);
  });
});

describe("isUnsettled", () => {
  it.each([
    ["network", 0, true],
    ["payments_unreachable", 502, true],
    ["internal", 500, true],
    ["rate_limited", 429, true],
    ["payments_unavailable", 503, false],
    ["payment_refused", 402, false],
    ["order_mismatch", 409, false],
    ["order_expired", 410, false],
    ["not_found", 404, false],
  ] as const)("%s (%i): %s", (code, status, unsettled) => {
    expect(isUnsettled(new ApiError(code, { status }))).toBe(unsettled);
  });
});
