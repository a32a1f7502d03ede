import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { Cue } from "@/lib/subtitles/model";
import type { SubtitleOperation } from "@/lib/subtitles/operations";
import type { RuleProfile } from "@/lib/subtitles/rules";

const fromJson = <T>(value: Prisma.JsonValue): T => value as unknown as T;
const toJson = (value: unknown) => value as Prisma.InputJsonValue;

export type Client = Tx | ReturnType<typeof db>;

export interface TrackRow {
  id: string;
  ownerId: string;
  videoId: string;
  language: string;
  sourceTrackId: string | null;
  /** Null: made before tracks had rules of their own. */
  profile: RuleProfile | null;
  revision: number;
  updatedAt: Date;
}

const columns = {
  id: true,
  ownerId: true,
  videoId: true,
  language: true,
  sourceTrackId: true,
  profile: true,
  revision: true,
  updatedAt: true,
} as const;

export interface StoredOperation {
  revision: number;
  clientOpId: string;
  operation: SubtitleOperation;
}

/** Outside a transaction: reads a track as it stands. */
export function reader(): Client {
  return db();
}

/**
 * The track of a video in a language, made at revision 0 where there is none, and locked either
 * way: of two jobs that end at once one is second.
 */
export async function lockTrackOf(
  tx: Tx,
  track: { id: string; ownerId: string; videoId: string; language: string },
): Promise<{ id: string; revision: number; made: boolean }> {
  const { count } = await tx.track.createMany({ data: [track], skipDuplicates: true });
  const rows = await tx.$queryRaw<{ id: string; revision: number }[]>`
    SELECT id::text, revision FROM tracks
    WHERE video_id = ${track.videoId}::uuid AND language = ${track.language} FOR UPDATE`;
  const [row] = rows;
  if (!row) throw new Error("the track was removed meanwhile");
  return { ...row, made: count === 1 };
}

/** What a job says about the track as a whole. */
export async function updateTrack(
  tx: Tx,
  id: string,
  change: { sourceTrackId?: string | null; profile?: RuleProfile },
): Promise<void> {
  const { profile, ...plain } = change;
  await tx.track.update({
    where: { id },
    data: { ...plain, ...(profile && { profile: toJson(profile) }), updatedAt: new Date() },
  });
}

/** Keeps the whole track at a revision; there may be one already. */
export async function insertSnapshot(
  tx: Tx,
  trackId: string,
  revision: number,
  cues: readonly Cue[],
): Promise<void> {
  await tx.trackSnapshot.createMany({
    data: [{ trackId, revision, cues: toJson(cues) }],
    skipDuplicates: true,
  });
}

/** The owner's track of a video that is there, or undefined. */
export async function findTrack(
  ownerId: string,
  id: string,
  client: Client = db(),
): Promise<TrackRow | undefined> {
  const where = { id, ownerId, video: { status: { notIn: ["deleting", "deleted"] } } };
  const row = await client.track.findFirst({
    where: where as Prisma.TrackWhereInput,
    select: columns,
  });
  if (!row) return undefined;
  return { ...row, profile: row.profile === null ? null : fromJson<RuleProfile>(row.profile) };
}

/** The track's row, locked: edits of one track happen one after the other. */
export async function lockTrack(tx: Tx, id: string): Promise<{ revision: number } | undefined> {
  const rows = await tx.$queryRaw<{ revision: number }[]>`
    SELECT revision FROM tracks WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0];
}

/** Newest snapshot at or before `revision`; left out: of all. */
export async function newestSnapshot(
  client: Client,
  trackId: string,
  revision?: number,
): Promise<{ revision: number; cues: Cue[] } | undefined> {
  const row = await client.trackSnapshot.findFirst({
    where: { trackId, ...(revision !== undefined && { revision: { lte: revision } }) },
    orderBy: { revision: "desc" },
  });
  return row ? { revision: row.revision, cues: fromJson<Cue[]>(row.cues) } : undefined;
}

/** Operations after `revision`, up to `until` where it is given, oldest first. */
export async function operationsAfter(
  client: Client,
  trackId: string,
  revision: number,
  until?: number,
): Promise<StoredOperation[]> {
  const rows = await client.trackOperation.findMany({
    where: { trackId, revision: { gt: revision, ...(until !== undefined && { lte: until }) } },
    orderBy: { revision: "asc" },
    select: { revision: true, clientOpId: true, operation: true },
  });
  return rows.map((row) => ({ ...row, operation: fromJson<SubtitleOperation>(row.operation) }));
}

/** How long the operations after `revision` are in JSON, in bytes. */
export async function bytesAfter(tx: Tx, trackId: string, revision: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ bytes: number }[]>`
    SELECT COALESCE(SUM(octet_length(operation::text)), 0)::float AS bytes
    FROM track_operations WHERE track_id = ${trackId}::uuid AND revision > ${revision}`;
  return row?.bytes ?? 0;
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

export interface EditOfCue {
  revision: number;
  kind: SubtitleOperation["kind"];
  at: Date;
  actorId: string;
  /** Null: the account is gone. */
  name: string | null;
}

/** The edits that name a cue anywhere, oldest first. */
export async function operationsOn(trackId: string, cueId: string): Promise<EditOfCue[]> {
  return db().$queryRaw<EditOfCue[]>`
    SELECT o.revision, o.operation ->> 'kind' AS kind, o.created_at AS at,
           o.actor_id::text AS "actorId", u.name
    FROM track_operations o LEFT JOIN users u ON u.id = o.actor_id AND u.erased_at IS NULL
    WHERE o.track_id = ${trackId}::uuid
      AND jsonb_path_exists(o.operation, '$.** ? (@ == $id)',
                            jsonb_build_object('id', ${cueId}::text))
    ORDER BY o.revision`;
}
