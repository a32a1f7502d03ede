const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
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
export const touchEveryMs = minuteMs;

/** Life of an access token. */
export const accessTokenMs = 10 * minuteMs;

/** For so long the token just replaced may come again: another tab, an answer that got lost. */
export const refreshOverlapMs = 10_000;

/** A signing key signs for so long, and verifies for a day more. */
export const signingKeyMs = 30 * dayMs;
export const retiredKeyMs = dayMs;

/** A device that hasn't been seen for so long is a stranger again. */
export const knownDeviceMs = 365 * dayMs;

/** How long one-time tokens are good for. */
export const tokenLifeMs = {
  sign_up: dayMs,
  provider_sign_up: hourMs,
  password_reset: 30 * minuteMs,
  email_change: dayMs,
  challenge: 10 * minuteMs,
  provider_intent: 10 * minuteMs,
} as const;
export type TokenPurpose = keyof typeof tokenLifeMs;

/** After so long the person is asked again who they are before anything sensitive. */
const freshMs = 5 * minuteMs;

/** Whether who it is was proved a short time ago. */
export function isFresh(authenticatedAt: Date | null, nowMs: number): boolean {
  return authenticatedAt !== null && nowMs - authenticatedAt.getTime() <= freshMs;
}

/** Wrong passwords for one account before log-in pauses. */
export const failuresBeforeLock = 10;

/**
 * How long log-in to one account pauses after its `lock`th series of failures, from 1: doubling
 * from a quarter of an hour. From the tenth on (100 failures, NIST SP 800-63B-4, 3.2.2) until the
 * password is reset, as far as counters last.
 */
export function lockMs(lock: number): number {
  if (lock >= 10) return 30 * dayMs;
  return Math.min(15 * minuteMs * 2 ** (lock - 1), dayMs);
}

/**
 * How often something may be tried. Networks are counted apart from accounts, so that neither
 * many accounts from one place nor one account from many places can be tried without end.
 */
export const authRates = {
  logInNetwork: { limit: 50, windowMs: 15 * minuteMs },
  signUpNetwork: { limit: 30, windowMs: 3 * hourMs },
  /** Where networks can't be told apart, of everybody: a password hash costs 60 ms. */
  signUpOfAll: { limit: 600, windowMs: hourMs },
  signUpAddress: { limit: 3, windowMs: 3 * hourMs },
  resetNetwork: { limit: 20, windowMs: hourMs },
  resetAddress: { limit: 3, windowMs: hourMs },
  emailChange: { limit: 5, windowMs: hourMs },
  confirm: { limit: 10, windowMs: 15 * minuteMs },
  refresh: { limit: 30, windowMs: minuteMs },
  providerNetwork: { limit: 60, windowMs: 15 * minuteMs },
} as const;

/** A network from which many accounts were tried is shut out of log-in for so long. */
export const stuffingBlockMs = 30 * minuteMs;
