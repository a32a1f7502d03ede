import { asFailure } from "./failure";
import type { Network, UploaderPorts } from "./ports";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** With these waits some five minutes: a server that restarts is back by then. */
export const MAX_TRIES = 14;

/** Doubling waits, of which up to half is left out at random so that tabs don't move in step. */
export function backOffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return Math.round(full * (1 - random / 2));
}

export interface KeepTryingOptions {
  ports: Pick<UploaderPorts, "wait" | "random"> & { network: Network };
  signal: AbortSignal;
  /** True while waiting for the network, false when it is back. */
  onOffline(offline: boolean): void;
}

/**
 * Runs `work` until it succeeds, fails for good, or has failed `MAX_TRIES` times in a row while
 * there was a network. Without a network it waits for one, however long that takes.
 * @throws {TransferFailure}, or the signal's reason once it is aborted.
 */
export async function keepTrying<T>(
  options: KeepTryingOptions,
  work: () => Promise<T>,
): Promise<T> {
  const { ports, signal } = options;
  for (let failures = 0; ; ) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const failure = asFailure(error);
      if (failure.kind !== "network" && failure.kind !== "busy") throw failure;
      if (!ports.network.isOnline()) {
        options.onOffline(true);
        await ports.network.whenOnline(signal);
        options.onOffline(false);
        failures = 0;
        continue;
      }
      failures++;
      if (failures >= MAX_TRIES) throw failure;
      await ports.wait(failure.retryAfterMs ?? backOffMs(failures, ports.random()), signal);
    }
  }
}
