import "server-only";
import { captureForJob, creditsOfJob, linesOfJob, releaseForJob } from "@/lib/credits/job-credits";
import { AppError, type ErrorCode } from "@/lib/errors";
import { trackSource } from "@/lib/tracks/service";
import { type Tx, transaction } from "@/lib/transaction";
import { planTranslation, translateBatch } from "@/lib/translation";
import type { SourceCue } from "@/lib/translation/types";
import { lockForEnd } from "@/lib/videos/retention";
import { termPairs } from "../material";
import { appendEvent, type LockedJob, termsOfJob, updateJob } from "../repo";
import type { JobEventData } from "../schema";
import { endIfDone } from "../settle";
import { assertTranslatable } from "../translatable";
import {
  countBatchCall,
  insertBatches,
  readBatches,
  readBatchPlan,
  readTranslations,
  storeBatch,
  translatedShare,
  updateTranslation,
} from "../translation-repo";
import { type BatchGroup, countBatches, groupsOf } from "./batch-groups";
import { readPlan } from "./chunk-repo";
import { dropNeedless } from "./needless";
import { inParallel } from "./parallel";
import { lockLive, noteStage } from "./progress";
import { noteTranslationSpeed } from "./speeds";
import type { StepCall } from "./steps";
import { rulesOf } from "./translated-part";
import { makeTranslation } from "./translated-track";

/** Batches that a step has under way at once; the engine bounds all steps together. */
const atOnce = 3;

type LanguageCall = StepCall & { language: string };

/**
 * Cuts the source into batches for each language that is still to come, once: another attempt goes
 * on with what it has. Answers groups of them with something left to do, languages side by side.
 */
export async function planJobTranslations(call: StepCall): Promise<{ groups: BatchGroup[] }> {
  const before = await transaction((tx) => lockLive(tx, call));
  const source = await readSource(before);
  const { part } = before.settings;
  const wanted = part && new Set(part.cues.flatMap(({ sourceIds }) => sourceIds));
  const cues = wanted ? source.cues.filter(({ id }) => wanted.has(id)) : source.cues;
  assertTranslatable(cues, part?.durationMs ?? before.durationMs);
  const plan = planTranslation(cues);
  const chunks = (await readPlan(call.jobId)).length;
  return transaction(async (tx) => {
    const job = await lockLive(tx, call);
    if (plan.length === 0) {
      await lockForEnd(tx, job.videoId);
      await dropNeedless(tx, job, undefined);
      await endIfDone(tx, job, "no_speech");
      return { groups: [] };
    }
    const open = (await readTranslations(tx, job.id)).filter(isOpen);
    if (job.sourceRevision === null) {
      await updateJob(tx, job.id, { sourceRevision: source.revision });
    }
    const planned = countBatches(await readBatchPlan(job.id, tx));
    for (const { language } of open) {
      // What is planned stays: its results belong to these cues.
      if (!planned.has(language)) await insertBatches(tx, { jobId: job.id, language }, plan);
    }
    await noteStage(tx, job, { stage: "translation", status: "running", progress: 0 });
    const languages = open.map(({ language }) => language);
    const counts = countBatches(await readBatchPlan(job.id, tx));
    return { groups: groupsOf(languages, counts, chunks) };
  });
}

const isOpen = ({ status }: { status: string }) => status !== "completed" && status !== "failed";

interface Source {
  language: string;
  revision: number;
  cues: SourceCue[];
}

async function readSource(job: LockedJob): Promise<Source> {
  const { ownerId, sourceTrackId: trackId, sourceRevision } = job;
  if (trackId === null) throw new AppError("gone", { detail: "the track to translate is gone" });
  const revision = sourceRevision ?? undefined;
  const { language, cues, ...at } = await trackSource({ ownerId, trackId, revision });
  const plain = cues.map(({ id, startMs, endMs, text, speaker }) => ({
    ...{ id, startMs, endMs, text },
    ...(speaker !== undefined && { speaker }),
  }));
  return { language, revision: at.revision, cues: plain };
}

/**
 * Translates a group's batches, each stored as it comes back: one that has a result isn't sent
 * again. When it was the last of its language, the track is made. What no further try can mend
 * ends the language, and only it.
 */
export async function translateJobBatches(call: StepCall & BatchGroup): Promise<void> {
  try {
    await translateGroup(call);
    await finishLanguage(call);
  } catch (error) {
    call.signal?.throwIfAborted();
    // The language failed in another of its groups, and it was the last one.
    if (AppError.is(error, "job_finished")) return;
    if (!AppError.is(error) || error.code === "job_cancelled") throw error;
    if (error.retryable) {
      // That it is tried again counts for more than that it is told.
      await tellRetry(call, error).catch(() => undefined);
      throw error;
    }
    const { code: errorCode, detail } = error;
    await failJobLanguage({ ...call, errorCode, ...(detail && { errorDetail: detail }) });
  }
}

async function translateGroup(call: StepCall & BatchGroup): Promise<void> {
  const { jobId, language, from, to, signal } = call;
  const job = await transaction((tx) => lockLive(tx, call));
  const todo = (await readBatches(jobId, language)).filter(
    ({ index, result }) => index >= from && index <= to && !result,
  );
  if (todo.length === 0) return;
  await beginLanguage(call);
  const source = await readSource(job);
  const terms = termPairs(await termsOfJob(jobId), language);
  const profile = await rulesOf(job, language);
  await inParallel(todo, atOnce, async ({ index, cueIds }) => {
    if (!(await isLanguageOpen(call))) return;
    await countBatchCall({ jobId, language, index });
    const beganMs = performance.now();
    const result = await translateBatch({
      batch: cueIds,
      cues: source.cues,
      source: source.language,
      target: language,
      formality: job.settings.formality,
      terms,
      profile,
      ...(signal && { signal }),
    });
    const workMs = performance.now() - beganMs;
    await transaction(async (tx) => {
      const live = await lockLive(tx, call);
      await storeBatch(tx, { jobId, language, index }, result, workMs);
      await noteLanguage(tx, live, language);
    });
  });
}

/** Whether a language is still wanted: another of its groups may have ended it. */
function isLanguageOpen(call: LanguageCall): Promise<boolean> {
  return transaction(async (tx) => {
    const job = await lockLive(tx, call);
    return (await readTranslations(tx, job.id)).some(
      (row) => row.language === call.language && isOpen(row),
    );
  });
}

/** Tells that a language is under way, also again. */
function beginLanguage(call: LanguageCall): Promise<void> {
  return transaction(async (tx) => {
    const job = await lockLive(tx, call);
    const row = (await readTranslations(tx, job.id)).find(
      ({ language }) => language === call.language,
    );
    if (row?.status === "pending" || (row?.status === "running" && row.errorCode !== null)) {
      await noteLanguage(tx, job, call.language);
    }
  });
}

/** Tells that a part of a language couldn't be had now and will be tried again, and why. */
function tellRetry(call: LanguageCall, { code, retryAfterMs }: AppError): Promise<void> {
  const { jobId, language } = call;
  return transaction(async (tx) => {
    const job = await lockLive(tx, call);
    const row = (await readTranslations(tx, jobId)).find((each) => each.language === language);
    if (!row || !isOpen(row)) return;
    const { progress } = row;
    const to = { status: "running", progress, at: new Date(), errorCode: code } as const;
    await updateTranslation(tx, { jobId, language }, to);
    const retryAt =
      retryAfterMs === undefined ? undefined : new Date(Date.now() + retryAfterMs).toISOString();
    await tellLanguage(tx, job, {
      ...{ language, status: "running", languageProgress: progress, errorCode: code },
      ...(retryAt && { retryAt }),
    });
  });
}

async function noteLanguage(tx: Tx, job: LockedJob, language: string): Promise<void> {
  const share = await translatedShare(tx, job.id, language);
  const progress = Math.min(99, Math.floor(share * 100));
  const to = { status: "running", progress, at: new Date() } as const;
  await updateTranslation(tx, { jobId: job.id, language }, to);
  await tellLanguage(tx, job, { language, status: "running", languageProgress: progress });
}

type TranslationEvent = Extract<JobEventData, { kind: "translation" }>;

/** Tells where a language is, and what that makes of the stage and the whole. */
async function tellLanguage(
  tx: Tx,
  job: LockedJob,
  event: Omit<TranslationEvent, "kind" | "progress">,
): Promise<void> {
  const rows = await readTranslations(tx, job.id);
  const done = rows.reduce((sum, row) => sum + (isOpen(row) ? row.progress : 100), 0);
  const progress = rows.length > 0 ? done / rows.length : 100;
  await noteStage(tx, job, {
    stage: "translation",
    status: "running",
    progress: Math.min(99, progress),
  });
  await appendEvent(tx, job.id, { kind: "translation", ...event, progress: job.progress });
}

/**
 * Makes a language's track once every batch of it is there: stored and paid for together, and the
 * job's end with it when it is the last. Does nothing before, and nothing the second time.
 */
async function finishLanguage(call: LanguageCall): Promise<void> {
  const { jobId, language } = call;
  const plan = (await readBatchPlan(jobId)).filter((batch) => batch.language === language);
  if (plan.some(({ done }) => !done) || !(await isLanguageOpen(call))) return;
  const { store, engine } = await makeTranslation(call);
  await transaction(async (tx) => {
    const job = await lockLive(tx, call);
    const row = (await readTranslations(tx, jobId)).find((each) => each.language === language);
    if (!row || !isOpen(row)) return;
    await lockForEnd(tx, job.videoId);
    const trackId = await store(tx);
    await captureForJob(tx, { jobId, attempt: job.attempt, component: `translate:${language}` });
    const to = { status: "completed", progress: 100, at: new Date() } as const;
    await updateTranslation(tx, { jobId, language }, to);
    await tellLanguage(tx, job, {
      ...{ language, status: "completed", languageProgress: 100, trackId },
      credits: await creditsOfJob(tx, jobId),
      lines: await linesOfJob(tx, jobId),
    });
    const ended = await endIfDone(tx, job);
    // Some cues say nothing about how long a whole video takes.
    if (ended && !job.settings.part) await noteTranslationSpeed(tx, job, engine);
  });
}

/** Ends a language that can't be had now, gives its credits back, and lets the others go on. */
export async function failJobLanguage(
  call: LanguageCall & { errorCode: ErrorCode; errorDetail?: string },
): Promise<void> {
  const { jobId, language, errorCode, errorDetail } = call;
  await transaction(async (tx) => {
    const job = await lockLive(tx, call);
    const row = (await readTranslations(tx, jobId)).find((each) => each.language === language);
    if (!row || !isOpen(row)) return;
    await lockForEnd(tx, job.videoId);
    const { attempt } = job;
    const component = `translate:${language}` as const;
    await releaseForJob(tx, { jobId, attempt, component, ours: true, reason: errorCode });
    const { progress } = row;
    const to = { status: "failed", progress, at: new Date(), errorCode, errorDetail } as const;
    await updateTranslation(tx, { jobId, language }, to);
    await tellLanguage(tx, job, {
      ...{ language, status: "failed", languageProgress: progress, errorCode },
      credits: await creditsOfJob(tx, jobId),
      lines: await linesOfJob(tx, jobId),
    });
    await endIfDone(tx, job);
  }).catch((error: unknown) => {
    if (!AppError.is(error, "job_finished")) throw error;
  });
}
