import "server-only";
import { readAvailable } from "./ledger-repo";

/** Credits that an account can spend now: what has expired doesn't count, swept or not. */
export function availableCredits(ownerId: string, nowMs = Date.now()): Promise<number> {
  return readAvailable(ownerId, new Date(nowMs));
}
