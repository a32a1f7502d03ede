import "server-only";
import { creditsOfJob, type Declined, holdForJob, linesOfJob } from "@/lib/credits/job-credits";
import { pricedTargets, priceJob } from "@/lib/credits/price";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { publishEvent } from "@/lib/outbox/service";
import type { TranslationPart } from "@/lib/retranslation/part";
import { trackSource } from "@/lib/tracks/service";
import { type Tx, transaction } from "@/lib/transaction";
import { assertTrialJob } from "@/lib/trial/visitor-uploads";
import { holdRetention, lockForWork } from "@/lib/videos/retention";
import { captionableVideo, getOwnVideo } from "@/lib/videos/service";
import { type JobMaterial, readMaterial } from "./material";
import type { JobOptions } from "./options";
import { assertDoable, materialOf } from "./order";
import { rememberChoice } from "./preferences";
import {
  appendEvent,
  insertJob,
  lockJob,
  ownsTranscript,
  quietJobs,
  removeJob,
  unfinishedJobs,
  unfinishedJobsOf,
  updateJob,
} from "./repo";
import {
  type CreateJobRequest,
  createJobInput,
  type JobKind,
  type JobView,
  type ListJobsQuery,
} from "./schema";
import { failJob, settleLocked } from "./settle";
import { finalStatuses } from "./statuses";
import { assertTranslatable } from "./translatable";
import {
  findJob,
  findJobByKey,
  findOptionsOfTrack,
  findPartByKey,
  listJobs as listRows,
  newestJobs,
} from "./view-repo";

/**
 * Queues a job over the owner's video and holds what it costs. The same idempotency key again
 * answers the first job.
 * @throws {AppError} `not_found`, `not_ready` while the video's length isn't known,
 * `price_changed`, `credits_insufficient`, `wallet_frozen`, what `assertDoable` throws, or why the
 * video can't be captioned.
 */
export async function createJob(options: {
  ownerId: string;
  input: CreateJobRequest;
}): Promise<JobView> {
  const { ownerId } = options;
  const input = createJobInput.parse(options.input);
  const { idempotencyKey } = input;
  const earlier = await findJobByKey(ownerId, idempotencyKey);
  if (earlier) return earlier;
  const { kind, videoId, maxCredits, transcriptId } = input;
  // A translation needs no files: the subtitles are there.
  const videoOf = kind === "translate" ? getOwnVideo : captionableVideo;
  const { durationMs, audioChannels } = await videoOf({ ownerId, videoId });
  if (durationMs === null) throw new AppError("not_ready");
  const source = await sourceOf({ ownerId, durationMs, ...input });
  const language = source.language ?? input.language;
  await assertDoable({ kind, language, options: input.options, audioChannels });
  if (transcriptId && !(await ownsTranscript({ ownerId, videoId, transcriptId }))) {
    throw new AppError("not_found");
  }
  await assertTrialJob(ownerId, durationMs);
  const material = await materialOf({ ownerId, language, options: input.options });
  const job = {
    ownerId,
    kind,
    videoId,
    language,
    material,
    idempotencyKey,
    durationMs,
    maxCredits,
  };
  const declined = await transaction((tx) => queueJob(tx, { ...job, ...source, transcriptId }));
  if (declined) throw declinedError(declined);
  await rememberChoice({ ownerId, kind, choice: { language, options: input.options } });
  const made = await findJobByKey(ownerId, idempotencyKey);
  if (!made) throw new AppError("internal", { detail: "the job just made is missing" });
  return made;
}

/** The track that a translate job starts from, as it is now. */
async function sourceOf(options: {
  ownerId: string;
  videoId: string;
  durationMs: number;
  sourceTrackId?: string | undefined;
}): Promise<{ language?: string; sourceTrackId?: string; sourceRevision?: number }> {
  const { ownerId, videoId, durationMs, sourceTrackId } = options;
  if (!sourceTrackId) return {};
  const track = await trackSource({ ownerId, trackId: sourceTrackId });
  if (track.videoId !== videoId) throw new AppError("not_found");
  assertTranslatable(track.cues, durationMs);
  return { language: track.language, sourceTrackId, sourceRevision: track.revision };
}

export const declinedError = ({ code, ...data }: Declined) => new AppError(code, { data });

/** A job that can be made; everything it refers to has been looked at. */
export interface NewJobRequest {
  ownerId: string;
  videoId: string;
  /** Length of the video in ms, above 0. */
  durationMs: number;
  kind?: JobKind;
  /** "auto", a code, or the language of the track that is translated. */
  language: string;
  /** Left out: the defaults. */
  material?: JobMaterial;
  sourceTrackId?: string | undefined;
  sourceRevision?: number | undefined;
  transcriptId?: string | undefined;
  idempotencyKey: string;
  maxCredits?: number | undefined;
}

/**
 * Makes the job and its starting event in `tx` and holds its price; does nothing when the key has
 * one already. Answers why it wasn't made: `tx` is then to be committed all the same, because the
 * ledger keeps the refusal.
 */
export async function queueJob(tx: Tx, request: NewJobRequest): Promise<Declined | undefined> {
  const { durationMs, maxCredits, kind = "caption", ...rest } = request;
  const { material = readMaterial({}), ...order } = rest;
  const { ownerId, videoId, language } = order;
  const id = newId();
  const source = language === "auto" ? undefined : language;
  const languages = pricedTargets({ source, targets: material.targets });
  const options = { ...material, targets: languages };
  if (kind === "translate" && languages.length === 0) {
    const message = "The track is in this language already.";
    throw new AppError("invalid_request", { fields: [{ path: "options.targets", message }] });
  }
  if (!(await insertJob(tx, { ...order, id, kind, options }, languages))) return undefined;
  if (kind !== "translate") await lockForWork(tx, videoId);
  const price = priceJob({ durationMs, kind, source, targets: languages });
  const declined = await holdForJob(tx, { ownerId, jobId: id, attempt: 1, price, maxCredits });
  if (declined) {
    await removeJob(tx, id);
    return declined;
  }
  if (kind !== "translate") await holdRetention(tx, videoId);
  const credits = await creditsOfJob(tx, id);
  const lines = await linesOfJob(tx, id);
  await appendEvent(tx, id, { kind: "status", status: "pending", progress: 0, credits, lines });
  await publishJob(tx, { id, ownerId, attempt: 1 });
  return undefined;
}

/** Has an attempt begun. */
export function publishJob(
  tx: Tx,
  job: { id: string; ownerId: string; attempt: number },
): Promise<void> {
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

/** The owner's job of this idempotency key, or undefined. */
export function jobByKey(ownerId: string, idempotencyKey: string): Promise<JobView | undefined> {
  return findJobByKey(ownerId, idempotencyKey);
}

/** What that job makes again of a translation; undefined: it is another kind of job, or none. */
export function partByKey(
  ownerId: string,
  idempotencyKey: string,
): Promise<TranslationPart | undefined> {
  return findPartByKey(ownerId, idempotencyKey);
}

/** What the newest job that made a track was asked for; undefined: no job did, or it is gone. */
export function optionsOfTrack(trackId: string): Promise<JobOptions | undefined> {
  return findOptionsOfTrack(trackId);
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
    const lost = { jobId: job.id, attempt: job.attempt, errorCode: "job_lost" } as const;
    if (await failJob(lost)) ended += 1;
  }
  return ended;
}
