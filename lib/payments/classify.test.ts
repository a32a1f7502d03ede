import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyTossError } from "./classify";

describe("classifyTossError", () => {
  it.each([
    [400, "INVALID_REQUEST"],
    [401, "UNAUTHORIZED_KEY"],
    [403, "REJECT_CARD_PAYMENT"],
    [403, "REJECT_ACCOUNT_PAYMENT"],
    [403, "NOT_CANCELABLE_AMOUNT"],
    [403, "NOT_CANCELABLE_PAYMENT"],
    [404, "NOT_FOUND_PAYMENT"],
    [404, "NOT_FOUND_PAYMENT_SESSION"],
  ])("takes %i %s for certain: nothing happened", (status, code) => {
    expect(classifyTossError(status, code)).toEqual({ outcome: "refused", code });
  });

  it.each([
    [400, "ALREADY_PROCESSED_PAYMENT"],
    [400, "ALREADY_CANCELED_PAYMENT"],
    [400, "ALREADY_REFUND_PAYMENT"],
    [400, "DUPLICATED_ORDER_ID"],
    [400, "NOT_MATCHES_REFUNDABLE_AMOUNT"],
    [400, "PROVIDER_ERROR"],
    [400, "CARD_PROCESSING_ERROR"],
    [403, "FORBIDDEN_CONSECUTIVE_REQUEST"],
    [409, "IDEMPOTENT_REQUEST_PROCESSING"],
    [429, "TOO_MANY_REQUESTS"],
    [408, "REQUEST_TIMEOUT"],
    [500, "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING"],
    [500, "COMMON_ERROR"],
    [500, "REJECT_CARD_PAYMENT"],
    [302, "INVALID_REQUEST"],
  ])("takes %i %s for unknown", (status, code) => {
    expect(classifyTossError(status, code)).toEqual({ outcome: "unknown", reason: code });
  });

  it("takes an answer without Toss's error body for unknown, whatever its status", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), (status) => {
        expect(classifyTossError(status, undefined).outcome).toBe("unknown");
      }),
    );
  });

  it("never takes a 5xx for certain", () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 599 }), fc.string(), (status, code) => {
        expect(classifyTossError(status, code).outcome).toBe("unknown");
      }),
    );
  });
});
