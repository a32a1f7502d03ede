import "server-only";
import { db, type Tx } from "@/lib/db";
import type { MeasuredSpeed } from "./estimates";

/**
 * So many ms of audio later an observation counts half: half an hour of it follows a machine that
 * is busier than usual and still doesn't jump with every clip.
 */
const halfLifeMs = 1_800_000;

export async function readSpeeds(client: Tx = db()): Promise<MeasuredSpeed[]> {
  return client.engineSpeed.findMany({
    select: { work: true, engine: true, model: true, audioMs: true, workMs: true },
  });
}

/** Adds an observation; what was observed before counts less by how much is new. */
export async function addSpeed(tx: Tx, observed: MeasuredSpeed): Promise<void> {
  const { work, engine, model, audioMs, workMs } = observed;
  await tx.$executeRaw`
    INSERT INTO engine_speeds AS s (work, engine, model, audio_ms, work_ms, updated_at)
    VALUES (${work}, ${engine}, ${model}, ${audioMs}::float, ${workMs}::float, now())
    ON CONFLICT (work, engine, model) DO UPDATE SET
      audio_ms = s.audio_ms * power(0.5, EXCLUDED.audio_ms / ${halfLifeMs}::float) + EXCLUDED.audio_ms,
      work_ms = s.work_ms * power(0.5, EXCLUDED.audio_ms / ${halfLifeMs}::float) + EXCLUDED.work_ms,
      updated_at = EXCLUDED.updated_at`;
}
