import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import {
  type JobMaterial,
  type JobSettings,
  type JobTerms,
  readSettings,
  readTerms,
} from "./material";
import { initialStages } from "./progress";
import type { JobEventData, JobEventView, JobKind } from "./schema";
import type { StageStatus } from "./stages";
import type { JobStatus } from "./statuses";

/** Channel whose payload names a job that has new events. */
export const jobChannel = "job_events";

export interface NewJob {
  id: string;
  ownerId: string;
  videoId: string;
  kind: JobKind;
  language: string;
  options: JobMaterial;
  sourceTrackId?: string | undefined;
  sourceRevision?: number | undefined;
  transcriptId?: string | undefined;
  idempotencyKey: string;
}

/**
 * Makes the job with its stages and languages; false when the owner already has one with this
 * idempotency key.
 */
export async function insertJob(tx: Tx, job: NewJob, languages: string[]): Promise<boolean> {
  const { sourceTrackId = null, sourceRevision = null, transcriptId = null, ...plain } = job;
  const { terms, ...options } = job.options;
  const row = { ...plain, options, sourceTrackId, sourceRevision, transcriptId };
  const { count } = await tx.job.createMany({ data: [row], skipDuplicates: true });
  if (count === 0) return false;
  const stages = initialStages(job).map(({ stage, status, progress }, position) => ({
    ...{ jobId: job.id, stage, status, progress, position },
  }));
  await tx.jobStage.createMany({ data: stages });
  await tx.jobTerms.create({ data: { jobId: job.id, terms } });
  await tx.jobTranslation.createMany({
    data: languages.map((language) => ({ jobId: job.id, language })),
  });
  return true;
}

/** Takes back a job that was made in this transaction and can't be paid for. */
export async function removeJob(tx: Tx, id: string): Promise<void> {
  await tx.job.delete({ where: { id } });
}

export interface LockedJob {
  id: string;
  ownerId: string;
  videoId: string;
  status: JobStatus;
  kind: JobKind;
  language: string;
  settings: JobSettings;
  sourceTrackId: string | null;
  sourceRevision: number | null;
  transcriptId: string | null;
  detectedLanguage: string | null;
  speechMs: number | null;
  speechEngine: string | null;
  speechModel: string | null;
  attempt: number;
  progress: number;
  /** Of the video, in ms; null: not known. */
  durationMs: number | null;
}

/** The job's row, locked until `tx` ends: whoever changes a job holds this. */
export async function lockJob(tx: Tx, id: string): Promise<LockedJob | undefined> {
  const rows = await tx.$queryRaw<(Omit<LockedJob, "settings"> & { options: unknown })[]>`
    SELECT id, owner_id AS "ownerId", video_id AS "videoId", status::text AS status,
           kind::text AS kind, language, options, source_track_id AS "sourceTrackId",
           source_revision AS "sourceRevision", transcript_id AS "transcriptId",
           detected_language AS "detectedLanguage", speech_ms AS "speechMs",
           speech_engine AS "speechEngine", speech_model AS "speechModel", attempt, progress,
           (SELECT duration_ms FROM videos WHERE videos.id = jobs.video_id) AS "durationMs"
    FROM jobs WHERE id = ${id}::uuid FOR UPDATE`;
  const [row] = rows;
  if (!row) return undefined;
  const { options, ...plain } = row;
  return { ...plain, settings: readSettings(options) };
}

/** The glossary as a job was ordered with it. */
export async function termsOfJob(jobId: string): Promise<JobTerms> {
  const row = await db().jobTerms.findUnique({ where: { jobId }, select: { terms: true } });
  return readTerms(row?.terms);
}

export async function updateJob(
  tx: Tx,
  id: string,
  data: Prisma.JobUncheckedUpdateInput,
): Promise<void> {
  await tx.job.update({ where: { id }, data });
}

export async function readStages(tx: Tx, jobId: string) {
  return tx.jobStage.findMany({ where: { jobId }, orderBy: { position: "asc" } });
}

export async function updateStage(
  tx: Tx,
  options: { jobId: string; stage: string; status: StageStatus; progress: number; at: Date },
): Promise<void> {
  const { jobId, stage, status, progress, at } = options;
  const ended = status === "completed" || status === "failed";
  await tx.$executeRaw`
    UPDATE job_stages SET status = ${status}::stage_status, progress = GREATEST(progress, ${progress}),
      started_at = COALESCE(started_at, ${at}), ended_at = ${ended ? at : null}
    WHERE job_id = ${jobId}::uuid AND stage = ${stage}`;
}

/**
 * Puts stages that didn't finish back to waiting, for another attempt. Translation begins anew: it
 * may be of other languages.
 */
export async function resetStages(
  tx: Tx,
  jobId: string,
  options: { onlyTranslation: boolean },
): Promise<void> {
  const waiting = { status: "pending", startedAt: null, endedAt: null } as const;
  if (!options.onlyTranslation) {
    const where = { jobId, status: { not: "completed" }, stage: { not: "translation" } } as const;
    await tx.jobStage.updateMany({ where, data: waiting });
  }
  const where = { jobId, stage: "translation" };
  await tx.jobStage.updateMany({ where, data: { ...waiting, progress: 0 } });
}

/** Adds to the job's history and tells whoever listens, both when `tx` commits. */
export async function appendEvent(tx: Tx, jobId: string, event: JobEventData): Promise<void> {
  const { kind, ...data } = event;
  const job = await tx.job.update({
    where: { id: jobId },
    data: { lastSeq: { increment: 1 }, heartbeatAt: new Date() },
    select: { lastSeq: true },
  });
  // Plain data throughout; interfaces lack the index signature that Prisma's type asks for.
  const json = data as unknown as Prisma.InputJsonObject;
  await tx.jobEvent.create({ data: { jobId, seq: job.lastSeq, kind, data: json } });
  await tx.$executeRaw`SELECT pg_notify(${jobChannel}, ${jobId})`;
}

/** Events after `seq`, oldest first. */
export async function eventsAfter(jobId: string, seq: number): Promise<JobEventView[]> {
  const rows = await db().jobEvent.findMany({
    where: { jobId, seq: { gt: seq } },
    orderBy: { seq: "asc" },
  });
  return rows.map(
    (row) =>
      ({
        ...(row.data as object),
        kind: row.kind,
        seq: row.seq,
        at: row.at.toISOString(),
      }) as JobEventView,
  );
}

/** Jobs that count as running but haven't said anything since `before`. */
export async function quietJobs(
  before: Record<"processing" | "pending", Date>,
): Promise<{ id: string; attempt: number }[]> {
  const { processing, pending } = before;
  return db().job.findMany({
    where: {
      OR: [
        { status: "processing", heartbeatAt: { lt: processing } },
        { status: "pending", heartbeatAt: { lt: pending } },
      ],
    },
    select: { id: true, attempt: true },
    take: 100,
  });
}

/** Unfinished jobs of an account, in the order in which they are to be locked. */
export async function unfinishedJobsOf(tx: Tx, ownerId: string): Promise<string[]> {
  const rows = await tx.job.findMany({
    where: { ownerId, status: { in: ["pending", "processing"] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Unfinished jobs of a video. */
export async function unfinishedJobs(videoId: string): Promise<{ id: string; ownerId: string }[]> {
  return db().job.findMany({
    where: { videoId, status: { in: ["pending", "processing"] } },
    select: { id: true, ownerId: true },
  });
}

/** Whether a text is the owner's and belongs to the video. */
export async function ownsTranscript(options: {
  ownerId: string;
  videoId: string;
  transcriptId: string;
}): Promise<boolean> {
  const { transcriptId: id, ...of } = options;
  return (await db().transcript.count({ where: { id, ...of } })) === 1;
}
