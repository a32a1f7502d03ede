const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long a sign-in lasts: without being used, and in all. */
export function sessionLimits(remember: boolean): { idleMs: number; absoluteMs: number } {
  return remember
    ? { idleMs: 14 * dayMs, absoluteMs: 90 * dayMs }
    : { idleMs: 12 * hourMs, absoluteMs: 24 * hourMs };
}

export interface SessionTimes {
  idleExpiresAt: Date;
  absoluteExpiresAt: Date;
  revokedAt: Date | null;
}

/** Whether a sign-in still counts. */
export function isLive(session: SessionTimes, nowMs: number): boolean {
  return (
    session.revokedAt === null &&
    session.idleExpiresAt.getTime() > nowMs &&
    session.absoluteExpiresAt.getTime() > nowMs
  );
}

/** A sign-in in use is marked as used at most this often. */
export const touchEveryMs = 60_000;
