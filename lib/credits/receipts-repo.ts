import "server-only";
import { db, type Prisma } from "@/lib/db";

const include = {
  wallet: { select: { ownerId: true } },
  lines: { orderBy: { position: "asc" } },
} satisfies Prisma.CreditReservationInclude;

export type ReservationWithLines = Prisma.CreditReservationGetPayload<{ include: typeof include }>;

/** Everything that was ever held for a job, first attempt first. */
export async function reservationsOfJob(jobId: string): Promise<ReservationWithLines[]> {
  return db().creditReservation.findMany({
    where: { purpose: "job", subjectId: jobId },
    orderBy: { attempt: "asc" },
    include,
  });
}

export type StepRow = Prisma.LedgerTransactionGetPayload<{ include: { entries: true } }>;

/** What happened to these reservations, in order; refusals moved nothing. */
export async function stepsOf(reservationIds: string[]): Promise<StepRow[]> {
  return db().ledgerTransaction.findMany({
    where: { reservationId: { in: reservationIds }, outcome: "applied" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: { entries: { orderBy: { line: "asc" } } },
  });
}

export async function lotSources(lotIds: string[]) {
  const rows = await db().creditLot.findMany({
    where: { id: { in: lotIds } },
    select: { id: true, source: true },
  });
  return new Map(rows.map(({ id, source }) => [id, source]));
}
