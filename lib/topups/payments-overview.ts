import "server-only";
import type { ReconciliationRunView, ReconciliationView } from "./findings-schema";
import { countWaiting, type RunRow, readLedgerChecks, readRuns } from "./reconciliation-repo";

const minuteMs = 60_000;
/** An order whose outcome is found out by itself has been by then. */
const openOrderMs = 10 * minuteMs;
const openRefundMs = 60 * minuteMs;

/** What runs by itself to compare the money, how it last went, and what waits for somebody. */
export async function reconciliationOverview(nowMs = Date.now()): Promise<ReconciliationView> {
  const [runs, checks, waiting] = await Promise.all([
    readRuns(10),
    readLedgerChecks(5),
    countWaiting({
      orders: new Date(nowMs - openOrderMs),
      refunds: new Date(nowMs - openRefundMs),
    }),
  ]);
  const ledgerChecks = checks.map(({ id, ok, startedAt, endedAt }) => ({
    ...{ id, ok },
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
  }));
  return { runs: runs.map(runView), ledgerChecks, waiting };
}

export function runView(run: RunRow): ReconciliationRunView {
  const { fromAt, toAt, startedAt, endedAt, ...rest } = run;
  return {
    ...rest,
    fromAt: fromAt.toISOString(),
    toAt: toAt.toISOString(),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
