import "server-only";
import { creditsOfJobs, linesOfJobs } from "@/lib/credits/job-credits";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { ErrorCode } from "@/lib/errors";
import type { TranslationPart } from "@/lib/retranslation/part";
import { speechStatus } from "@/lib/speech";
import { type EstimatedJob, type MeasuredSpeed, stageEstimates, wholeEstimate } from "./estimates";
import { readSettings } from "./material";
import { type JobOptions, jobOptions } from "./options";
import { remedyOf } from "./remedies";
import {
  type JobCredits,
  type JobLanguageView,
  type JobLine,
  type JobView,
  type LanguagePlan,
  type ListJobsQuery,
  noCredits,
} from "./schema";
import { readSpeeds } from "./speed-repo";
import type { JobStageName } from "./stages";

const viewInclude = {
  video: { select: { title: true, durationMs: true } },
  stages: { orderBy: { position: "asc" } },
  translations: true,
  versions: {
    select: { track: { select: { id: true, language: true, sourceTrackId: true } } },
    orderBy: { createdAt: "asc" },
  },
} satisfies Prisma.JobInclude;

type JobRow = Prisma.JobGetPayload<{ include: typeof viewInclude }>;

const iso = (date: Date | null) => date?.toISOString() ?? null;

interface Beside {
  /** Why a job went on without a stage, by job and stage. */
  skipped: Map<string, ErrorCode>;
  /** When a language is tried again, by job and language. */
  retries: Map<string, string>;
  credits: JobCredits;
  lines: JobLine[];
  speeds: MeasuredSpeed[];
}

/** Rows with their credits, which live in another room, and what is known of engines' speed. */
async function views(rows: JobRow[]): Promise<JobView[]> {
  const ids = rows.map(({ id }) => id);
  const [credits, lines, speeds, skipped, retries] = await Promise.all([
    creditsOfJobs(ids),
    linesOfJobs(ids),
    readSpeeds(),
    skippedStages(rows),
    retryTimes(rows),
  ]);
  return rows.map((row) =>
    view(row, {
      credits: credits.get(row.id) ?? noCredits,
      lines: lines.get(row.id) ?? [],
      speeds,
      skipped,
      retries,
    }),
  );
}

/** What the events say about stages that failed while their job went on. */
async function skippedStages(rows: JobRow[]): Promise<Map<string, ErrorCode>> {
  const failed = rows.filter(({ stages }) => stages.some(({ status }) => status === "failed"));
  if (failed.length === 0) return new Map();
  const events = await db().jobEvent.findMany({
    where: {
      jobId: { in: failed.map(({ id }) => id) },
      kind: "stage",
      data: { path: ["status"], equals: "failed" },
    },
    orderBy: { seq: "asc" },
    select: { jobId: true, data: true },
  });
  return new Map(
    events.map(({ jobId, data }) => {
      const { stage, errorCode } = data as { stage: string; errorCode: ErrorCode };
      return [`${jobId} ${stage}`, errorCode];
    }),
  );
}

/** What the events say about when languages that wait for another try get it. */
async function retryTimes(rows: JobRow[]): Promise<Map<string, string>> {
  const waiting = rows.filter(({ translations }) =>
    translations.some(({ status, errorCode }) => status === "running" && errorCode !== null),
  );
  if (waiting.length === 0) return new Map();
  const events = await db().jobEvent.findMany({
    where: { jobId: { in: waiting.map(({ id }) => id) }, kind: "translation" },
    orderBy: { seq: "asc" },
    select: { jobId: true, data: true },
  });
  // The last word on each language counts.
  const times = new Map<string, string>();
  for (const { jobId, data } of events) {
    const { language, retryAt } = data as { language: string; retryAt?: string };
    if (retryAt) times.set(`${jobId} ${language}`, retryAt);
    else times.delete(`${jobId} ${language}`);
  }
  return times;
}

async function viewOf(row: JobRow | null): Promise<JobView | undefined> {
  return row ? (await views([row]))[0] : undefined;
}

function view(row: JobRow, { credits, lines, speeds, skipped, retries }: Beside): JobView {
  const options = jobOptions.parse(row.options);
  const order = orderOf(options.targets);
  const estimates = stageEstimates(estimatedJob({ ...row, options }), speeds);
  const errorCode = row.errorCode as ErrorCode | null;
  return {
    id: row.id,
    videoId: row.videoId,
    videoTitle: row.video.title,
    kind: row.kind,
    status: row.status,
    progress: row.progress,
    language: row.language,
    detectedLanguage: row.detectedLanguage,
    // Written by the pipeline's own step.
    languagePlan: row.languagePlan as unknown as LanguagePlan | null,
    options,
    sourceTrackId: row.sourceTrackId,
    transcriptId: row.transcriptId,
    attempt: row.attempt,
    stages: row.stages.map((stage) => ({
      stage: stage.stage as JobStageName,
      status: stage.status,
      progress: stage.progress,
      errorCode:
        (stage.status === "failed" ? skipped.get(`${row.id} ${stage.stage}`) : null) ?? null,
      estimateMs: estimates.get(stage.stage as JobStageName) ?? null,
      startedAt: iso(stage.startedAt),
      endedAt: iso(stage.endedAt),
    })),
    languages: languagesOf(row, retries).sort(order),
    errorCode,
    remedy: errorCode && remedyOf(errorCode),
    failedStage: row.failedStage as JobStageName | null,
    speechEngine: row.speechEngine,
    speechModel: row.speechModel,
    tracks: tracksOf(row).sort(order),
    credits,
    lines,
    estimateMs: wholeEstimate(estimates.values()),
    seq: row.lastSeq,
    cancelRequested: row.cancelRequestedAt !== null,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    endedAt: iso(row.endedAt),
  };
}

function estimatedJob(
  row: Pick<JobRow, "kind" | "speechMs" | "speechEngine" | "speechModel"> & {
    video: { durationMs: number | null };
    options: EstimatedJob["options"];
  },
): EstimatedJob {
  const { kind, options, video, speechMs } = row;
  const { engine = row.speechEngine, model = row.speechModel } = row.speechEngine
    ? {}
    : speechStatus();
  const recogniser = engine && model ? { engine, model } : undefined;
  return { kind, options, durationMs: video.durationMs, speechMs, recogniser };
}

/** By the place of their language among the targets; what is spoken comes first. */
function orderOf(targets: readonly string[]) {
  const place = ({ language }: { language: string }) => targets.indexOf(language);
  return (one: { language: string }, other: { language: string }) => place(one) - place(other);
}

function tracksOf(row: JobRow): { id: string; language: string }[] {
  const tracks = new Map(row.versions.map(({ track }) => [track.id, track]));
  return [
    ...[...tracks.values()].map(({ id, language }) => ({ id, language })),
    ...partTrackOf(row),
  ];
}

/** Some cues that were translated again are an edit of their track and no version. */
function partTrackOf(row: JobRow): { id: string; language: string }[] {
  const done = row.translations.find(({ status }) => status === "completed");
  const { part } = done ? readSettings(row.options) : {};
  return done && part ? [{ id: part.trackId, language: done.language }] : [];
}

function languagesOf(row: JobRow, retries: ReadonlyMap<string, string>): JobLanguageView[] {
  const tracks = tracksOf(row);
  return row.translations.map((translation) => ({
    language: translation.language,
    status: translation.status,
    progress: translation.progress,
    errorCode: translation.errorCode as ErrorCode | null,
    retryAt: retries.get(`${row.id} ${translation.language}`) ?? null,
    trackId: tracks.find(({ language }) => language === translation.language)?.id ?? null,
    startedAt: iso(translation.startedAt),
    endedAt: iso(translation.endedAt),
  }));
}

/** The languages of a job that begins anew, as `tx` sees them. */
export async function languageViews(tx: Tx, jobId: string): Promise<JobLanguageView[]> {
  const row = await tx.job.findUniqueOrThrow({ where: { id: jobId }, include: viewInclude });
  return languagesOf(row, new Map()).sort(orderOf(jobOptions.parse(row.options).targets));
}

/** The tracks that a job has made so far, as `tx` sees them. */
export async function tracksOfJob(
  tx: Tx,
  jobId: string,
): Promise<{ id: string; language: string }[]> {
  const row = await tx.job.findUniqueOrThrow({ where: { id: jobId }, include: viewInclude });
  return tracksOf(row).sort(orderOf(jobOptions.parse(row.options).targets));
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

/** The part of a translation that the owner's job of this key makes again; undefined: no part. */
export async function findPartByKey(
  ownerId: string,
  idempotencyKey: string,
): Promise<TranslationPart | undefined> {
  const where = { ownerId_idempotencyKey: { ownerId, idempotencyKey } };
  const row = await db().job.findUnique({ where, select: { options: true } });
  return row ? readSettings(row.options).part : undefined;
}

/** What the newest job that made a version of a track was asked for. */
export async function findOptionsOfTrack(trackId: string): Promise<JobOptions | undefined> {
  const row = await db().job.findFirst({
    where: { versions: { some: { trackId } } },
    orderBy: { id: "desc" },
    select: { options: true },
  });
  return row ? jobOptions.parse(row.options) : undefined;
}

export async function listJobs(ownerId: string, query: ListJobsQuery): Promise<JobView[]> {
  const { status, cursor, q, from, to, limit } = query;
  const rows = await db().job.findMany({
    where: {
      ownerId,
      ...(status && { status }),
      ...(cursor && { id: { lt: cursor } }),
      ...(q && { video: { title: { contains: q, mode: "insensitive" } } }),
      ...((from || to) && {
        createdAt: { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(to) }) },
      }),
    },
    orderBy: { id: "desc" },
    take: limit,
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
