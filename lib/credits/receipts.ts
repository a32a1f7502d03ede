import "server-only";
import { AppError } from "@/lib/errors";
import { findOwnJob } from "@/lib/jobs/service";
import type { LotSource } from "./lots";
import type { Price } from "./price";
import {
  lotSources,
  type ReservationWithLines,
  reservationsOfJob,
  type StepRow,
  stepsOf,
} from "./receipts-repo";
import type { ReceiptAttempt, ReceiptStep, ReceiptView } from "./schema";

/**
 * Everything that a job did with credits, with the numbers of its ledger transactions. It outlives
 * the job and its video: then only their names are missing.
 * @throws {AppError} `not_found`, for another's job too
 */
export async function getReceipt(options: {
  ownerId: string;
  jobId: string;
}): Promise<ReceiptView> {
  const { ownerId, jobId } = options;
  const [job, reservations] = await Promise.all([findOwnJob(options), reservationsOfJob(jobId)]);
  // What a visitor's job took stays in the visitor's wallet when the job moves to an account.
  const paidByOwner = reservations.some(({ wallet }) => wallet.ownerId === ownerId);
  if (!job && !paidByOwner) throw new AppError("not_found");
  const attempts = await attemptsOf(reservations);
  const sum = (amount: (attempt: ReceiptAttempt) => number) =>
    attempts.reduce((total, attempt) => total + amount(attempt), 0);
  return {
    jobId,
    videoTitle: job?.videoTitle ?? null,
    jobStatus: job?.status ?? null,
    captured: sum(({ captured }) => captured),
    released: sum(({ released }) => released),
    held: sum(({ amount, captured, released }) => amount - captured - released),
    attempts,
  };
}

async function attemptsOf(reservations: ReservationWithLines[]): Promise<ReceiptAttempt[]> {
  const rows = await stepsOf(reservations.map(({ id }) => id));
  const lotIds = rows.flatMap(({ entries }) => entries.flatMap(({ lotId }) => lotId ?? []));
  const sources = await lotSources([...new Set(lotIds)]);
  return reservations.map((reservation) => ({
    reservationId: reservation.id,
    attempt: reservation.attempt,
    state: reservation.state,
    // Written by the ledger from a `Price` and never changed.
    quote: reservation.quote as unknown as Price,
    amount: reservation.amount,
    captured: reservation.captured,
    released: reservation.released,
    lines: reservation.lines.map(({ component, units, amount, state, endedAt }) => ({
      component,
      units,
      amount,
      state,
      endedAt: endedAt?.toISOString() ?? null,
    })),
    steps: rows
      .filter((row) => row.reservationId === reservation.id)
      .flatMap((row) => stepOf(row, sources)),
    createdAt: reservation.createdAt.toISOString(),
    endedAt: reservation.endedAt?.toISOString() ?? null,
  }));
}

function stepOf(row: StepRow, sources: Map<string, LotSource>): ReceiptStep[] {
  const { id, kind, component, amount, reason, createdAt, entries } = row;
  if (kind !== "reserve" && kind !== "capture" && kind !== "release") return [];
  // Each lot's share stands once among the held: put there by a reserve, taken by the others.
  const lots = entries.flatMap(({ account, lotId, amount: moved }) => {
    const source = lotId === null ? undefined : sources.get(lotId);
    if (account !== "wallet_held" || lotId === null || !source) return [];
    return [{ lotId, source, amount: Math.abs(moved) }];
  });
  const at = createdAt.toISOString();
  return [{ transactionId: id, kind, component, amount, reason, at, lots }];
}
