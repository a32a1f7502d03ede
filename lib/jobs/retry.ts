import "server-only";
import {
  creditsOfJob,
  type Declined,
  holdForJob,
  linesOfJob,
  paidComponents,
} from "@/lib/credits/job-credits";
import { type Price, priceJob } from "@/lib/credits/price";
import { AppError } from "@/lib/errors";
import { trackSource } from "@/lib/tracks/service";
import { type Tx, transaction } from "@/lib/transaction";
import { holdRetention, lockForWork } from "@/lib/videos/retention";
import { captionableVideo, getOwnVideo } from "@/lib/videos/service";
import { type Attempt, attemptOf, hasSource } from "./attempts";
import { assertDoable } from "./order";
import { appendEvent, type LockedJob, lockJob, readStages, resetStages, updateJob } from "./repo";
import type { JobView } from "./schema";
import { declinedError, getJob, publishJob } from "./service";
import { stagesNow } from "./settle";
import { assertTranslatable } from "./translatable";
import { readTranslations, removeBatches, resetTranslations } from "./translation-repo";
import { languageViews } from "./view-repo";

interface RetryRequest {
  ownerId: string;
  jobId: string;
  maxCredits?: number | undefined;
  /** Of a job that is complete: which of its failed languages; left out: nothing of it. */
  languages?: readonly string[] | undefined;
}

/**
 * Another attempt at a failed or cancelled job from where it stopped, or at failed languages of a
 * complete one: what is finished is kept, and what has been paid for isn't paid again. A job that
 * has nothing to try again stays as it is.
 * @throws {AppError} what `createJob` throws
 */
export async function retryJob(options: RetryRequest): Promise<JobView> {
  const { ownerId, jobId, maxCredits, languages } = options;
  const before = await getJob(options);
  const saved = hasSource(before.kind, before.stages);
  // What is still to be translated needs no files: the subtitles are there.
  const { durationMs, audioChannels } = await (saved ? getOwnVideo : captionableVideo)({
    ownerId,
    videoId: before.videoId,
  });
  if (durationMs === null) throw new AppError("not_ready");
  const targets = before.languages
    .filter(
      ({ language, status }) =>
        status !== "completed" && (languages ?? [language]).includes(language),
    )
    .map(({ language }) => language);
  const kind = saved ? "translate" : before.kind;
  const language = before.detectedLanguage ?? before.language;
  await assertDoable({ kind, language, options: { ...before.options, targets }, audioChannels });
  // Translations are made from the source as it is now.
  const trackId = before.sourceTrackId;
  const source = trackId === null ? undefined : await trackSource({ ownerId, trackId });
  if (source && saved) assertTranslatable(source.cues, durationMs);
  const sourceRevision = source?.revision ?? null;
  const asked = { durationMs, maxCredits, languages, sourceRevision };
  const declined = await transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.ownerId !== ownerId) throw new AppError("not_found");
    return beginAttempt(tx, job, asked);
  });
  if (declined) throw declinedError(declined);
  return getJob(options);
}

interface Asked {
  durationMs: number;
  maxCredits?: number | undefined;
  languages?: readonly string[] | undefined;
  /** Of the track to translate; null: there is none yet. */
  sourceRevision: number | null;
}

async function beginAttempt(tx: Tx, job: LockedJob, asked: Asked): Promise<Declined | undefined> {
  const { durationMs, maxCredits } = asked;
  const again = attemptOf(job, {
    stages: await readStages(tx, job.id),
    translations: await readTranslations(tx, job.id),
    asked: asked.languages,
  });
  if (!again) return undefined;
  if (again.needsFiles) await lockForWork(tx, job.videoId);
  const attempt = job.attempt + 1;
  const price = priceAttempt(job, durationMs, again, await paidComponents(tx, job.id));
  const of = { ownerId: job.ownerId, jobId: job.id, attempt };
  const declined = await holdForJob(tx, { ...of, price, maxCredits });
  if (declined) return declined;
  if (again.needsFiles) await holdRetention(tx, job.videoId);
  await followSource(tx, job, asked.sourceRevision);
  await startAttempt(tx, job, { attempt, ...again });
  return undefined;
}

function priceAttempt(
  job: Pick<LockedJob, "kind" | "language" | "detectedLanguage" | "settings">,
  videoMs: number,
  { needsFiles, languages }: { needsFiles: boolean; languages: readonly string[] },
  skip: readonly string[],
): Price {
  return priceJob({
    durationMs: job.settings.part?.durationMs ?? videoMs,
    // Recognised, it has nothing more to recognise; paid for or, without speech, not.
    kind: needsFiles ? job.kind : "translate",
    source: job.language === "auto" ? (job.detectedLanguage ?? undefined) : job.language,
    targets: languages,
    skip,
  });
}

/**
 * What another attempt would cost.
 * @throws {AppError} `not_found`, `not_ready`, `gone` when files that it needs are
 */
export async function priceOfRetry(options: RetryRequest): Promise<Price> {
  const { ownerId, jobId, languages: asked } = options;
  const { videoId } = await getJob(options);
  const video = await getOwnVideo({ ownerId, videoId });
  if (video.durationMs === null) throw new AppError("not_ready");
  const { durationMs } = video;
  const priced = await transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job) throw new AppError("not_found");
    const stages = await readStages(tx, jobId);
    const translations = await readTranslations(tx, jobId);
    const again = attemptOf(job, { stages, translations, asked });
    const nothing = { needsFiles: false, languages: [] };
    const price = priceAttempt(job, durationMs, again ?? nothing, await paidComponents(tx, jobId));
    return { price, needsFiles: again?.needsFiles ?? false };
  });
  if (priced.needsFiles) await captionableVideo({ ownerId, videoId });
  return priced.price;
}

async function startAttempt(
  tx: Tx,
  job: LockedJob,
  again: Attempt & { attempt: number },
): Promise<void> {
  const { attempt, progress, languages } = again;
  await resetStages(tx, job.id, { onlyTranslation: !again.needsFiles });
  await resetTranslations(tx, job.id, languages);
  await updateJob(tx, job.id, {
    status: "pending",
    attempt,
    progress,
    endedAt: null,
    errorCode: null,
    errorDetail: null,
    failedStage: null,
    cancelRequestedAt: null,
    heartbeatAt: new Date(),
  });
  await appendEvent(tx, job.id, {
    kind: "status",
    status: "pending",
    progress,
    credits: await creditsOfJob(tx, job.id),
    lines: await linesOfJob(tx, job.id),
    languages: await languageViews(tx, job.id),
    stages: await stagesNow(tx, job.id),
  });
  await publishJob(tx, { id: job.id, ownerId: job.ownerId, attempt });
}

/**
 * What was translated of an older source goes, also of languages that this attempt leaves out: its
 * cues may be others, and the job knows one revision only.
 */
async function followSource(tx: Tx, job: LockedJob, revision: number | null): Promise<void> {
  if (revision === null || revision === job.sourceRevision) return;
  const unfinished = (await readTranslations(tx, job.id)).filter(
    ({ status }) => status !== "completed",
  );
  await removeBatches(
    tx,
    job.id,
    unfinished.map(({ language }) => language),
  );
  await updateJob(tx, job.id, { sourceRevision: revision });
}
