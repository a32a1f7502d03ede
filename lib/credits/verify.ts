import "server-only";
import { expireWithinMs, type LedgerReport, reapWithinMs } from "./invariants";
import { readLedgerReport } from "./verify-repo";

/**
 * Reckons everything anew from the ledger's entries and compares: answers what doesn't add up,
 * with both numbers. Changes nothing.
 */
export function verifyLedger(nowMs = Date.now()): Promise<LedgerReport> {
  return readLedgerReport({
    reaped: new Date(nowMs - reapWithinMs),
    expired: new Date(nowMs - expireWithinMs),
  });
}
