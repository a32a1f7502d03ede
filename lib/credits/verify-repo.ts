import "server-only";
import { db, Prisma, type Tx } from "@/lib/db";
import { type Invariant, invariantNames, type LedgerReport, shownFailures } from "./invariants";
import { ledgerQueries } from "./verify-ledger-repo";
import { type Deadlines, orderQueries } from "./verify-orders-repo";

const { sql } = Prisma;

/**
 * Asks everything of one moment: what moves meanwhile isn't seen half. Reads only; a large ledger
 * may take a minute.
 */
export function readLedgerReport(deadlines: Deadlines): Promise<LedgerReport> {
  return db().$transaction((tx) => reportIn(tx, deadlines), {
    isolationLevel: "RepeatableRead",
    maxWait: 5_000,
    timeout: 120_000,
  });
}

/** The same of what `tx` sees. */
export async function reportIn(tx: Tx, deadlines: Deadlines): Promise<LedgerReport> {
  const queries: Record<Invariant, Prisma.Sql> = { ...ledgerQueries, ...orderQueries(deadlines) };
  const report: LedgerReport = { ...(await counts(tx)), failures: [] };
  for (const invariant of invariantNames) {
    const rows = await tx.$queryRaw<{ subject: string; expected: string; actual: string }[]>(
      sql`SELECT * FROM (${queries[invariant]}) AS failures ORDER BY subject
        LIMIT ${shownFailures}::int`,
    );
    report.failures.push(...rows.map((row) => ({ invariant, ...row })));
  }
  return report;
}

async function counts(tx: Tx): Promise<Omit<LedgerReport, "failures">> {
  const [row] = await tx.$queryRaw<Omit<LedgerReport, "failures">[]>`
    SELECT (SELECT count(*)::int FROM credit_wallets) AS wallets,
      (SELECT count(*)::int FROM ledger_transactions) AS transactions,
      (SELECT count(*)::int FROM ledger_entries) AS entries,
      (SELECT count(*)::int FROM credit_reservations) AS reservations,
      (SELECT count(*)::int FROM top_up_orders) AS orders`;
  return row ?? { wallets: 0, transactions: 0, entries: 0, reservations: 0, orders: 0 };
}
