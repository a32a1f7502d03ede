import "server-only";
import { db, type Tx } from "./db";

export type { Tx } from "./db";

/** What each open transaction still has to do before it commits. */
const lastWork = new WeakMap<Tx, ((tx: Tx) => Promise<void>)[]>();

/**
 * Runs `work` in one READ COMMITTED transaction: all of it holds or none. A use case owns its
 * transaction and hands `tx` to the repositories it calls. Nothing slow or outside goes in here.
 */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(
    async (tx) => {
      const last: ((tx: Tx) => Promise<void>)[] = [];
      lastWork.set(tx, last);
      const result = await work(tx);
      for (const each of last) await each(tx);
      return result;
    },
    { maxWait: 5_000, timeout: 20_000 },
  );
}

/**
 * Has `work` done as the last thing of a transaction, after everything else that takes locks: for
 * what all transactions queue for, like the audit chain. Taken earlier, such a lock would meet the
 * rows' own ones in either order, and two transactions could wait for each other.
 */
export function beforeCommit(tx: Tx, work: (tx: Tx) => Promise<void>): void {
  const last = lastWork.get(tx);
  if (!last) throw new Error("not a transaction of transaction()");
  last.push(work);
}
