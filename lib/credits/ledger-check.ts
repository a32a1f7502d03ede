import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { newId } from "@/lib/ids";
import { isAttemptAlive } from "@/lib/jobs/alive";
import { log } from "@/lib/log";
import { raiseFinding } from "@/lib/topups/findings";
import { transaction } from "@/lib/transaction";
import type { InvariantFailure, LedgerReport } from "./invariants";
import { deleteChecksBefore, insertCheck, latestCheck } from "./ledger-check-repo";
import { expireLots, reapReservations } from "./sweep";
import { verifyLedger } from "./verify";

/** How long checks are kept, in ms. */
const keptMs = 7 * 24 * 3_600_000;
/** One cause breaks many rows: what is raised of a check; its row keeps the rest. */
const raisedFailures = 20;

/** Lets go of what has expired, and of what is held for work that is gone. */
export async function sweepLedger(
  nowMs = Date.now(),
): Promise<{ expired: number; released: number }> {
  const expired = await expireLots(nowMs);
  const released = await reapReservations(
    async ({ purpose, subjectId, attempt }) =>
      purpose === "job" && (await isAttemptAlive(subjectId, attempt)),
    nowMs,
  );
  return { expired, released };
}

/**
 * Verifies the ledger and keeps what came of it; what doesn't add up becomes a finding, an audit
 * event and a line in the log.
 */
export async function checkLedger(nowMs = Date.now()): Promise<LedgerReport> {
  await sweepLedger(nowMs);
  const startedAt = new Date(nowMs);
  const report = await verifyLedger(nowMs);
  const { failures } = report;
  const ok = failures.length === 0;
  const check = { id: newId(nowMs), startedAt, endedAt: new Date(), ok, failures };
  await transaction(async (tx) => {
    const before = await latestCheck(tx);
    await insertCheck(tx, check);
    await deleteChecksBefore(tx, new Date(nowMs - keptMs));
    for (const failure of failures.slice(0, raisedFailures)) {
      await raiseFinding(tx, { ...finding(failure), severity: "critical" }, nowMs);
    }
    // The same again every few minutes would say nothing new in a log that is kept for ever.
    if (!ok && summary(before?.failures ?? []) !== summary(failures)) {
      const names = [...new Set(failures.map(({ invariant }) => invariant))].join(" ");
      const detail = { check: check.id, failures: failures.length, invariants: names };
      appendAudit(tx, { name: "ledger_check_failed", level: "critical", detail });
    }
  });
  if (!ok) log("ledger").error({ failures: failures.slice(0, raisedFailures) }, "doesn't add up");
  return report;
}

function summary(failures: readonly InvariantFailure[]): string {
  const line = ({ invariant, subject, expected, actual }: InvariantFailure) =>
    [invariant, subject, expected, actual].join(" | ");
  return failures.map(line).join("\n");
}

function finding({ invariant, subject, expected, actual }: InvariantFailure) {
  return { code: `ledger_${invariant}`, subject, expected, actual };
}

/** How the ledger's last check went; null before the first. */
export async function lastLedgerCheck(): Promise<{ ok: boolean; at: string } | null> {
  const check = await latestCheck();
  return check ? { ok: check.ok, at: check.startedAt.toISOString() } : null;
}
