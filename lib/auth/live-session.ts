import "server-only";
import { isId } from "@/lib/ids";
import { isLive, sessionLimits, touchEveryMs } from "./policy";
import { findSession, touchSession } from "./repo";

/** Who is calling. */
export interface Principal {
  userId: string;
  sessionId: string;
}

/**
 * The sign-in that a cookie names, while its row says that it lives; the row decides, not the
 * cookie. Being asked for prolongs it.
 */
export async function livePrincipal(
  cookie: { sid?: unknown; userId?: unknown } | null,
  nowMs = Date.now(),
): Promise<Principal | undefined> {
  if (typeof cookie?.sid !== "string" || !isId(cookie.sid)) return undefined;
  const session = await findSession(cookie.sid);
  if (!session || session.userId !== cookie.userId || !isLive(session, nowMs)) return undefined;
  if (nowMs - session.lastSeenAt.getTime() > touchEveryMs) {
    const { idleMs } = sessionLimits(session.remember);
    await touchSession(session.id, new Date(nowMs), new Date(nowMs + idleMs));
  }
  return { userId: session.userId, sessionId: session.id };
}
