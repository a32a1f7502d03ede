import "server-only";
import { db } from "@/lib/db";
import type { SessionTimes } from "./policy";

export interface SessionRow extends SessionTimes {
  id: string;
  userId: string;
  remember: boolean;
  lastSeenAt: Date;
}

export async function insertSession(session: {
  id: string;
  userId: string;
  remember: boolean;
  userAgent: string;
  idleExpiresAt: Date;
  absoluteExpiresAt: Date;
}): Promise<void> {
  await db().authSession.create({ data: session });
}

/** The sign-in with this id, of an account that isn't disabled. */
export async function findSession(id: string): Promise<SessionRow | undefined> {
  const row = await db().authSession.findFirst({ where: { id, user: { disabledAt: null } } });
  return row ?? undefined;
}

export async function touchSession(id: string, seenAt: Date, idleExpiresAt: Date): Promise<void> {
  await db().authSession.updateMany({
    where: { id, revokedAt: null },
    data: { lastSeenAt: seenAt, idleExpiresAt },
  });
}

/** Removes sign-ins that ended before `before`. */
export async function deleteEndedSessions(before: Date): Promise<number> {
  const { count } = await db().authSession.deleteMany({
    where: { OR: [{ absoluteExpiresAt: { lt: before } }, { revokedAt: { lt: before } }] },
  });
  return count;
}

export async function revokeSession(id: string, at: Date, reason: string): Promise<void> {
  await db().authSession.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: at, revokedReason: reason },
  });
}
