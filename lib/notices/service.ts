import "server-only";
import { newId } from "@/lib/ids";
import { afterCommit, type Tx, transaction } from "@/lib/transaction";
import {
  countUnread,
  deleteNotices,
  insertNotice,
  noticesSince,
  notifyNotices,
  readNotices,
  setRead,
} from "./repo";
import type { NoticeRequest, NoticeView } from "./schema";

export { noticesChannel } from "./repo";

/** Most that a page is told at once of what it missed. */
const latestLimit = 50;

/**
 * Tells a person something in the app, once a `dedupeKey`; if and only if `tx` commits. Open pages
 * hear of it at once. Answers whether it is news: a mail that goes with it is the caller's.
 */
export async function addNotice(
  tx: Tx,
  request: NoticeRequest,
  nowMs = Date.now(),
): Promise<boolean> {
  const added = await insertNotice(tx, {
    ...request,
    id: newId(nowMs),
    createdAt: new Date(nowMs),
  });
  if (added) afterCommit(tx, () => notifyNotices(request.userId).catch(() => undefined));
  return added;
}

/** What a person was told, newest first. */
export async function listNotices(options: {
  userId: string;
  cursor?: string | undefined;
  unread: boolean;
  limit: number;
}): Promise<{ notices: NoticeView[]; unread: number; nextCursor: string | null }> {
  const { userId, cursor, limit } = options;
  const [rows, unread] = await Promise.all([
    readNotices({ userId, before: cursor, unread: options.unread, limit: limit + 1 }),
    countUnread(userId),
  ]);
  const notices = rows.slice(0, limit);
  const more = rows.length > limit;
  return { notices, unread, nextCursor: more ? (notices.at(-1)?.id ?? null) : null };
}

/** Notes notices as read, all of them without `ids`; answers how many are left. */
export async function markRead(options: {
  userId: string;
  ids?: string[] | undefined;
  nowMs?: number;
}): Promise<number> {
  const { userId, ids, nowMs = Date.now() } = options;
  await transaction(async (tx) => {
    await setRead(tx, userId, ids, new Date(nowMs));
    afterCommit(tx, () => notifyNotices(userId).catch(() => undefined));
  });
  return countUnread(userId);
}

export function unreadCount(userId: string): Promise<number> {
  return countUnread(userId);
}

/** What a person was told from a moment on, oldest first, except what is named. */
export function latestNotices(
  userId: string,
  sinceMs: number,
  except: readonly string[],
): Promise<NoticeView[]> {
  return noticesSince(userId, new Date(sinceMs), except, latestLimit);
}

/** How long notices are kept, in ms: longer than anything is told of ahead. */
const keptMs = 365 * 24 * 3_600_000;

export function pruneNotices(nowMs = Date.now()): Promise<number> {
  return deleteNotices(new Date(nowMs - keptMs));
}
