import "server-only";
import { creditsOfJobs } from "@/lib/credits/job-credits";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { ErrorCode } from "@/lib/errors";
import { initialStages } from "./progress";
import {
  type JobCredits,
  type JobEventData,
  type JobEventView,
  type JobStageName,
  type JobStatus,
  type JobView,
  type ListJobsQuery,
  noCredits,
  type StageStatus,
} from "./schema";

/** Channel whose payload names a job that has new events. */
export const jobChannel = "job_events";

const viewInclude = {
  video: { select: { title: true } },
  stages: { orderBy: { position: "asc" } },
  versions: { select: { track: { select: { id: true, language: true } } } },
} satisfies Prisma.JobInclude;

type JobRow = Prisma.JobGetPayload<{ include: typeof viewInclude }>;

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** Rows with their credits, which live in another room. */
async function views(rows: JobRow[]): Promise<JobView[]> {
  const credits = await creditsOfJobs(rows.map(({ id }) => id));
  return rows.map((row) => view(row, credits.get(row.id) ?? noCredits));
}

async function viewOf(row: JobRow | null): Promise<JobView | undefined> {
  return row ? (await views([row]))[0] : undefined;
}

function view(row: JobRow, credits: JobCredits): JobView {
  return {
    id: row.id,
    videoId: row.videoId,
    videoTitle: row.video.title,
    status: row.status,
    progress: row.progress,
    language: row.language,
    detectedLanguage: row.detectedLanguage,
    attempt: row.attempt,
    stages: row.stages.map((stage) => ({
      stage: stage.stage as JobStageName,
      status: stage.status,
      progress: stage.progress,
      startedAt: iso(stage.startedAt),
      endedAt: iso(stage.endedAt),
    })),
    errorCode: row.errorCode as ErrorCode | null,
    failedStage: row.failedStage as JobStageName | null,
    speechEngine: row.speechEngine,
    speechModel: row.speechModel,
    tracks: row.versions.map(({ track }) => track),
    credits,
    seq: row.lastSeq,
    cancelRequested: row.cancelRequestedAt !== null,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    endedAt: iso(row.endedAt),
  };
}

/** The owner's job, or undefined: another's job looks like none. */
export async function findJob(ownerId: string, id: string): Promise<JobView | undefined> {
  const row = await db().job.findFirst({ where: { id, ownerId }, include: viewInclude });
  return viewOf(row);
}

export async function findJobByKey(
  ownerId: string,
  idempotencyKey: string,
): Promise<JobView | undefined> {
  const where = { ownerId_idempotencyKey: { ownerId, idempotencyKey } };
  const row = await db().job.findUnique({ where, include: viewInclude });
  return viewOf(row);
}

export async function listJobs(ownerId: string, query: ListJobsQuery): Promise<JobView[]> {
  const rows = await db().job.findMany({
    where: {
      ownerId,
      ...(query.status && { status: query.status }),
      ...(query.cursor && { id: { lt: query.cursor } }),
    },
    orderBy: { id: "desc" },
    take: query.limit,
    include: viewInclude,
  });
  return views(rows);
}

/** The newest job of each of these videos. */
export async function newestJobs(ownerId: string, videoIds: string[]): Promise<JobView[]> {
  const rows = await db().job.findMany({
    where: { ownerId, videoId: { in: videoIds } },
    orderBy: [{ videoId: "asc" }, { id: "desc" }],
    distinct: ["videoId"],
    include: viewInclude,
  });
  return views(rows);
}

export interface NewJob {
  id: string;
  ownerId: string;
  videoId: string;
  language: string;
  idempotencyKey: string;
}

/** False when the owner already has a job with this idempotency key. */
export async function insertJob(tx: Tx, job: NewJob): Promise<boolean> {
  const { count } = await tx.job.createMany({ data: [job], skipDuplicates: true });
  if (count === 0) return false;
  const stages = initialStages().map((stage, position) => ({ ...stage, jobId: job.id, position }));
  await tx.jobStage.createMany({ data: stages });
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
  language: string;
  detectedLanguage: string | null;
  attempt: number;
  progress: number;
}

/** The job's row, locked until `tx` ends: whoever changes a job holds this. */
export async function lockJob(tx: Tx, id: string): Promise<LockedJob | undefined> {
  const rows = await tx.$queryRaw<LockedJob[]>`
    SELECT id, owner_id AS "ownerId", video_id AS "videoId", status::text AS status, language,
           detected_language AS "detectedLanguage", attempt, progress
    FROM jobs WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0];
}

export async function updateJob(tx: Tx, id: string, data: Prisma.JobUpdateInput): Promise<void> {
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

/** Puts stages that didn't finish back to waiting, for another attempt. */
export async function resetStages(tx: Tx, jobId: string): Promise<void> {
  await tx.jobStage.updateMany({
    where: { jobId, status: { not: "completed" } },
    data: { status: "pending", startedAt: null, endedAt: null },
  });
}

/** Adds to the job's history and tells whoever listens, both when `tx` commits. */
export async function appendEvent(tx: Tx, jobId: string, event: JobEventData): Promise<void> {
  const { kind, ...data } = event;
  const job = await tx.job.update({
    where: { id: jobId },
    data: { lastSeq: { increment: 1 }, heartbeatAt: new Date() },
    select: { lastSeq: true },
  });
  await tx.jobEvent.create({ data: { jobId, seq: job.lastSeq, kind, data } });
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
