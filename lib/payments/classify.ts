/**
 * Refusals that don't say what became of the payment. Each of these came with a 4xx somewhere in
 * Toss's list or in public code, so the status alone wouldn't tell.
 */
const unsettledCodes = new Set([
  // Someone, perhaps an earlier try of ours, has done it already.
  "ALREADY_PROCESSED_PAYMENT",
  "ALREADY_CANCELED_PAYMENT",
  "ALREADY_REFUND_PAYMENT",
  "DUPLICATED_ORDER_ID",
  // The balance isn't what we think: something was cancelled without our knowing.
  "NOT_MATCHES_REFUNDABLE_AMOUNT",
  // An earlier try is still under way.
  "IDEMPOTENT_REQUEST_PROCESSING",
  "FORBIDDEN_CONSECUTIVE_REQUEST",
  // Something broke on the way to the card company or the bank.
  "PROVIDER_ERROR",
  "CARD_PROCESSING_ERROR",
  "COMMON_ERROR",
  "UNKNOWN_PAYMENT_ERROR",
  "FAILED_INTERNAL_SYSTEM_PROCESSING",
  "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING",
  "FAILED_REFUND_PROCESS",
  "FAILED_METHOD_HANDLING_CANCEL",
  "FAILED_PARTIAL_REFUND",
]);

/** Timeout, conflict, too early, too many: the request may be, or have been, at work. */
const unsettledStatuses = new Set([408, 409, 425, 429]);

/**
 * Whether an error answer to a confirmation or cancellation settles that nothing happened. In
 * doubt it doesn't: a payment taken for failed is money lost, one taken for unknown is one more
 * question.
 * @param status HTTP status, not 2xx
 * @param code of Toss's error body; undefined when there was none to read
 */
export function classifyTossError(
  status: number,
  code: string | undefined,
): { outcome: "refused"; code: string } | { outcome: "unknown"; reason: string } {
  const isClientError = status >= 400 && status < 500;
  if (code === undefined) return { outcome: "unknown", reason: `http_${status}` };
  if (!isClientError || unsettledStatuses.has(status) || unsettledCodes.has(code)) {
    return { outcome: "unknown", reason: code };
  }
  return { outcome: "refused", code };
}
