import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { RenderOptions } from "./schema";
import type { RenderStatus } from "./statuses";

const include = { track: { select: { language: true } } } satisfies Prisma.VideoRenderInclude;
export type RenderRow = Prisma.VideoRenderGetPayload<{ include: typeof include }>;

const open = { in: ["pending", "processing"] } satisfies Prisma.EnumRenderStatusFilter;

/** One order of a person at a time, so that there are never too many. */
export async function lockOrders(tx: Tx, ownerId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${ownerId}, 7344))::text`;
}

export function countOpen(tx: Tx, ownerId: string): Promise<number> {
  return tx.videoRender.count({ where: { ownerId, status: open } });
}

export async function insertRender(
  tx: Tx,
  row: {
    id: string;
    ownerId: string;
    videoId: string;
    trackId: string;
    revision: number;
    options: RenderOptions;
    idempotencyKey: string;
    createdAt: Date;
  },
): Promise<void> {
  await tx.videoRender.create({ data: { ...row, heartbeatAt: row.createdAt } });
}

export async function findByKey(
  ownerId: string,
  idempotencyKey: string,
  tx: Tx = db(),
): Promise<RenderRow | undefined> {
  const where = { ownerId_idempotencyKey: { ownerId, idempotencyKey } };
  return (await tx.videoRender.findUnique({ where, include })) ?? undefined;
}

export async function findRender(id: string, tx: Tx = db()): Promise<RenderRow | undefined> {
  return (await tx.videoRender.findUnique({ where: { id }, include })) ?? undefined;
}

/** The newest first. */
export function rendersOfVideo(videoId: string): Promise<RenderRow[]> {
  return db().videoRender.findMany({
    where: { videoId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 50,
    include,
  });
}

/** The row, held until `tx` ends. */
export async function lockRender(tx: Tx, id: string): Promise<RenderRow | undefined> {
  await tx.$queryRaw`SELECT 1 FROM video_renders WHERE id = ${id}::uuid FOR UPDATE`;
  return (await tx.videoRender.findUnique({ where: { id }, include })) ?? undefined;
}

export async function updateRender(
  tx: Tx,
  id: string,
  change: {
    status?: RenderStatus;
    progress?: number;
    startedAt?: Date;
    endedAt?: Date;
    heartbeatAt?: Date;
    key?: string;
    sizeBytes?: bigint;
    sha256?: string;
    errorCode?: string | null;
  },
): Promise<void> {
  await tx.videoRender.update({ where: { id }, data: change });
}

/** Notes how far the work is, unless it has ended; never less than before. */
export async function noteProgress(id: string, progress: number): Promise<void> {
  await db().$executeRaw`
    UPDATE video_renders SET progress = GREATEST(progress, ${progress}), heartbeat_at = now()
    WHERE id = ${id}::uuid AND status = 'processing'`;
}

export async function deleteRender(tx: Tx, id: string): Promise<void> {
  await tx.videoRender.deleteMany({ where: { id } });
}

/** At work without a sign since `quietSince`, or waiting since `orderedBefore`. */
export async function lostRenders(before: {
  quietSince: Date;
  orderedBefore: Date;
}): Promise<string[]> {
  const rows = await db().videoRender.findMany({
    where: {
      OR: [
        { status: "processing", heartbeatAt: { lt: before.quietSince } },
        { status: "pending", createdAt: { lt: before.orderedBefore } },
      ],
    },
    select: { id: true },
    take: 500,
  });
  return rows.map(({ id }) => id);
}

/** Of a video, those that wait or are at work. */
export async function openRendersOf(videoId: string): Promise<string[]> {
  const rows = await db().videoRender.findMany({
    where: { videoId, status: open },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** What is left of a render that has ended. */
export interface KeptRender {
  id: string;
  videoId: string;
  key: string | null;
}

/** Ended before then, the oldest first. */
export async function endedBefore(before: Date): Promise<KeptRender[]> {
  return db().videoRender.findMany({
    where: { status: { notIn: open.in }, endedAt: { lt: before } },
    orderBy: { endedAt: "asc" },
    select: { id: true, videoId: true, key: true },
    take: 500,
  });
}

/** Finished ones of a video, or of any, before its newest `most`. */
export async function supersededRenders(
  most: number,
  videoId: string | null = null,
): Promise<KeptRender[]> {
  return db().$queryRaw<KeptRender[]>`
    SELECT id::text, video_id::text AS "videoId", key FROM (
      SELECT id, video_id, key,
             row_number() OVER (PARTITION BY video_id ORDER BY ended_at DESC, id DESC) AS place
      FROM video_renders WHERE status = 'completed'
        AND (${videoId}::uuid IS NULL OR video_id = ${videoId}::uuid)) finished
    WHERE place > ${most} ORDER BY place DESC LIMIT 500`;
}
