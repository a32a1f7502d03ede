import "server-only";
import { AppError, type ErrorCode } from "@/lib/errors";
import { type Tx, transaction } from "@/lib/transaction";
import { stageEstimates } from "../estimates";
import { overallProgress } from "../progress";
import { appendEvent, type LockedJob, lockJob, readStages, updateJob, updateStage } from "../repo";
import type { StageView } from "../schema";
import { readSpeeds } from "../speed-repo";
import type { JobStageName, StageStatus } from "../stages";

/** A step's place: which job, which of its attempts. */
export interface JobRef {
  jobId: string;
  attempt: number;
}

/**
 * The job's row, locked, if this attempt is still the one under way.
 * @throws {AppError} `job_cancelled` or `job_finished`, which stop the step for good.
 */
export async function lockLive(tx: Tx, { jobId, attempt }: JobRef): Promise<LockedJob> {
  const job = await lockJob(tx, jobId);
  if (!job || job.attempt !== attempt || job.status === "cancelled") {
    throw new AppError("job_cancelled");
  }
  if (job.status === "completed" || job.status === "failed") throw new AppError("job_finished");
  return job;
}

/**
 * Notes how far a stage is, within `tx`. Neither the stage nor the whole ever falls. Answers
 * whether that was news.
 */
export async function noteStage(
  tx: Tx,
  job: LockedJob,
  at: { stage: JobStageName; status: StageStatus; progress: number; errorCode?: ErrorCode },
): Promise<boolean> {
  const { stage, status, errorCode } = at;
  const before = (await readStages(tx, job.id)) as StageRow[];
  const current = before.find((candidate) => candidate.stage === stage);
  if (!current || current.status === "completed") return false;
  const stageProgress = Math.max(current.progress, Math.min(100, Math.floor(at.progress)));
  if (current.status === status && current.progress === stageProgress) return false;
  await updateStage(tx, { jobId: job.id, stage, status, progress: stageProgress, at: new Date() });
  const progress = await noteWhole(
    tx,
    job,
    before.map((other) => (other.stage === stage ? { ...other, progress: stageProgress } : other)),
  );
  await appendEvent(tx, job.id, {
    ...{ kind: "stage", stage, status, stageProgress, progress },
    ...(errorCode && { errorCode }),
  });
  return true;
}

type StageRow = Pick<StageView, "stage" | "status" | "progress">;

/** The whole by what each stage weighs: measured where it can be. */
async function noteWhole(tx: Tx, job: LockedJob, stages: StageRow[]): Promise<number> {
  const { kind, settings: options, durationMs, speechMs, speechEngine, speechModel } = job;
  const recogniser =
    speechEngine && speechModel ? { engine: speechEngine, model: speechModel } : undefined;
  const estimates = stageEstimates(
    { kind, options, durationMs, speechMs, recogniser },
    await readSpeeds(tx),
  );
  const weighed = stages.map((each) => ({
    ...each,
    // What the job goes on without is over.
    progress: each.status === "failed" ? 100 : each.progress,
    estimateMs: estimates.get(each.stage) ?? null,
  }));
  const progress = Math.max(job.progress, overallProgress(weighed));
  await updateJob(tx, job.id, { progress });
  job.progress = progress;
  return progress;
}

/** Notes how far a stage is, in a transaction of its own. */
export function reportStage(
  ref: JobRef,
  at: { stage: JobStageName; status: StageStatus; progress: number; errorCode?: ErrorCode },
): Promise<void> {
  return transaction(async (tx) => {
    await noteStage(tx, await lockLive(tx, ref), at);
  });
}

/** Live progress is written at most this often; more would only load the database. */
const reportEveryMs = 500;

/**
 * A callback for work that tells its progress as 0..1: maps it into `from`..`to` percent of the
 * stage and writes it now and then. `flush` waits for the last write.
 */
export function progressReporter(
  ref: JobRef,
  span: { stage: JobStageName; from: number; to: number },
): { onProgress: (fraction: number) => void; flush: () => Promise<void> } {
  let lastMs = 0;
  let writing: Promise<void> = Promise.resolve();
  return {
    onProgress: (fraction) => {
      const nowMs = Date.now();
      if (nowMs - lastMs < reportEveryMs) return;
      lastMs = nowMs;
      const progress = span.from + (span.to - span.from) * fraction;
      const report = () => reportStage(ref, { stage: span.stage, status: "running", progress });
      // Progress is for looking at: a failed write must not fail the work it describes.
      writing = writing.then(report).catch(() => undefined);
    },
    flush: () => writing,
  };
}
