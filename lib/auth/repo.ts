import "server-only";
import { db, type Tx } from "@/lib/db";
import type { SessionTimes } from "./policy";

/** Payload: the id of a sign-in that has ended. */
export const sessionEndedChannel = "sessions_ended";

export interface SessionRow extends SessionTimes {
  id: string;
  userId: string;
  kind: string;
  remember: boolean;
  device: string;
  network: string | null;
  methods: string[];
  createdAt: Date;
  authenticatedAt: Date | null;
  lastSeenAt: Date;
}

/** A sign-in and what its account may do. */
export interface SessionOfAccount extends SessionRow {
  user: { visitor: boolean; operator: boolean };
}

export interface NewSession {
  id: string;
  userId: string;
  kind: "browser" | "api";
  remember: boolean;
  userAgent: string;
  device: string;
  network: string | null;
  methods: string[];
  authenticatedAt: Date | null;
  createdAt: Date;
  lastSeenAt: Date;
  idleExpiresAt: Date;
  absoluteExpiresAt: Date;
}

/** An account that may sign in: neither disabled nor on its way out. */
const usable = { disabledAt: null, erasedAt: null };

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.authSession.create({ data: session });
}

/** The sign-in with this id, of an account that may sign in. */
export async function findSession(
  id: string,
  tx: Tx = db(),
): Promise<SessionOfAccount | undefined> {
  const row = await tx.authSession.findFirst({
    where: { id, user: usable },
    include: { user: { select: { visitor: true, operator: true } } },
  });
  return row ?? undefined;
}

/** The owner's live sign-ins, last used first. */
export async function findLiveSessions(userId: string, now: Date): Promise<SessionRow[]> {
  return db().authSession.findMany({
    where: {
      userId,
      revokedAt: null,
      idleExpiresAt: { gt: now },
      absoluteExpiresAt: { gt: now },
    },
    orderBy: { lastSeenAt: "desc" },
  });
}

export async function touchSession(
  tx: Tx | undefined,
  session: { id: string; seenAt: Date; idleExpiresAt: Date; network?: string | null },
): Promise<void> {
  await (tx ?? db()).authSession.updateMany({
    where: { id: session.id, revokedAt: null },
    data: {
      lastSeenAt: session.seenAt,
      idleExpiresAt: session.idleExpiresAt,
      ...(session.network !== undefined && { network: session.network }),
    },
  });
}

/** Notes when the person last proved who they are; null asks again. */
export async function setAuthenticatedAt(tx: Tx, id: string, at: Date | null): Promise<void> {
  await tx.authSession.updateMany({ where: { id }, data: { authenticatedAt: at } });
}

/** Ends the sign-ins that still run, tells whoever streams to them, and answers their ids. */
export async function revokeSessions(
  tx: Tx,
  which: { userId: string; id?: string; except?: string | undefined },
  end: { at: Date; reason: string },
): Promise<string[]> {
  const rows = await tx.authSession.updateManyAndReturn({
    where: {
      userId: which.userId,
      revokedAt: null,
      ...(which.id && { id: which.id }),
      ...(which.except && { id: { not: which.except } }),
    },
    data: { revokedAt: end.at, revokedReason: end.reason },
    select: { id: true },
  });
  for (const { id } of rows) await tx.$executeRaw`SELECT pg_notify(${sessionEndedChannel}, ${id})`;
  return rows.map(({ id }) => id);
}

/** Removes sign-ins that ended before `before`, with their tokens. */
export async function deleteEndedSessions(before: Date): Promise<number> {
  const { count } = await db().authSession.deleteMany({
    where: { OR: [{ absoluteExpiresAt: { lt: before } }, { revokedAt: { lt: before } }] },
  });
  return count;
}

export interface RefreshRow {
  hash: string;
  sessionId: string;
  usedAt: Date | null;
  nextHash: string | null;
}

export async function insertRefreshToken(
  tx: Tx,
  token: { hash: string; sessionId: string; createdAt: Date },
): Promise<void> {
  await tx.refreshToken.create({ data: token });
}

export async function findRefreshToken(
  hash: string,
  tx: Tx = db(),
): Promise<RefreshRow | undefined> {
  return (await tx.refreshToken.findUnique({ where: { hash } })) ?? undefined;
}

/** Whoever wants to renew the same sign-in waits here until this transaction is through. */
export async function lockSession(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM auth_sessions WHERE id = ${id}::uuid FOR UPDATE`;
}

/** Puts `nextHash` in the place of `hash`. */
export async function replaceRefreshToken(
  tx: Tx,
  token: { hash: string; nextHash: string; sessionId: string; at: Date },
): Promise<void> {
  const { hash, nextHash, sessionId, at } = token;
  await tx.refreshToken.update({ where: { hash }, data: { usedAt: at, nextHash } });
  await tx.refreshToken.create({ data: { hash: nextHash, sessionId, createdAt: at } });
}
