import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";

export interface DeviceRow {
  id: string;
  userId: string;
  granted: number;
  claimedBy: string | null;
  claimedAt: Date | null;
}

/** The device by any of its hashes. */
export async function findDevice(
  hashes: readonly string[],
  tx: Tx = db(),
): Promise<DeviceRow | undefined> {
  const row = await tx.trialDevice.findFirst({ where: { id: { in: [...hashes] } } });
  return row ?? undefined;
}

/** Whoever begins on the same device waits here until this transaction is through. */
export async function lockDeviceId(tx: Tx, hash: string): Promise<void> {
  const key = `trial:${hash}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

export async function insertDevice(
  tx: Tx,
  device: { id: string; userId: string; granted: number; createdAt: Date },
): Promise<void> {
  await tx.trialDevice.create({ data: device });
}

/**
 * Counts one more visitor of a subject's day, unless there are `limit`; false then. Parallel
 * callers queue for the row.
 */
export async function takeAllowance(
  tx: Tx,
  of: { subject: "device" | "network" | "all"; hash: string; day: string },
  give: { credits: number; limit: number },
): Promise<boolean> {
  if (give.limit < 1) return false;
  const taken = await tx.$executeRaw`
    INSERT INTO trial_allowances AS a (subject, hash, day, credits, visitors)
    VALUES (${of.subject}, ${of.hash}, ${of.day}::date, ${give.credits}::int, 1)
    ON CONFLICT (subject, hash, day) DO UPDATE
    SET credits = a.credits + EXCLUDED.credits, visitors = a.visitors + 1
    WHERE a.visitors < ${give.limit}::int`;
  return taken === 1;
}

export async function deleteAllowances(beforeDay: string): Promise<number> {
  return db().$executeRaw`DELETE FROM trial_allowances WHERE day < ${beforeDay}::date`;
}

/** Devices that no browser can name any more: their cookie has run out. */
export async function deleteDevices(before: Date): Promise<number> {
  const where = { createdAt: { lt: before }, user: { erasedAt: { not: null } } };
  return (await db().trialDevice.deleteMany({ where })).count;
}

/** Neither deleted nor on its way there. */
const present = { status: { notIn: ["deleting", "deleted"] } } satisfies Prisma.VideoWhereInput;

/** What a visitor has made. */
export async function countWork(
  userId: string,
  tx: Tx = db(),
): Promise<{ videos: number; jobs: number }> {
  const [videos, jobs] = await Promise.all([
    tx.video.count({ where: { ownerId: userId, ...present } }),
    tx.job.count({ where: { ownerId: userId } }),
  ]);
  return { videos, jobs };
}

/** Visitors whom nobody has seen since `before`, longest first. */
export async function unseenVisitors(before: Date, limit: number): Promise<string[]> {
  const rows = await db().user.findMany({
    where: {
      visitor: true,
      erasedAt: null,
      deletionRequestedAt: null,
      createdAt: { lt: before },
      sessions: { none: { lastSeenAt: { gte: before } } },
    },
    orderBy: { id: "asc" },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** The visitor's row, locked: uploads of theirs, and a claim, go one after the other. */
export async function lockVisitor(tx: Tx, userId: string): Promise<{ usable: boolean }> {
  const rows = await tx.$queryRaw<{ usable: boolean }[]>`
    SELECT erased_at IS NULL AND disabled_at IS NULL AS usable
    FROM users WHERE id = ${userId}::uuid AND visitor FOR UPDATE`;
  return { usable: rows[0]?.usable ?? false };
}

/** Also uploads whose video has been deleted since. */
export async function countUploads(tx: Tx, ownerId: string, since: Date) {
  const [unfinished, today] = await Promise.all([
    tx.upload.count({ where: { ownerId, state: "active" } }),
    tx.video.count({ where: { ownerId, createdAt: { gte: since } } }),
  ]);
  return { unfinished, today };
}

export async function isVisitor(userId: string): Promise<boolean> {
  return (await db().user.count({ where: { id: userId, visitor: true } })) === 1;
}
