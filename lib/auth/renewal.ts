import "server-only";
import { findRecipient } from "@/lib/accounts/service";
import { appendAudit, recordAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { countUp } from "@/lib/http/rate";
import { queueMail } from "@/lib/mail/service";
import { type Tx, transaction } from "@/lib/transaction";
import { type Caller, whence } from "./caller";
import { isLive, sessionLimits } from "./policy";
import { judgeRefresh, nextRefreshToken, refreshHash } from "./refresh-token";
import {
  findRefreshToken,
  findSession,
  lockSession,
  replaceRefreshToken,
  revokeSessions,
  type SessionRow,
  touchSession,
} from "./repo";
import { type SessionTokens, tokensOf } from "./sessions";

/**
 * A new access token, and the refresh token's successor, for a refresh token. A token that was
 * replaced before (by more than ten seconds, or by two) ends the whole sign-in: somebody holds a
 * copy of it.
 * @throws {AppError} `refresh_rejected`
 */
export async function renewSession(
  options: { refreshToken: string; caller: Caller },
  nowMs = Date.now(),
): Promise<SessionTokens> {
  const hash = refreshHash(options.refreshToken);
  const sessionId = (await findRefreshToken(hash))?.sessionId;
  if (!sessionId) throw new AppError("refresh_rejected");
  const outcome = await transaction(async (tx) => {
    await lockSession(tx, sessionId);
    const session = await findSession(sessionId, tx);
    if (!session || !isLive(session, nowMs)) return "ended";
    return takeToken(tx, { ...options, hash, session }, nowMs);
  });
  if (outcome === "ended") await noteUse(sessionId, options.caller);
  // Thrown only here: what the transaction ended has to stay ended.
  if (typeof outcome === "string") throw new AppError("refresh_rejected");
  const { session, refreshToken } = outcome;
  const endsAtMs = session.absoluteExpiresAt.getTime();
  return tokensOf({ ...session, endsAtMs, refreshToken }, nowMs);
}

/** A page that is still open asks on after its sign-in has ended: once an hour tells as much. */
const noted = { limit: 1, windowMs: 3_600_000 };

async function noteUse(sessionId: string, caller: Caller): Promise<void> {
  const uses = await countUp({ name: "use of an ended sign-in", who: sessionId, rate: noted });
  if (uses > noted.limit) return;
  await recordAudit({
    name: "session_use_after_expire",
    level: "warn",
    sessionId,
    ...whence(caller),
  });
}

interface TokenUse {
  refreshToken: string;
  hash: string;
  session: SessionRow;
  caller: Caller;
}

async function takeToken(
  tx: Tx,
  use: TokenUse,
  nowMs: number,
): Promise<"reuse" | { session: SessionRow; refreshToken: string }> {
  const { hash, session, caller } = use;
  const token = await findRefreshToken(hash, tx);
  const next = token?.nextHash ? await findRefreshToken(token.nextHash, tx) : undefined;
  const verdict = token ? judgeRefresh(token, next, nowMs) : "reuse";
  if (verdict === "reuse") {
    await endFamily(tx, use, nowMs);
    return "reuse";
  }
  const successor = nextRefreshToken(use.refreshToken);
  if (verdict === "rotate") {
    const now = new Date(nowMs);
    const nextHash = refreshHash(successor);
    await replaceRefreshToken(tx, { hash, nextHash, sessionId: session.id, at: now });
    await touchSession(tx, {
      id: session.id,
      seenAt: now,
      idleExpiresAt: new Date(nowMs + sessionLimits(session.remember).idleMs),
      network: caller.networkLabel,
    });
  }
  return { session, refreshToken: successor };
}

async function endFamily(tx: Tx, { session, caller }: TokenUse, nowMs: number): Promise<void> {
  const { id, userId, device } = session;
  const at = new Date(nowMs);
  await revokeSessions(tx, { userId, id }, { at, reason: "refresh_reuse" });
  const owner = await findRecipient(userId, tx);
  if (owner) {
    await queueMail(tx, {
      kind: "session-reused",
      ...owner,
      values: { device, at: at.toISOString() },
    });
  }
  appendAudit(tx, {
    name: "authn_token_reuse",
    level: "critical",
    subjectId: userId,
    sessionId: id,
    ...whence(caller),
  });
}

/**
 * Ends the sign-in that a refresh token belongs to (RFC 7009: an unknown token is no error).
 */
export async function revokeByToken(options: {
  refreshToken: string;
  caller: Caller;
}): Promise<void> {
  const token = await findRefreshToken(refreshHash(options.refreshToken));
  const session = token && (await findSession(token.sessionId));
  if (!session) return;
  await transaction(async (tx) => {
    const { id, userId } = session;
    const ended = await revokeSessions(tx, { userId, id }, { at: new Date(), reason: "logout" });
    if (ended.length === 0) return;
    appendAudit(tx, {
      name: "authn_token_revoked",
      actorId: userId,
      subjectId: userId,
      sessionId: id,
      ...whence(options.caller),
    });
  });
}
