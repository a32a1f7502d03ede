import "server-only";
import { db, type Tx } from "@/lib/db";
import type { JobCredits, JobLine } from "@/lib/jobs/schema";

/** What each of these jobs holds, has been charged and was given back, all attempts together. */
export async function sumsOfJobs(
  jobIds: readonly string[],
  tx: Tx = db(),
): Promise<Map<string, JobCredits>> {
  if (jobIds.length === 0) return new Map();
  const rows = await tx.creditReservation.groupBy({
    by: ["subjectId"],
    where: { purpose: "job", subjectId: { in: [...jobIds] } },
    _sum: { amount: true, captured: true, released: true },
  });
  return new Map(
    rows.map(({ subjectId, _sum }) => {
      const { amount, captured, released } = _sum;
      const [all, taken, given] = [amount ?? 0, captured ?? 0, released ?? 0];
      return [subjectId, { held: all - taken - given, captured: taken, released: given }];
    }),
  );
}

/** The length that a job's attempt holds credits for, in ms, and the credits; null: none. */
export async function heldTranscription(
  jobId: string,
  attempt: number,
): Promise<{ units: number; amount: number } | null> {
  return db().reservationLine.findFirst({
    where: { component: "transcribe", reservation: { purpose: "job", subjectId: jobId, attempt } },
    select: { units: true, amount: true },
  });
}

/**
 * The lines of each of these jobs, each as it stands in the newest attempt that had it, in the
 * order in which they were first priced.
 */
export async function linesOf(
  jobIds: readonly string[],
  tx: Tx = db(),
): Promise<Map<string, JobLine[]>> {
  if (jobIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<(JobLine & { jobId: string })[]>`
    SELECT r.subject_id::text AS "jobId", l.component, l.amount, l.state::text AS state,
      CASE WHEN l.state = 'released' THEN (
        SELECT t.reason FROM ledger_transactions t
        WHERE t.reservation_id = r.id AND t.kind = 'release' AND t.outcome = 'applied'
          AND (t.component = l.component OR t.component IS NULL)
        ORDER BY t.component NULLS LAST LIMIT 1) END AS reason
    FROM credit_reservations r JOIN reservation_lines l ON l.reservation_id = r.id
    WHERE r.purpose = 'job' AND r.subject_id = ANY(${[...jobIds]}::uuid[])
    ORDER BY r.attempt, l.position`;
  const jobs = new Map<string, Map<string, JobLine>>();
  for (const { jobId, ...line } of rows) {
    const lines = jobs.get(jobId) ?? new Map<string, JobLine>();
    jobs.set(jobId, lines.set(line.component, line));
  }
  return new Map([...jobs].map(([jobId, lines]) => [jobId, [...lines.values()]]));
}
