import "server-only";
import type { Tx } from "@/lib/transaction";
import { readAvailable } from "./ledger-repo";

/** Credits that an account can spend now: what has expired doesn't count, swept or not. */
export function availableCredits(ownerId: string, nowMs = Date.now(), tx?: Tx): Promise<number> {
  return readAvailable(ownerId, new Date(nowMs), tx);
}
