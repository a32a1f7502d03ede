import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { Cue } from "@/lib/subtitles/model";
import type { SubtitleOperation } from "@/lib/subtitles/operations";

const fromJson = <T>(value: Prisma.JsonValue): T => value as unknown as T;
const toJson = (value: unknown) => value as Prisma.InputJsonValue;

export interface TrackRow {
  id: string;
  ownerId: string;
  videoId: string;
  language: string;
  revision: number;
  updatedAt: Date;
}

const columns = {
  id: true,
  ownerId: true,
  videoId: true,
  language: true,
  revision: true,
  updatedAt: true,
} as const;

export interface StoredOperation {
  revision: number;
  clientOpId: string;
  operation: SubtitleOperation;
}

/** Makes the track at revision 0 with these cues; a second call for the same job changes nothing. */
export async function insertTrack(
  tx: Tx,
  made: { id: string; ownerId: string; videoId: string; jobId: string; language: string },
  cues: readonly Cue[],
): Promise<string> {
  const { jobId, ...track } = made;
  const { videoId, language } = track;
  const where = { videoId_language: { videoId, language } };
  const earlier = await tx.track.findUnique({ where, select: { id: true } });
  if (earlier) return earlier.id;
  await tx.track.create({ data: track });
  await insertSnapshot(tx, track.id, 0, cues);
  await tx.trackVersion.create({
    data: { trackId: track.id, number: 1, revision: 0, kind: "job", jobId },
  });
  return track.id;
}

export async function insertSnapshot(
  tx: Tx,
  trackId: string,
  revision: number,
  cues: readonly Cue[],
): Promise<void> {
  await tx.trackSnapshot.create({ data: { trackId, revision, cues: toJson(cues) } });
}

/** The owner's track of a video that is there, or undefined. */
export async function findTrack(ownerId: string, id: string): Promise<TrackRow | undefined> {
  const where = { id, ownerId, video: { status: { notIn: ["deleting", "deleted"] } } };
  const row = await db().track.findFirst({
    where: where as Prisma.TrackWhereInput,
    select: columns,
  });
  return row ?? undefined;
}

/** The track's row, locked: edits of one track happen one after the other. */
export async function lockTrack(tx: Tx, id: string): Promise<{ revision: number } | undefined> {
  const rows = await tx.$queryRaw<{ revision: number }[]>`
    SELECT revision FROM tracks WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0];
}

/** Newest snapshot at or before `revision`. */
export async function newestSnapshot(
  client: Tx | ReturnType<typeof db>,
  trackId: string,
): Promise<{ revision: number; cues: Cue[] } | undefined> {
  const row = await client.trackSnapshot.findFirst({
    where: { trackId },
    orderBy: { revision: "desc" },
  });
  return row ? { revision: row.revision, cues: fromJson<Cue[]>(row.cues) } : undefined;
}

/** Operations after `revision`, oldest first. */
export async function operationsAfter(
  client: Tx | ReturnType<typeof db>,
  trackId: string,
  revision: number,
): Promise<StoredOperation[]> {
  const rows = await client.trackOperation.findMany({
    where: { trackId, revision: { gt: revision } },
    orderBy: { revision: "asc" },
    select: { revision: true, clientOpId: true, operation: true },
  });
  return rows.map((row) => ({ ...row, operation: fromJson<SubtitleOperation>(row.operation) }));
}

/** Outside a transaction: reads a track as it stands. */
export function reader(): ReturnType<typeof db> {
  return db();
}

export async function findByClientOpId(
  tx: Tx,
  trackId: string,
  clientOpId: string,
): Promise<{ revision: number } | undefined> {
  const where = { trackId_clientOpId: { trackId, clientOpId } };
  return (await tx.trackOperation.findUnique({ where, select: { revision: true } })) ?? undefined;
}

export async function insertOperation(
  tx: Tx,
  row: {
    trackId: string;
    revision: number;
    baseRevision: number;
    clientOpId: string;
    actorId: string;
    operation: SubtitleOperation;
    inverse: SubtitleOperation;
  },
): Promise<void> {
  const { operation, inverse, ...plain } = row;
  await tx.trackOperation.create({
    data: { ...plain, operation: toJson(operation), inverse: toJson(inverse) },
  });
  await tx.track.update({
    where: { id: row.trackId },
    data: { revision: row.revision, updatedAt: new Date() },
  });
}
