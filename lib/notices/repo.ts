import "server-only";
import { db, type Tx } from "@/lib/db";
import type { NoticeKind, NoticeRequest, NoticeView } from "./schema";

/** Channel whose payload names a person who has a new notice, or has read some. */
export const noticesChannel = "notices_added";

/** True when the notice is new, false when the same thing has been told before. */
export async function insertNotice(
  tx: Tx,
  notice: NoticeRequest & { id: string; createdAt: Date },
): Promise<boolean> {
  const { id, userId, kind, values, dedupeKey, createdAt } = notice;
  const row = { id, userId, kind, data: { ...values }, dedupeKey, createdAt };
  const { count } = await tx.notice.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

interface NoticeRow {
  id: string;
  kind: string;
  data: unknown;
  createdAt: Date;
  readAt: Date | null;
}

function view(row: NoticeRow): NoticeView {
  return {
    id: row.id,
    kind: row.kind as NoticeKind,
    values: row.data,
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  } as NoticeView;
}

/** Newest first; `before` is the last one of the page before. */
export async function readNotices(options: {
  userId: string;
  before?: string | undefined;
  unread: boolean;
  limit: number;
}): Promise<NoticeView[]> {
  const { userId, before, unread, limit } = options;
  const rows = await db().notice.findMany({
    where: { userId, ...(before && { id: { lt: before } }), ...(unread && { readAt: null }) },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(view);
}

/** What came from this moment on, oldest first, except what is named. */
export async function noticesSince(
  userId: string,
  since: Date,
  except: readonly string[],
  limit: number,
): Promise<NoticeView[]> {
  const rows = await db().notice.findMany({
    where: { userId, createdAt: { gte: since }, id: { notIn: [...except] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: limit,
  });
  return rows.map(view);
}

export function countUnread(userId: string): Promise<number> {
  return db().notice.count({ where: { userId, readAt: null } });
}

/** Without `ids`: everything. */
export async function setRead(
  tx: Tx,
  userId: string,
  ids: string[] | undefined,
  at: Date,
): Promise<void> {
  const where = { userId, readAt: null, ...(ids && { id: { in: ids } }) };
  await tx.notice.updateMany({ where, data: { readAt: at } });
}

/** Tells whoever listens that a person's notices have changed: a hint to look. */
export async function notifyNotices(userId: string): Promise<void> {
  await db().$queryRaw`SELECT pg_notify(${noticesChannel}, ${userId})::text`;
}

export async function deleteNotices(before: Date): Promise<number> {
  const { count } = await db().notice.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}
