import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type JobCredits, type JobLine, noCredits } from "@/lib/jobs/schema";
import type { Tx } from "@/lib/transaction";
import { heldTranscription, linesOf, sumsOfJobs } from "./job-credits-repo";
import { captureLine, releaseCredits, reserveCredits } from "./ledger";
import { capturedComponents, readAvailable } from "./ledger-repo";
import { afterSpend } from "./low-balance";
import { type Price, type PriceComponent, priceJob } from "./price";

/** One attempt at a job, whose credits are held, taken and given back together. */
interface JobAttempt {
  jobId: string;
  attempt: number;
}

const of = ({ jobId, attempt }: JobAttempt) =>
  ({ purpose: "job", subjectId: jobId, attempt }) as const;

/** What a job has paid for already, whatever the attempt. */
export function paidComponents(tx: Tx, jobId: string): Promise<string[]> {
  return capturedComponents(tx, { purpose: "job", subjectId: jobId });
}

/** Why a job can't be paid for: its price, and what there is. */
export interface Declined {
  code: "price_changed" | "credits_insufficient" | "wallet_frozen";
  /** Credits that it costs. */
  amount: number;
  /** Credits that can be spent. */
  available: number;
}

/**
 * Holds the price of an attempt, if it isn't above what was agreed to. Answers why not: the caller
 * commits and then throws, because the ledger keeps a refusal, under a key of its own, so that the
 * person may try again once there is more.
 */
export async function holdForJob(
  tx: Tx,
  options: JobAttempt & {
    ownerId: string;
    price: Price;
    maxCredits?: number | undefined;
    nowMs?: number;
  },
): Promise<Declined | undefined> {
  const { ownerId, jobId, attempt, price, nowMs = Date.now() } = options;
  if (price.lines.length === 0) return undefined;
  if (price.total > (options.maxCredits ?? price.total)) {
    const available = await readAvailable(ownerId, new Date(nowMs), tx);
    return { code: "price_changed", amount: price.total, available };
  }
  // One attempt can hold only once (a unique key), so a key per try can't hold twice.
  const key = `job:${jobId}:${attempt}:${newId(nowMs)}`;
  const held = await reserveCredits(tx, { ...of(options), ownerId, price, key, nowMs });
  if (held.outcome === "applied") {
    await afterSpend(tx, ownerId, nowMs);
    return undefined;
  }
  const code = held.refusal === "wallet_frozen" ? "wallet_frozen" : "credits_insufficient";
  return { code, amount: held.amount, available: held.available };
}

/** Takes what a finished part of an attempt costs, in the transaction that stores the part. */
export function captureForJob(
  tx: Tx,
  options: JobAttempt & { component: PriceComponent; nowMs?: number },
): Promise<void> {
  const { component, nowMs } = options;
  return captureLine(tx, { ...of(options), component }, nowMs);
}

/** Gives back what an attempt still holds, or one part of it. */
export function releaseForJob(
  tx: Tx,
  options: JobAttempt & {
    component?: PriceComponent;
    /** Not the person's wish. */
    ours: boolean;
    /** Why, as the receipt says it. */
    reason: string;
    nowMs?: number;
  },
): Promise<void> {
  const { component, ours, reason, nowMs } = options;
  return releaseCredits(tx, of(options), {
    ...(component && { component }),
    ours,
    reason,
    ...(nowMs !== undefined && { nowMs }),
  });
}

/** The credits of a job, all attempts together; zeros for one that was never priced. */
export async function creditsOfJob(tx: Tx, jobId: string): Promise<JobCredits> {
  return (await sumsOfJobs([jobId], tx)).get(jobId) ?? noCredits;
}

export function creditsOfJobs(jobIds: readonly string[]): Promise<Map<string, JobCredits>> {
  return sumsOfJobs(jobIds);
}

/** What a job costs, line by line, as each stands now. */
export async function linesOfJob(tx: Tx, jobId: string): Promise<JobLine[]> {
  return (await linesOf([jobId], tx)).get(jobId) ?? [];
}

export function linesOfJobs(jobIds: readonly string[]): Promise<Map<string, JobLine[]>> {
  return linesOf(jobIds);
}

/** How much longer than paid for a file may turn out to be: containers are inexact. */
const slackMs = 2_000;
const slackShare = 0.02;

/** Whether what is held for `paidMs` still covers a file that turned out to be `realMs` long. */
export function coversLength(paidMs: number, realMs: number): boolean {
  return realMs <= paidMs + Math.max(slackMs, paidMs * slackShare);
}

/**
 * A price comes from the first bytes of a file, as its sender cut them out. Before anything costs
 * us something, the whole file is held against it.
 * @throws {AppError} `price_changed` when the file is longer than what is held for it
 */
export async function assertPaidLength(of: JobAttempt, durationMs: number): Promise<void> {
  const line = await heldTranscription(of.jobId, of.attempt);
  if (!line || coversLength(line.units, durationMs)) return;
  const amount = priceJob({ durationMs }).total;
  throw new AppError("price_changed", { data: { amount, maxCredits: line.amount } });
}
