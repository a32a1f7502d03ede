import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { SpeakerTurn } from "@/lib/speech/diarization";

export interface FoundSpeakers {
  engine: string;
  model: string;
  turns: SpeakerTurn[];
}

/** Who speaks when, as found for this job; undefined before, and where nobody looked. */
export async function readSpeakers(jobId: string): Promise<FoundSpeakers | undefined> {
  const row = await db().jobSpeakers.findUnique({ where: { jobId } });
  if (!row) return undefined;
  const { engine, model } = row;
  return { engine, model, turns: row.turns as unknown as SpeakerTurn[] };
}

/** Keeps what was found; what is there already stays. */
export async function storeSpeakers(tx: Tx, jobId: string, found: FoundSpeakers): Promise<void> {
  const turns = found.turns as unknown as Prisma.InputJsonValue;
  await tx.jobSpeakers.createMany({ data: [{ jobId, ...found, turns }], skipDuplicates: true });
}
