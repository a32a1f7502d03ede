import "server-only";
import { db, type Tx } from "@/lib/db";
import type { JobCredits } from "@/lib/jobs/schema";

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
