import "server-only";
import { AppError } from "@/lib/errors";
import { block, countUp, forget, waitMs } from "@/lib/http/rate";
import { keyedHash } from "@/lib/seal";
import { failuresBeforeLock, lockMs, stuffingBlockMs } from "./policy";

/**
 * Whose failures are counted together. A browser that the account knows counts for itself, so that
 * somebody who locks strangers out of an account doesn't lock out its owner.
 */
export interface Tried {
  email: string;
  /** Hash of a device that the account knows; undefined for every other. */
  knownDevice?: string | undefined;
}

const failures = { name: "logInFailures", rate: { limit: failuresBeforeLock, windowMs: 900_000 } };
/** How many times log-in has paused lately: a counter, its limit never matters. */
const locks = { name: "logInLocks", rate: { limit: 1_000, windowMs: 30 * 24 * 3_600_000 } };
const stuffing = { name: "logInStuffing", rate: { limit: 1_000, windowMs: stuffingBlockMs } };

const who = ({ email, knownDevice }: Tried) => `${email}|${knownDevice ?? ""}`;

/** How an address appears in the audit log. */
export function accountPseudonym(email: string): string {
  return keyedHash("pseudonyms", email);
}

/** @throws {AppError} `log_in_locked` with the time to wait, alike for unknown accounts */
export async function assertUnlocked(tried: Tried): Promise<void> {
  const retryAfterMs = await waitMs({ ...failures, who: who(tried) });
  if (retryAfterMs > 0) throw new AppError("log_in_locked", { retryAfterMs });
}

/** Counts a wrong password; answers how long log-in pauses when this one was too many. */
export async function noteFailure(tried: Tried): Promise<{ lockedMs: number } | undefined> {
  const count = await countUp({ ...failures, who: who(tried) });
  // Of guesses side by side, one makes the lock.
  if (count !== failuresBeforeLock) return undefined;
  const lock = await countUp({ ...locks, who: who(tried) });
  const lockedMs = lockMs(lock);
  await block({ ...failures, who: who(tried) }, lockedMs);
  return { lockedMs };
}

/** The owner got in: failures before this don't count any more. */
export async function forgetFailures(tried: Tried): Promise<void> {
  await forget({ ...failures, who: who(tried) });
  await forget({ ...locks, who: who(tried) });
}

/** Shuts a network from which many accounts were tried out of log-in. */
export async function blockNetwork(network: string): Promise<void> {
  await block({ ...stuffing, who: network }, stuffingBlockMs);
}

/** @throws {AppError} `rate_limited` for a network that was shut out */
export async function assertNetworkOpen(network: string | undefined): Promise<void> {
  const retryAfterMs = network ? await waitMs({ ...stuffing, who: network }) : 0;
  if (retryAfterMs > 0) throw new AppError("rate_limited", { retryAfterMs });
}
