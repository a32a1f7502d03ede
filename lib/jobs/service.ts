import "server-only";
import { creditsOfJob, type Declined, holdForJob, paidComponents } from "@/lib/credits/job-credits";
import { priceJob } from "@/lib/credits/price";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { publishEvent } from "@/lib/outbox/service";
import { speechEngine } from "@/lib/speech";
import { type Tx, transaction } from "@/lib/transaction";
import { assertTrialJob } from "@/lib/trial/visitor-uploads";
import { holdRetention, lockForWork } from "@/lib/videos/retention";
import { captionableVideo } from "@/lib/videos/service";
import {
  appendEvent,
  findJob,
  findJobByKey,
  insertJob,
  type LockedJob,
  listJobs as listRows,
  lockJob,
  newestJobs,
  quietJobs,
  removeJob,
  resetStages,
  unfinishedJobs,
  unfinishedJobsOf,
  updateJob,
} from "./repo";
import { type CreateJobInput, finalStatuses, type JobView, type ListJobsQuery } from "./schema";
import { settleJob, settleLocked } from "./settle";

/**
 * Queues a job over the owner's video and holds what it costs. The same idempotency key again
 * answers the first job.
 * @throws {AppError} `not_found`, `speech_unavailable`, `not_ready` while the video's length isn't
 * known, `price_changed`, `credits_insufficient`, `wallet_frozen`, or why the video can't be
 * captioned.
 */
export async function createJob(options: {
  ownerId: string;
  input: CreateJobInput;
}): Promise<JobView> {
  const { ownerId, input } = options;
  const earlier = await findJobByKey(ownerId, input.idempotencyKey);
  if (earlier) return earlier;
  // Without an engine a job could only fail: say so before it is made.
  speechEngine();
  const { durationMs } = await captionableVideo({ ownerId, videoId: input.videoId });
  if (durationMs === null) throw new AppError("not_ready");
  await assertTrialJob(ownerId, durationMs);
  const declined = await transaction((tx) => queueJob(tx, { ownerId, durationMs, ...input }));
  if (declined) throw declinedError(declined);
  const job = await findJobByKey(ownerId, input.idempotencyKey);
  if (!job) throw new AppError("internal", { detail: "the job just made is missing" });
  return job;
}

const declinedError = ({ code, ...data }: Declined) => new AppError(code, { data });

/**
 * Makes the job and its starting event in `tx` and holds its price; does nothing when the key has
 * one already. Answers why it wasn't made: `tx` is then to be committed all the same, because the
 * ledger keeps the refusal.
 */
export async function queueJob(
  tx: Tx,
  options: NewJobRequest & { ownerId: string; videoId: string; durationMs: number },
): Promise<Declined | undefined> {
  const { ownerId, videoId, language, idempotencyKey, durationMs } = options;
  const id = newId();
  if (!(await insertJob(tx, { id, ownerId, videoId, language, idempotencyKey }))) return undefined;
  await lockForWork(tx, videoId);
  const price = priceJob({ durationMs, source: language === "auto" ? undefined : language });
  const declined = await holdForJob(tx, { ...options, jobId: id, attempt: 1, price });
  if (declined) {
    await removeJob(tx, id);
    return declined;
  }
  await holdRetention(tx, videoId);
  const credits = await creditsOfJob(tx, id);
  await appendEvent(tx, id, { kind: "status", status: "pending", progress: 0, credits });
  await publishJob(tx, { id, ownerId, attempt: 1 });
  return undefined;
}

interface NewJobRequest {
  language: string;
  idempotencyKey: string;
  maxCredits?: number | undefined;
}

function publishJob(tx: Tx, job: { id: string; ownerId: string; attempt: number }): Promise<void> {
  return publishEvent(tx, {
    id: `job-${job.id}-${job.attempt}`,
    name: "job/requested",
    data: { jobId: job.id, ownerId: job.ownerId, attempt: job.attempt },
  });
}

/** @throws {AppError} `not_found` */
export async function getJob(options: { ownerId: string; jobId: string }): Promise<JobView> {
  const job = await findJob(options.ownerId, options.jobId);
  if (!job) throw new AppError("not_found");
  return job;
}

/** The owner's job, or undefined. */
export function findOwnJob(options: {
  ownerId: string;
  jobId: string;
}): Promise<JobView | undefined> {
  return findJob(options.ownerId, options.jobId);
}

export async function listJobs(options: {
  ownerId: string;
  query: ListJobsQuery;
}): Promise<{ jobs: JobView[]; nextCursor: string | null }> {
  const { ownerId, query } = options;
  const rows = await listRows(ownerId, { ...query, limit: query.limit + 1 });
  const jobs = rows.slice(0, query.limit);
  return { jobs, nextCursor: rows.length > query.limit ? (jobs.at(-1)?.id ?? null) : null };
}

/** The newest job of each video, by video id. */
export async function jobsOfVideos(options: {
  ownerId: string;
  videoIds: string[];
}): Promise<Map<string, JobView>> {
  const jobs = await newestJobs(options.ownerId, options.videoIds);
  return new Map(jobs.map((job) => [job.videoId, job]));
}

/**
 * Ends the job at once; whatever step is at work is stopped behind it. Cancelling a job that has
 * ended changes nothing.
 */
export async function cancelJob(options: { ownerId: string; jobId: string }): Promise<JobView> {
  await getJob(options);
  await transaction((tx) => cancelInside(tx, options.jobId));
  return getJob(options);
}

async function cancelInside(tx: Tx, jobId: string): Promise<void> {
  const job = await lockJob(tx, jobId);
  if (!job || finalStatuses.includes(job.status)) return;
  await updateJob(tx, job.id, { cancelRequestedAt: new Date() });
  await settleLocked(tx, job, { status: "cancelled" });
  await publishEvent(tx, {
    id: `job-cancel-${job.id}-${job.attempt}`,
    name: "job/cancel.requested",
    data: { jobId: job.id, attempt: job.attempt },
  });
}

/** Cancels whatever runs for an account that goes away. */
export async function cancelJobsOfOwner(tx: Tx, ownerId: string): Promise<void> {
  for (const jobId of await unfinishedJobsOf(tx, ownerId)) await cancelInside(tx, jobId);
}

/**
 * Another attempt at a failed or cancelled job, from where it stopped: finished chunks are kept,
 * and what has been paid for isn't paid again. A job that is under way or complete stays as it is.
 * @throws {AppError} what `createJob` throws
 */
export async function retryJob(options: {
  ownerId: string;
  jobId: string;
  maxCredits?: number | undefined;
}): Promise<JobView> {
  const { ownerId, jobId, maxCredits } = options;
  const before = await getJob(options);
  speechEngine();
  const { durationMs } = await captionableVideo({ ownerId, videoId: before.videoId });
  if (durationMs === null) throw new AppError("not_ready");
  const declined = await transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.ownerId !== ownerId) throw new AppError("not_found");
    if (job.status !== "failed" && job.status !== "cancelled") return undefined;
    await lockForWork(tx, job.videoId);
    const attempt = job.attempt + 1;
    const source = job.language === "auto" ? undefined : job.language;
    const skip = await paidComponents(tx, job.id);
    const price = priceJob({ durationMs, source, skip });
    const declined = await holdForJob(tx, {
      ownerId: job.ownerId,
      jobId,
      attempt,
      price,
      maxCredits,
    });
    if (declined) return declined;
    await startAttempt(tx, job, attempt);
    return undefined;
  });
  if (declined) throw declinedError(declined);
  return getJob(options);
}

async function startAttempt(tx: Tx, job: LockedJob, attempt: number): Promise<void> {
  await holdRetention(tx, job.videoId);
  await resetStages(tx, job.id);
  await updateJob(tx, job.id, {
    status: "pending",
    attempt,
    endedAt: null,
    errorCode: null,
    errorDetail: null,
    failedStage: null,
    cancelRequestedAt: null,
    heartbeatAt: new Date(),
  });
  const credits = await creditsOfJob(tx, job.id);
  const { progress } = job;
  await appendEvent(tx, job.id, { kind: "status", status: "pending", progress, credits });
  await publishJob(tx, { id: job.id, ownerId: job.ownerId, attempt });
}

/** Cancels whatever still runs over a video that goes away. */
export async function cancelJobsOfVideo(videoId: string): Promise<void> {
  for (const job of await unfinishedJobs(videoId)) {
    await cancelJob({ ownerId: job.ownerId, jobId: job.id });
  }
}

/**
 * A job may wait its turn behind others for hours without a word; after a day of silence its run
 * is gone for good, whatever the engine believes, and after three that of one not yet begun.
 */
const quietMs = 24 * 3_600_000;

/** Ends jobs whose run has vanished. Answers how many. */
export async function reconcileJobs(nowMs = Date.now()): Promise<number> {
  let ended = 0;
  const before = { processing: new Date(nowMs - quietMs), pending: new Date(nowMs - 3 * quietMs) };
  for (const job of await quietJobs(before)) {
    const outcome = { status: "failed", errorCode: "job_lost" } as const;
    if (await settleJob({ jobId: job.id, attempt: job.attempt, outcome })) ended += 1;
  }
  return ended;
}
