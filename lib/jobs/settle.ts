import "server-only";
import { creditsOfJob, settleJobCredits } from "@/lib/credits/job-credits";
import type { PriceComponent } from "@/lib/credits/price";
import type { ErrorCode } from "@/lib/errors";
import { type Tx, transaction } from "@/lib/transaction";
import { startRetention } from "@/lib/videos/retention";
import { noticeEnd } from "./notices";
import { appendEvent, type LockedJob, lockJob, readStages, updateJob, updateStage } from "./repo";
import { finalStatuses, type JobStageName } from "./schema";

export type Outcome =
  | {
      status: "completed";
      tracks: { id: string; language: string }[];
      /** What of the price this result is worth; the rest is given back. */
      captured?: PriceComponent[];
    }
  | { status: "cancelled" }
  | { status: "failed"; errorCode: ErrorCode; errorDetail?: string };

/**
 * The one way a job ends. Success, failure, cancellation and the reconciler all come here; the row
 * lock and the check of status and attempt let exactly one of them through. Answers whether it
 * was this call that ended the job.
 */
export function settleJob(options: {
  jobId: string;
  attempt: number;
  outcome: Outcome;
}): Promise<boolean> {
  return transaction(async (tx) => {
    const job = await lockJob(tx, options.jobId);
    if (!job || job.attempt !== options.attempt || finalStatuses.includes(job.status)) return false;
    await settleLocked(tx, job, options.outcome);
    return true;
  });
}

/** Ends a job whose row `tx` holds and which hasn't ended. */
export async function settleLocked(tx: Tx, job: LockedJob, outcome: Outcome): Promise<void> {
  const at = new Date();
  const failedStage =
    outcome.status === "failed" ? await failRunningStage(tx, job.id, at) : undefined;
  const progress = outcome.status === "completed" ? 100 : job.progress;
  await updateJob(tx, job.id, {
    status: outcome.status,
    progress,
    endedAt: at,
    errorCode: outcome.status === "failed" ? outcome.errorCode : null,
    errorDetail: outcome.status === "failed" ? (outcome.errorDetail ?? null) : null,
    failedStage: failedStage ?? null,
  });
  const work = outcome.status === "failed" ? "waiting" : outcome.status;
  await startRetention(tx, { videoId: job.videoId, outcome: work });
  await settleJobCredits(tx, { jobId: job.id, attempt: job.attempt, ...chargeOf(outcome) });
  await appendEvent(tx, job.id, {
    kind: "status",
    status: outcome.status,
    progress,
    credits: await creditsOfJob(tx, job.id),
    ...(outcome.status === "failed" && { errorCode: outcome.errorCode }),
    ...(failedStage && { failedStage }),
    ...(outcome.status === "completed" && { tracks: outcome.tracks }),
  });
  await noticeEnd(tx, job, outcome.status);
}

/**
 * What an end is charged. A video in which nobody speaks is looked at for nothing: there is no
 * subtitle to pay for.
 */
function chargeOf(outcome: Outcome) {
  switch (outcome.status) {
    case "completed": {
      const { captured = [] } = outcome;
      return { captured, ours: true, reason: captured.length === 0 ? "no_speech" : "unused" };
    }
    case "failed":
      return { captured: [], ours: true, reason: outcome.errorCode };
    case "cancelled":
      return { captured: [], ours: false, reason: "cancelled" };
  }
}

/** Marks the stage that was at work as failed; answers its name. */
async function failRunningStage(
  tx: Tx,
  jobId: string,
  at: Date,
): Promise<JobStageName | undefined> {
  const stages = await readStages(tx, jobId);
  const stage =
    stages.find((candidate) => candidate.status === "running") ??
    stages.find((candidate) => candidate.status === "pending");
  if (!stage) return undefined;
  const { progress } = stage;
  await updateStage(tx, { jobId, stage: stage.stage, status: "failed", progress, at });
  return stage.stage as JobStageName;
}
