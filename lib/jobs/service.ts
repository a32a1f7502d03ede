import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { publishEvent } from "@/lib/outbox/service";
import { speechEngine } from "@/lib/speech";
import { type Tx, transaction } from "@/lib/transaction";
import { holdRetention } from "@/lib/videos/retention";
import { captionableVideo } from "@/lib/videos/service";
import {
  appendEvent,
  findJob,
  findJobByKey,
  insertJob,
  listJobs as listRows,
  lockJob,
  newestJobs,
  quietJobs,
  resetStages,
  unfinishedJobs,
  unfinishedJobsOf,
  updateJob,
} from "./repo";
import { type CreateJobInput, finalStatuses, type JobView, type ListJobsQuery } from "./schema";
import { settleJob, settleLocked } from "./settle";

/**
 * Queues a job over the owner's video. The same idempotency key again answers the first job.
 * @throws {AppError} `not_found`, `speech_unavailable`, or why the video can't be captioned.
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
  await captionableVideo({ ownerId, videoId: input.videoId });
  await transaction((tx) => queueJob(tx, { ownerId, ...input }));
  const job = await findJobByKey(ownerId, input.idempotencyKey);
  if (!job) throw new AppError("internal", { detail: "the job just made is missing" });
  return job;
}

/** Makes the job and its starting event in `tx`; does nothing when the key has one already. */
export async function queueJob(
  tx: Tx,
  options: { ownerId: string; videoId: string; language: string; idempotencyKey: string },
): Promise<void> {
  const id = newId();
  if (!(await insertJob(tx, { id, ...options }))) return;
  await holdRetention(tx, options.videoId);
  await appendEvent(tx, id, { kind: "status", status: "pending", progress: 0 });
  await publishJob(tx, { id, ownerId: options.ownerId, attempt: 1 });
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
 * Another attempt at a failed or cancelled job, from where it stopped: finished chunks are kept.
 * A job that is under way or complete stays as it is.
 */
export async function retryJob(options: { ownerId: string; jobId: string }): Promise<JobView> {
  const before = await getJob(options);
  speechEngine();
  await captionableVideo({ ownerId: options.ownerId, videoId: before.videoId });
  await transaction(async (tx) => {
    const job = await lockJob(tx, options.jobId);
    if (job?.status !== "failed" && job?.status !== "cancelled") return;
    const attempt = job.attempt + 1;
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
    await appendEvent(tx, job.id, { kind: "status", status: "pending", progress: job.progress });
    await publishJob(tx, { id: job.id, ownerId: job.ownerId, attempt });
  });
  return getJob(options);
}

/** Cancels whatever still runs over a video that goes away. */
export async function cancelJobsOfVideo(videoId: string): Promise<void> {
  for (const job of await unfinishedJobs(videoId)) {
    await cancelJob({ ownerId: job.ownerId, jobId: job.id });
  }
}

/**
 * A job may wait its turn behind others for hours without a word; after a day of silence its run
 * is gone for good, whatever the engine believes.
 */
const quietMs = 24 * 3_600_000;

/** Ends jobs whose run has vanished. Answers how many. */
export async function reconcileJobs(nowMs = Date.now()): Promise<number> {
  let ended = 0;
  for (const job of await quietJobs(new Date(nowMs - quietMs))) {
    const outcome = { status: "failed", errorCode: "job_lost" } as const;
    if (await settleJob({ jobId: job.id, attempt: job.attempt, outcome })) ended += 1;
  }
  return ended;
}
