import { AppError } from "./errors";

/** How many may wait, and what the next one is told. */
interface QueueBound {
  maxWaiting: number;
  retryAfterMs: number;
}

/**
 * Lets at most `limit` tasks run at a time, the others in the order they came. With a `queue` only
 * so many wait: what can't be served soon is better refused at once.
 */
export function createSemaphore(limit: number, queue?: QueueBound) {
  let running = 0;
  const waiting: (() => void)[] = [];

  const release = () => {
    running -= 1;
    waiting.shift()?.();
  };

  async function enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (running < limit) {
      running += 1;
      return;
    }
    if (queue && waiting.length >= queue.maxWaiting) {
      throw new AppError("not_ready", { retryAfterMs: queue.retryAfterMs });
    }
    await new Promise<void>((resolve, reject) => {
      const admit = () => {
        signal?.removeEventListener("abort", leave);
        running += 1;
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(admit), 1);
        reject(signal?.reason);
      };
      waiting.push(admit);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  /**
   * @throws {AppError} `not_ready` when the queue is full; the signal's reason when aborted while
   * waiting; else whatever `task` throws.
   */
  return async function run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await enter(signal);
    try {
      return await task();
    } finally {
      release();
    }
  };
}
