import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { LanguagePlan } from "../schema";

/** What was heard for the job; undefined: nobody has listened yet. */
export async function readLanguagePlan(jobId: string): Promise<LanguagePlan | undefined> {
  const job = await db().job.findUnique({ where: { id: jobId }, select: { languagePlan: true } });
  return (job?.languagePlan ?? undefined) as LanguagePlan | undefined;
}

export async function storeLanguagePlan(tx: Tx, jobId: string, plan: LanguagePlan): Promise<void> {
  const languagePlan = plan as unknown as Prisma.InputJsonValue;
  const { language } = plan;
  await tx.job.update({
    where: { id: jobId },
    data: { languagePlan, ...(language !== null && { detectedLanguage: language }) },
  });
}

interface PlannedChunk {
  index: number;
  startMs: number;
  endMs: number;
  speech: { startMs: number; endMs: number }[];
  language: string;
}

/** Puts chunks cut anew in place of those planned; false when one of those has a result already. */
export async function replaceChunks(
  tx: Tx,
  jobId: string,
  chunks: readonly PlannedChunk[],
): Promise<boolean> {
  const done = await tx.speechChunk.count({ where: { jobId, recognisedAt: { not: null } } });
  if (done > 0) return false;
  await tx.speechChunk.deleteMany({ where: { jobId } });
  await tx.speechChunk.createMany({ data: chunks.map((chunk) => ({ jobId, ...chunk })) });
  return true;
}

/** Tells the engine the language of every chunk that is still to be recognised. */
export async function tellLanguage(tx: Tx, jobId: string, language: string): Promise<void> {
  await tx.speechChunk.updateMany({ where: { jobId, recognisedAt: null }, data: { language } });
}
