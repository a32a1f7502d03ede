import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";

export interface RetentionRow {
  id: string;
  ownerId: string;
  title: string;
  expiresAt: Date | null;
  retainedUntil: Date | null;
  uploadedAt: Date | null;
}

const shown = {
  id: true,
  ownerId: true,
  title: true,
  expiresAt: true,
  retainedUntil: true,
  uploadedAt: true,
} as const;

/** Whose files are there, and stay until they are told to go. */
const kept = {
  mediaDeletedAt: null,
  uploadedAt: { not: null },
  status: { in: ["preparing", "ready", "failed"] },
} satisfies Prisma.VideoWhereInput;

const open = { in: ["pending" as const, "processing" as const] };

/** Nothing works on them. */
const idle = {
  jobs: { none: { status: open } },
  renders: { none: { status: open } },
} satisfies Prisma.VideoWhereInput;

/** The video's row, locked until `tx` ends: whoever moves its end holds this. */
export async function lockRetention(tx: Tx, id: string): Promise<RetentionRow | undefined> {
  await tx.$queryRaw`SELECT 1 FROM videos WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return (await tx.video.findFirst({ where: { id, ...kept }, select: shown })) ?? undefined;
}

/** Whether any job over the video, or a video made of it, is still under way. */
export async function isWorkedOn(tx: Tx, id: string): Promise<boolean> {
  return (await tx.video.count({ where: { id, ...idle } })) === 0;
}

export async function setRetention(
  tx: Tx,
  id: string,
  data: { expiresAt: Date | null; retainedUntil?: Date },
): Promise<void> {
  await tx.video.update({ where: { id }, data: { ...data, expiryNotedAt: null } });
}

/** Videos whose time is over. */
export async function dueVideos(now: Date, limit: number): Promise<string[]> {
  const where = { ...kept, expiresAt: { lte: now } };
  const rows = await db().video.findMany({ where, take: limit, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Notes that the files of a video whose time is over are gone; false when it got more time. */
export async function markExpired(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.video.updateMany({
    where: { id, ...kept, expiresAt: { lte: now } },
    data: { mediaDeletedAt: now, thumbnailKey: null, peaksKey: null, previewKey: null },
  });
  await tx.video.updateMany({
    where: { id, status: "preparing", mediaDeletedAt: { not: null } },
    data: { status: "ready" },
  });
  return count === 1;
}

/** Videos that nothing works on and nothing will ever end: left by a crash, or older than this. */
export async function endlessVideos(uploadedBefore: Date, limit: number): Promise<string[]> {
  const rows = await db().video.findMany({
    where: { ...kept, ...idle, expiresAt: null, uploadedAt: { lt: uploadedBefore } },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Videos that go before `by` and whose owner hasn't been told. */
export async function untoldVideos(now: Date, by: Date, limit: number): Promise<RetentionRow[]> {
  return db().video.findMany({
    where: { ...kept, expiresAt: { gt: now, lte: by }, expiryNotedAt: null },
    orderBy: { expiresAt: "asc" },
    take: limit,
    select: shown,
  });
}

/** False when somebody else noted it first. */
export async function noteTold(tx: Tx, id: string, at: Date): Promise<boolean> {
  const where = { id, expiryNotedAt: null };
  const { count } = await tx.video.updateMany({ where, data: { expiryNotedAt: at } });
  return count === 1;
}

/** How often a video's time has been prolonged by purchase. */
export async function countExtensions(tx: Tx, videoId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM credit_reservations
    WHERE purpose = 'retention' AND subject_id = ${videoId}::uuid`;
  return row?.count ?? 0;
}
