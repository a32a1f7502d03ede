import "server-only";
import { creditsOfJob, linesOfJob, releaseForJob } from "@/lib/credits/job-credits";
import type { ErrorCode } from "@/lib/errors";
import { type Tx, transaction } from "@/lib/transaction";
import { endWork } from "@/lib/videos/retention";
import { hasSource } from "./attempts";
import { noticeEnd } from "./notices";
import { appendEvent, type LockedJob, lockJob, readStages, updateJob, updateStage } from "./repo";
import type { JobStageName } from "./stages";
import { finalStatuses } from "./statuses";
import { readTranslations, resetTranslations, updateTranslation } from "./translation-repo";
import { languageViews, tracksOfJob } from "./view-repo";

export type Outcome =
  | {
      status: "completed";
      tracks: { id: string; language: string }[];
      /** Why what is still held is given back. */
      reason?: string;
    }
  | { status: "cancelled" }
  | { status: "failed"; errorCode: ErrorCode; errorDetail?: string };

/**
 * The one way a job ends. Success, failure, cancellation and the reconciler all come here; the row
 * lock and the check of status and attempt let exactly one of them through. What is finished has
 * been paid for where it was stored; the rest is given back. Answers whether it was this call that
 * ended the job.
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

/**
 * Ends a job whose run has given up. What it has finished stays: subtitles whose translations
 * failed are subtitles.
 */
export function failJob(options: {
  jobId: string;
  attempt: number;
  errorCode: ErrorCode;
  errorDetail?: string;
}): Promise<boolean> {
  const { jobId, attempt, ...failure } = options;
  return transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job || job.attempt !== attempt || finalStatuses.includes(job.status)) return false;
    if (!hasSource(job.kind, await readStages(tx, jobId))) {
      await settleLocked(tx, job, { status: "failed", ...failure });
      return true;
    }
    for (const { language, status, progress } of await readTranslations(tx, jobId)) {
      if (status === "completed" || status === "failed") continue;
      const to = { status: "failed", progress, at: new Date(), ...failure } as const;
      await updateTranslation(tx, { jobId, language }, to);
    }
    return endIfDone(tx, job);
  });
}

/** Ends a job none of whose languages is still to come. Answers whether it did. */
export async function endIfDone(tx: Tx, job: LockedJob, reason?: string): Promise<boolean> {
  const translations = await readTranslations(tx, job.id);
  const open = ({ status }: { status: string }) => status === "pending" || status === "running";
  if (translations.some(open)) return false;
  const failed = translations.filter(({ status }) => status === "failed");
  const [first] = failed;
  const stages = await readStages(tx, job.id);
  if (stages.some(({ stage }) => stage === "translation")) {
    const at = new Date();
    const status = first ? "failed" : "completed";
    await updateStage(tx, { jobId: job.id, stage: "translation", status, progress: 100, at });
  }
  if (job.kind === "translate" && first && failed.length === translations.length) {
    const errorCode = (first.errorCode ?? "internal") as ErrorCode;
    await settleLocked(tx, job, { status: "failed", errorCode });
    return true;
  }
  const tracks = await tracksOfJob(tx, job.id);
  // What failed says why itself; what is left over beside it has the first one's reason.
  const left = reason ?? first?.errorCode ?? "unused";
  await settleLocked(tx, job, { status: "completed", tracks, reason: left });
  return true;
}

/** Ends a job whose row `tx` holds and which hasn't ended. */
export async function settleLocked(tx: Tx, job: LockedJob, outcome: Outcome): Promise<void> {
  const at = new Date();
  const { status } = outcome;
  const failedStage = status === "failed" ? await failRunningStage(tx, job.id, at) : undefined;
  const progress = status === "completed" ? 100 : job.progress;
  await updateJob(tx, job.id, {
    status,
    progress,
    endedAt: at,
    errorCode: status === "failed" ? outcome.errorCode : null,
    errorDetail: status === "failed" ? (outcome.errorDetail ?? null) : null,
    failedStage: failedStage ?? null,
  });
  const running = (await readTranslations(tx, job.id)).filter((row) => row.status === "running");
  await resetTranslations(
    tx,
    job.id,
    running.map(({ language }) => language),
  );
  await endWork(tx, {
    videoId: job.videoId,
    outcome: status === "failed" ? "waiting" : status,
  });
  await releaseForJob(tx, { jobId: job.id, attempt: job.attempt, ...releaseOf(outcome) });
  await appendEvent(tx, job.id, {
    kind: "status",
    status,
    progress,
    credits: await creditsOfJob(tx, job.id),
    lines: await linesOfJob(tx, job.id),
    languages: await languageViews(tx, job.id),
    stages: await stagesNow(tx, job.id),
    ...(status === "failed" && { errorCode: outcome.errorCode }),
    ...(failedStage && { failedStage }),
    ...(status === "completed" && { tracks: outcome.tracks }),
  });
  await noticeEnd(tx, job, status);
}

/** Why what an end leaves is given back. */
function releaseOf(outcome: Outcome): { ours: boolean; reason: string } {
  switch (outcome.status) {
    case "completed":
      return { ours: true, reason: outcome.reason ?? "unused" };
    case "failed":
      return { ours: true, reason: outcome.errorCode };
    case "cancelled":
      return { ours: false, reason: "cancelled" };
  }
}

/** Where the stages stand, as an event tells it. */
export async function stagesNow(tx: Tx, jobId: string) {
  const rows = await readStages(tx, jobId);
  return rows.map(({ stage, status, progress }) => ({
    stage: stage as JobStageName,
    status,
    progress,
  }));
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
    stages.find((candidate) => candidate.status === "pending") ??
    stages.findLast((candidate) => candidate.status === "failed");
  if (!stage) return undefined;
  const { progress } = stage;
  await updateStage(tx, { jobId, stage: stage.stage, status: "failed", progress, at });
  return stage.stage as JobStageName;
}
