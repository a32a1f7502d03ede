import { setTimeout as wait } from "node:timers/promises";
import type { AppError } from "@/lib/errors";

/** Waits before the second and third try. The durable step around it owns longer ones. */
const waitsMs = [600, 2_500];
/** A service that asks for more patience than this gets it from the durable step. */
const maxWaitMs = 5_000;

/**
 * Asks up to three times where trying again can help. The services' own clients can't be told to
 * stop waiting, this can.
 * @returns the answer and how many requests it took.
 * @throws {AppError} the last one; the signal's reason when aborted.
 */
export async function withRetries<T>(
  ask: () => Promise<T>,
  asAppError: (error: unknown) => AppError,
  signal: AbortSignal | undefined,
): Promise<{ answer: T; requests: number }> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return { answer: await abortable(ask(), signal), requests: attempt + 1 };
    } catch (error) {
      signal?.throwIfAborted();
      const failure = asAppError(error);
      const waitMs = failure.retryAfterMs ?? waitsMs[attempt];
      if (
        !failure.retryable ||
        waitMs === undefined ||
        waitMs > maxWaitMs ||
        attempt >= waitsMs.length
      ) {
        throw failure;
      }
      await wait(waitMs, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
    }
  }
}

/** The promise, or the signal's reason as soon as it aborts; the work itself can't be stopped. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let leave: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (leave) signal.removeEventListener("abort", leave);
    // A late failure of what nobody waits for any more must not be an unhandled one.
    work.catch(() => undefined);
  }
}
