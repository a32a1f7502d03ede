import "server-only";
import { db, type Tx } from "./db";

export type { Tx } from "./db";

/**
 * Runs `work` in one READ COMMITTED transaction: all of it holds or none. A use case owns its
 * transaction and hands `tx` to the repositories it calls. Nothing slow or outside goes in here.
 */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(work, { maxWait: 5_000, timeout: 20_000 });
}
