import "server-only";
import path from "node:path";
import { assertPaidLength } from "@/lib/credits/job-credits";
import { AppError, type ErrorCode } from "@/lib/errors";
import { extractChunk, readLevels } from "@/lib/media";
import { speechEngine } from "@/lib/speech";
import { planChunks } from "@/lib/speech/chunks";
import { LEVEL_MS, startAtOnsets } from "@/lib/speech/onsets";
import { findSpeech } from "@/lib/speech/vad";
import { transaction } from "@/lib/transaction";
import { localCopy, withWorkFolder } from "@/lib/videos/files";
import { derivativeKey } from "@/lib/videos/keys";
import { inspectVideo, prepareAudio } from "@/lib/videos/preparation";
import { getOwnVideo } from "@/lib/videos/service";
import { hasSource } from "../attempts";
import { appendEvent, type LockedJob, readStages, updateJob } from "../repo";
import {
  type ChunkRow,
  countCall,
  insertChunks,
  readChunk,
  readPlan,
  recognisedShare,
  storeResult,
} from "./chunk-repo";
import { planLanguages } from "./languages";
import { type JobRef, lockLive, noteStage, progressReporter, reportStage } from "./progress";
import { promptOf } from "./prompt";
import { noteAudioSpeed } from "./speeds";

/** A step's job and the signal that stops it. */
export interface StepCall extends JobRef {
  signal?: AbortSignal;
}

/** What of a job is still to be done, as its run needs it. */
export interface JobWay {
  /** The spoken subtitles are there, or come from elsewhere. */
  hasSource: boolean;
  findsSpeakers: boolean;
}

/** Marks the job as under way with the engine it will use, and tells what it has to do. */
export async function beginJob(call: StepCall): Promise<JobWay> {
  return transaction(async (tx) => {
    const job = await lockLive(tx, call);
    const source = hasSource(job.kind, await readStages(tx, job.id));
    if (job.status === "pending") {
      const engine = source ? undefined : speechEngine();
      await updateJob(tx, job.id, {
        status: "processing",
        startedAt: new Date(),
        ...(engine && { speechEngine: engine.id, speechModel: engine.model }),
      });
      const { progress } = job;
      await appendEvent(tx, job.id, { kind: "status", status: "processing", progress });
    }
    return { hasSource: source, findsSpeakers: job.settings.speakers !== "off" };
  });
}

/**
 * Checks the file and makes the sound for recognition.
 * @throws {AppError} `price_changed` when the file is longer than what is held for it
 */
export async function extractJobAudio(call: StepCall): Promise<void> {
  const { videoId } = await liveJob(call);
  const { signal } = call;
  await reportStage(call, { stage: "audio", status: "running", progress: 0 });
  const { durationMs } = await inspectVideo({ videoId, ...(signal && { signal }) });
  await assertPaidLength(call, durationMs);
  const reporter = progressReporter(call, { stage: "audio", from: 5, to: 70 });
  await prepareAudio({ videoId, onProgress: reporter.onProgress, ...(signal && { signal }) });
  await reporter.flush();
}

/**
 * Finds where somebody speaks and cuts there into chunks; a job that tries again keeps the chunks
 * it has.
 */
export async function planJobChunks(call: StepCall): Promise<void> {
  if ((await readPlan(call.jobId)).length === 0) await makePlan(call);
  await transaction(async (tx) => {
    const job = await lockLive(tx, call);
    const made = await noteStage(tx, job, { stage: "audio", status: "completed", progress: 100 });
    if (made) await noteAudioSpeed(tx, job);
  });
  await reportStage(call, { stage: "recognition", status: "running", progress: 0 });
}

async function makePlan(call: StepCall): Promise<void> {
  const { videoId, ownerId } = await liveJob(call);
  const { signal } = call;
  const reporter = progressReporter(call, { stage: "audio", from: 70, to: 99 });
  const { durationMs, sourceKey } = await getOwnVideo({ ownerId, videoId });
  const speech = await withWorkFolder(async (folder) => {
    const key = derivativeKey(sourceKey, "audio.wav");
    const file = await localCopy({ key, folder, ...(signal && { signal }) });
    return findSpeech({ path: file, onProgress: reporter.onProgress, ...(signal && { signal }) });
  });
  await reporter.flush();
  const { chunkTargetMs, chunkMaxMs } = speechEngine().capabilities;
  const plan = planChunks({
    speech,
    durationMs: durationMs ?? 0,
    targetMs: chunkTargetMs,
    maxMs: chunkMaxMs,
  });
  const chunks = plan.map((chunk) => ({
    ...chunk,
    speech: speech.filter((span) => span.endMs > chunk.startMs && span.startMs < chunk.endMs),
  }));
  const speechMs = speech.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
  await transaction(async (tx) => {
    const job = await lockLive(tx, call);
    await insertChunks(tx, job.id, chunks);
    await updateJob(tx, job.id, { speechMs });
  });
}

/**
 * Has one chunk recognised and stores what was said. A chunk that has a result isn't sent again.
 * Where the language is still unknown, the first chunk's becomes the job's.
 */
export async function recogniseJobChunk(call: StepCall & { index: number }): Promise<void> {
  const chunk = await readChunk(call.jobId, call.index);
  if (!chunk) throw new AppError("internal", { detail: `chunk ${call.index} is missing` });
  if (chunk.result) return;
  const job = await liveJob(call);
  const { result, workMs } = await transcribeChunk(call, job, chunk);
  await transaction(async (tx) => {
    const live = await lockLive(tx, call);
    await storeResult(tx, live.id, call.index, result, workMs);
    if (result.language && !live.detectedLanguage) {
      await updateJob(tx, live.id, { detectedLanguage: result.language });
      await appendEvent(tx, live.id, { kind: "language", language: result.language });
    }
    const progress = (await recognisedShare(tx, live.id)) * 100;
    await noteStage(tx, live, { stage: "recognition", status: "running", progress });
  });
}

async function transcribeChunk(
  call: StepCall & { index: number },
  job: LockedJob,
  chunk: ChunkRow,
) {
  const { signal } = call;
  const spoken = job.language === "auto" ? job.detectedLanguage : job.language;
  const known = chunk.language ?? spoken;
  const prompt = await promptOf(job, known ?? undefined);
  const { ownerId, videoId } = job;
  const { sourceKey } = await getOwnVideo({ ownerId, videoId });
  return withWorkFolder(async (folder) => {
    const key = derivativeKey(sourceKey, "audio.wav");
    const input = await localCopy({ key, folder, ...(signal && { signal }) });
    const engine = speechEngine();
    const { chunkFormat } = engine.capabilities;
    const output = path.join(folder, `chunk-${chunk.index}.${chunkFormat}`);
    const { startMs, endMs } = chunk;
    await extractChunk({ input, output, startMs, endMs, signal });
    await countCall(call.jobId, chunk.index);
    const beganMs = performance.now();
    const result = await engine.transcribe({
      path: output,
      durationMs: endMs - startMs,
      ...(known && { language: known }),
      ...(prompt && { prompt }),
      quality: job.settings.quality,
      ...(signal && { signal }),
    });
    const workMs = performance.now() - beganMs;
    const levels = await readLevels({ input, startMs, endMs, windowMs: LEVEL_MS });
    return { result: { ...result, words: startAtOnsets(result.words, levels) }, workMs };
  });
}

function liveJob(call: StepCall): Promise<LockedJob> {
  return transaction((tx) => lockLive(tx, call));
}

/**
 * Finds out what is spoken, as far as that is worth asking the engine for. Answers whether the job
 * still waits for its language: then the first chunk goes ahead to hear it. Chunks may be others
 * afterwards, so the indexes still to be recognised come with it.
 */
export async function findLanguages(call: StepCall): Promise<{ waits: boolean; todo: number[] }> {
  await planLanguages(call);
  const job = await liveJob(call);
  const plan = await readPlan(call.jobId);
  const todo = plan.filter((chunk) => !chunk.done).map((chunk) => chunk.index);
  return { waits: job.language === "auto" && job.detectedLanguage === null, todo };
}

/** Notes that the job goes on without telling speakers apart. */
export function skipJobSpeakers(call: StepCall & { errorCode: ErrorCode }): Promise<void> {
  const { errorCode } = call;
  return reportStage(call, { stage: "speakers", status: "failed", progress: 0, errorCode });
}
