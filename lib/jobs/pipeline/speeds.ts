import "server-only";
import type { Tx } from "@/lib/transaction";
import { busyMs, speedModel } from "../estimates";
import { type LockedJob, readStages } from "../repo";
import { addSpeed } from "../speed-repo";
import { batchTimes, readBatchPlan } from "../translation-repo";
import { chunkTimes } from "./chunk-repo";

/** When a stage of this attempt began, or undefined. */
async function stageBegan(tx: Tx, jobId: string, stage: string): Promise<Date | undefined> {
  const stages = await readStages(tx, jobId);
  return stages.find((each) => each.stage === stage)?.startedAt ?? undefined;
}

/** Notes how fast the chunks of this attempt were recognised. */
export async function noteRecognitionSpeed(tx: Tx, job: LockedJob): Promise<void> {
  const { id: jobId, speechEngine: engine, speechModel } = job;
  const began = await stageBegan(tx, jobId, "recognition");
  if (!began || !engine || !speechModel) return;
  const chunks = await chunkTimes(tx, jobId, began);
  const audioMs = chunks.reduce((sum, chunk) => sum + chunk.audioMs, 0);
  const workMs = busyMs(chunks);
  if (audioMs === 0 || workMs === 0) return;
  const model = speedModel(speechModel, job.settings.quality);
  await addSpeed(tx, { work: "recognition", engine, model, audioMs, workMs });
}

/** Notes how long the sound took to make and to be looked through for speech. */
export async function noteAudioSpeed(tx: Tx, job: LockedJob): Promise<void> {
  const began = await stageBegan(tx, job.id, "audio");
  const audioMs = job.durationMs ?? 0;
  if (!began || audioMs === 0) return;
  const workMs = Math.max(1, Date.now() - began.getTime());
  await addSpeed(tx, { work: "audio", engine: "ffmpeg", model: "", audioMs, workMs });
}

/**
 * Notes how fast this attempt has translated, all its languages side by side. A language counts as
 * as much of the video as it has batches of this attempt.
 */
export async function noteTranslationSpeed(
  tx: Tx,
  job: LockedJob,
  by: { engine: string; model: string } | undefined,
): Promise<void> {
  const began = await stageBegan(tx, job.id, "translation");
  if (!began || !by) return;
  const batches = new Map<string, number>();
  for (const { language } of await readBatchPlan(job.id, tx)) {
    batches.set(language, (batches.get(language) ?? 0) + 1);
  }
  const times = await batchTimes(tx, job.id, began);
  const share = times.reduce((sum, { language }) => sum + 1 / (batches.get(language) ?? 1), 0);
  const audioMs = share * (job.durationMs ?? 0);
  const workMs = busyMs(times);
  if (audioMs === 0 || workMs === 0) return;
  await addSpeed(tx, { work: "translation", ...by, audioMs, workMs });
}
