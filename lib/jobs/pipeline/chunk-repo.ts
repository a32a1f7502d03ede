import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { SpeechResult } from "@/lib/speech";

/** A stretch of speech, absolute, in ms. */
export interface SpeechSpan {
  startMs: number;
  endMs: number;
}

export interface ChunkRow {
  index: number;
  startMs: number;
  endMs: number;
  speech: SpeechSpan[];
  /** What it is spoken in; null: the engine finds out. */
  language?: string | null;
  result: SpeechResult | undefined;
}

const fromJson = <T>(value: Prisma.JsonValue): T => value as unknown as T;
const toJson = (value: unknown) => value as Prisma.InputJsonValue;

export async function insertChunks(
  tx: Tx,
  jobId: string,
  chunks: Omit<ChunkRow, "result">[],
): Promise<void> {
  await tx.speechChunk.createMany({
    data: chunks.map(({ speech, ...chunk }) => ({ jobId, ...chunk, speech: toJson(speech) })),
    skipDuplicates: true,
  });
}

/** All chunks of a job in order; `undefined` as result where recognition is still to come. */
export async function readChunks(jobId: string): Promise<ChunkRow[]> {
  const rows = await db().speechChunk.findMany({ where: { jobId }, orderBy: { index: "asc" } });
  return rows.map(chunkOf);
}

function chunkOf(row: Prisma.SpeechChunkGetPayload<true>): ChunkRow {
  return {
    index: row.index,
    startMs: row.startMs,
    endMs: row.endMs,
    speech: fromJson<SpeechSpan[]>(row.speech),
    language: row.language,
    result: row.result === null ? undefined : fromJson<SpeechResult>(row.result),
  };
}

export async function readChunk(jobId: string, index: number): Promise<ChunkRow | undefined> {
  const where = { jobId_index: { jobId, index } };
  const row = await db().speechChunk.findUnique({ where });
  return row ? chunkOf(row) : undefined;
}

/** Which chunks there are and which have a result, without the results. */
export async function readPlan(jobId: string): Promise<{ index: number; done: boolean }[]> {
  const rows = await db().speechChunk.findMany({
    where: { jobId },
    orderBy: { index: "asc" },
    select: { index: true, recognisedAt: true },
  });
  return rows.map((row) => ({ index: row.index, done: row.recognisedAt !== null }));
}

/** Counts that the engine is about to be asked. */
export async function countCall(jobId: string, index: number): Promise<void> {
  const where = { jobId_index: { jobId, index } };
  await db().speechChunk.update({ where, data: { calls: { increment: 1 } } });
}

export async function storeResult(
  tx: Tx,
  jobId: string,
  index: number,
  result: SpeechResult,
  workMs?: number,
): Promise<void> {
  await tx.speechChunk.update({
    where: { jobId_index: { jobId, index } },
    data: {
      result: toJson(result),
      recognisedAt: new Date(),
      ...(workMs !== undefined && { workMs: Math.round(workMs) }),
    },
  });
}

/** When the chunks of an attempt were at work, and how much audio they hold, in ms. */
export async function chunkTimes(
  tx: Tx,
  jobId: string,
  since: Date,
): Promise<{ audioMs: number; endMs: number; workMs: number }[]> {
  const rows = await tx.speechChunk.findMany({
    where: { jobId, recognisedAt: { gte: since }, workMs: { not: null } },
    select: { startMs: true, endMs: true, recognisedAt: true, workMs: true },
  });
  return rows.map(({ startMs, endMs, recognisedAt, workMs }) => ({
    ...{ audioMs: endMs - startMs, endMs: recognisedAt?.getTime() ?? 0, workMs: workMs ?? 0 },
  }));
}

/** How much of the speech is recognised, in ms of audio. */
export async function recognisedShare(tx: Tx, jobId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ share: number | null }[]>`
    SELECT (SUM(end_ms - start_ms) FILTER (WHERE recognised_at IS NOT NULL))::float
           / NULLIF(SUM(end_ms - start_ms), 0)::float AS share
    FROM speech_chunks WHERE job_id = ${jobId}::uuid`;
  return rows[0]?.share ?? 0;
}
