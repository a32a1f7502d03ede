import "server-only";
import type { Whence } from "@/lib/audit/schema";
import { appendAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { randomToken } from "@/lib/seal";
import { type Tx, transaction } from "@/lib/transaction";
import { signAccessToken } from "./access-token";
import { type Caller, whence } from "./caller";
import { sessionLimits } from "./policy";
import { refreshHash } from "./refresh-token";
import {
  deleteEndedSessions,
  findLiveSessions,
  insertRefreshToken,
  insertSession,
  revokeSessions,
  type SessionRow,
} from "./repo";
import type { SessionView } from "./schema";

/** What a browser or program holds of a sign-in. */
export interface SessionTokens {
  sessionId: string;
  userId: string;
  remember: boolean;
  accessToken: string;
  accessExpiresAtMs: number;
  refreshToken: string;
  /** The sign-in ends then, whatever happens. */
  endsAtMs: number;
}

/** A sign-in that has just been opened or renewed, before there is an access token for it. */
export interface OpenSession {
  id: string;
  userId: string;
  remember: boolean;
  methods: string[];
  endsAtMs: number;
  refreshToken: string;
}

/** Opens a sign-in; its first refresh token begins the family. */
export async function startSession(
  tx: Tx,
  options: {
    userId: string;
    caller: Caller;
    kind: "browser" | "api";
    remember: boolean;
    methods: readonly string[];
    /** Ask again before anything sensitive, although they just logged in. */
    stepUp?: boolean;
    nowMs?: number;
  },
): Promise<OpenSession> {
  const { userId, caller, kind, remember, methods, stepUp = false, nowMs = Date.now() } = options;
  const { idleMs, absoluteMs } = sessionLimits(remember);
  const now = new Date(nowMs);
  const id = newId(nowMs);
  await insertSession(tx, {
    id,
    userId,
    kind,
    remember,
    userAgent: caller.userAgent,
    device: caller.device,
    network: caller.networkLabel,
    methods: [...methods],
    authenticatedAt: stepUp ? null : now,
    createdAt: now,
    lastSeenAt: now,
    idleExpiresAt: new Date(nowMs + idleMs),
    absoluteExpiresAt: new Date(nowMs + absoluteMs),
  });
  const refreshToken = randomToken();
  await insertRefreshToken(tx, { hash: refreshHash(refreshToken), sessionId: id, createdAt: now });
  appendAudit(tx, {
    name: "session_created",
    actorId: userId,
    subjectId: userId,
    sessionId: id,
    ...whence(caller),
    detail: { kind, remember, methods: methods.join(" ") },
  });
  return {
    id,
    userId,
    remember,
    methods: [...methods],
    endsAtMs: nowMs + absoluteMs,
    refreshToken,
  };
}

/** A fresh access token beside the refresh token. Reads keys: not inside a transaction. */
export async function tokensOf(session: OpenSession, nowMs = Date.now()): Promise<SessionTokens> {
  const { id: sessionId, userId, remember, methods, endsAtMs, refreshToken } = session;
  const access = await signAccessToken({ userId, sessionId, methods, endsAtMs }, nowMs);
  return {
    sessionId,
    userId,
    remember,
    accessToken: access.token,
    accessExpiresAtMs: access.expiresAtMs,
    refreshToken,
    endsAtMs,
  };
}

/**
 * Ends an account's sign-ins, all but `except`, at once: open streams end with them. Answers how
 * many there were.
 */
export async function endSessions(
  tx: Tx,
  options: {
    userId: string;
    except?: string | undefined;
    reason: string;
    /** Who wanted it; the owner unless said otherwise. */
    actorId?: string | undefined;
    from?: Whence | undefined;
    nowMs?: number;
  },
): Promise<number> {
  const { userId, except, reason, actorId = userId, from, nowMs = Date.now() } = options;
  const ended = await revokeSessions(tx, { userId, except }, { at: new Date(nowMs), reason });
  if (ended.length > 0) {
    appendAudit(tx, {
      name: "session_revoked",
      actorId,
      subjectId: userId,
      ...from,
      detail: { reason, count: ended.length },
    });
  }
  return ended.length;
}

/** Ends all of somebody's sign-ins but the one that asks. */
export async function endOtherSessions(
  principal: { userId: string; sessionId: string },
  from: Whence,
): Promise<void> {
  const { userId, sessionId: except } = principal;
  await transaction((tx) => endSessions(tx, { userId, except, reason: "owner", from }));
}

/**
 * Ends one of an account's sign-ins.
 * @throws {AppError} `not_found` when it isn't one of them or has ended already
 */
export async function endSession(
  options: { userId: string; sessionId: string; reason: string; from?: Whence },
  nowMs = Date.now(),
): Promise<void> {
  const { userId, sessionId, reason, from } = options;
  await transaction(async (tx) => {
    const end = { at: new Date(nowMs), reason };
    const ended = await revokeSessions(tx, { userId, id: sessionId }, end);
    if (ended.length === 0) throw new AppError("not_found");
    appendAudit(tx, {
      name: reason === "logout" ? "authn_logout" : "session_revoked",
      actorId: userId,
      subjectId: userId,
      sessionId,
      ...from,
      detail: { reason },
    });
  });
}

/** The account's live sign-ins: the asking one first, then by last use. */
export async function listSessions(
  options: { userId: string; currentId: string; networkLabel: string | null },
  nowMs = Date.now(),
): Promise<SessionView[]> {
  const rows = await findLiveSessions(options.userId, new Date(nowMs));
  const views = rows.map((row) => sessionView(row, options));
  return views.sort((a, b) => Number(b.current) - Number(a.current));
}

function sessionView(
  row: SessionRow,
  asking: { currentId: string; networkLabel: string | null },
): SessionView {
  return {
    id: row.id,
    current: row.id === asking.currentId,
    kind: row.kind === "api" ? "api" : "browser",
    device: row.device,
    network: row.network,
    sameNetwork: row.network === asking.networkLabel,
    remember: row.remember,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  };
}

/** How long a sign-in that has ended is kept for records, in ms. */
const endedKeptMs = 30 * 24 * 3_600_000;

export function pruneSessions(nowMs = Date.now()): Promise<number> {
  return deleteEndedSessions(new Date(nowMs - endedKeptMs));
}
