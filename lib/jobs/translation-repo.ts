import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { TranslatedBatch } from "@/lib/translation/types";
import type { StageStatus } from "./stages";

const fromJson = <T>(value: Prisma.JsonValue): T => value as unknown as T;
const toJson = (value: unknown) => value as Prisma.InputJsonValue;

export interface TranslationRow {
  language: string;
  status: StageStatus;
  progress: number;
  errorCode: string | null;
}

export async function readTranslations(tx: Tx, jobId: string): Promise<TranslationRow[]> {
  return tx.jobTranslation.findMany({
    where: { jobId },
    select: { language: true, status: true, progress: true, errorCode: true },
    orderBy: { language: "asc" },
  });
}

/** Notes where a language stands; its progress never falls. */
export async function updateTranslation(
  tx: Tx,
  of: { jobId: string; language: string },
  to: {
    status: StageStatus;
    progress: number;
    at: Date;
    errorCode?: string | undefined;
    errorDetail?: string | undefined;
  },
): Promise<void> {
  const { status, progress, at, errorCode = null, errorDetail = null } = to;
  const ended = status === "completed" || status === "failed";
  await tx.$executeRaw`
    UPDATE job_translations SET status = ${status}::stage_status,
      progress = GREATEST(progress, ${progress}::int), started_at = COALESCE(started_at, ${at}),
      ended_at = ${ended ? at : null}::timestamptz, error_code = ${errorCode}::text,
      error_detail = ${errorDetail}::text
    WHERE job_id = ${of.jobId}::uuid AND language = ${of.language}`;
}

/** Puts languages back to waiting, for another attempt or because the job has ended. */
export async function resetTranslations(
  tx: Tx,
  jobId: string,
  languages: readonly string[],
): Promise<void> {
  const waiting = { status: "pending", startedAt: null, endedAt: null } as const;
  await tx.jobTranslation.updateMany({
    where: { jobId, language: { in: [...languages] } },
    data: { ...waiting, errorCode: null, errorDetail: null },
  });
}

/** Takes away a language that turned out to be what is spoken. */
export async function removeTranslation(tx: Tx, jobId: string, language: string): Promise<void> {
  await tx.jobTranslation.delete({ where: { jobId_language: { jobId, language } } });
  await tx.translationBatch.deleteMany({ where: { jobId, language } });
}

export interface BatchRow {
  index: number;
  cueIds: string[];
  result: TranslatedBatch | undefined;
}

export async function insertBatches(
  tx: Tx,
  of: { jobId: string; language: string },
  batches: readonly { index: number; cueIds: string[] }[],
): Promise<void> {
  await tx.translationBatch.createMany({
    data: batches.map(({ index, cueIds }) => ({ ...of, index, cueIds })),
    skipDuplicates: true,
  });
}

/** Forgets what was planned and translated: the source is another by now. */
export async function removeBatches(
  tx: Tx,
  jobId: string,
  languages: readonly string[],
): Promise<void> {
  await tx.translationBatch.deleteMany({ where: { jobId, language: { in: [...languages] } } });
}

/** All batches of a language in order; `undefined` as result where translation is still to come. */
export async function readBatches(jobId: string, language: string): Promise<BatchRow[]> {
  const rows = await db().translationBatch.findMany({
    where: { jobId, language },
    orderBy: { index: "asc" },
    select: { index: true, cueIds: true, result: true },
  });
  return rows.map(({ index, cueIds, result }) => ({
    index,
    cueIds: fromJson<string[]>(cueIds),
    result: result === null ? undefined : fromJson<TranslatedBatch>(result),
  }));
}

/** Which batches there are and which have a result, without the results. */
export async function readBatchPlan(
  jobId: string,
  client: Tx = db(),
): Promise<{ language: string; index: number; done: boolean }[]> {
  const rows = await client.translationBatch.findMany({
    where: { jobId },
    orderBy: [{ language: "asc" }, { index: "asc" }],
    select: { language: true, index: true, translatedAt: true },
  });
  return rows.map(({ language, index, translatedAt }) => ({
    ...{ language, index },
    done: translatedAt !== null,
  }));
}

interface BatchKey {
  jobId: string;
  language: string;
  index: number;
}

/** Counts that the engine is about to be asked. */
export async function countBatchCall(batch: BatchKey): Promise<void> {
  await db().translationBatch.update({
    where: { jobId_language_index: batch },
    data: { calls: { increment: 1 } },
  });
}

export async function storeBatch(
  tx: Tx,
  batch: BatchKey,
  result: TranslatedBatch,
  workMs: number,
): Promise<void> {
  await tx.translationBatch.update({
    where: { jobId_language_index: batch },
    data: {
      result: toJson(result),
      billedCharacters: result.billedCharacters,
      translatedAt: new Date(),
      workMs: Math.round(workMs),
    },
  });
}

/** How much of a language is translated, 0..1, by batches. */
export async function translatedShare(tx: Tx, jobId: string, language: string): Promise<number> {
  const where = { jobId, language };
  const all = await tx.translationBatch.count({ where });
  const done = await tx.translationBatch.count({
    where: { ...where, translatedAt: { not: null } },
  });
  return all === 0 ? 1 : done / all;
}

/** When the batches of an attempt were at work; for the engines' speed. */
export async function batchTimes(
  tx: Tx,
  jobId: string,
  since: Date,
): Promise<{ language: string; endMs: number; workMs: number }[]> {
  const rows = await tx.translationBatch.findMany({
    where: { jobId, translatedAt: { gte: since }, workMs: { not: null } },
    select: { language: true, translatedAt: true, workMs: true },
  });
  return rows.map(({ language, translatedAt, workMs }) => ({
    ...{ language, endMs: translatedAt?.getTime() ?? 0, workMs: workMs ?? 0 },
  }));
}
