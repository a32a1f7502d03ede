import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { db, isConflict, type Tx } from "./db";

export type { Tx } from "./db";

/** What each open transaction still has to do before it commits. */
const lastWork = new WeakMap<Tx, ((tx: Tx) => Promise<void>)[]>();

/** What is to be done once a transaction has held. */
const followUps = new WeakMap<Tx, (() => Promise<void>)[]>();

/** A transaction that Postgres gave up for another's sake is tried so often in all. */
const tries = 4;

/**
 * Runs `work` in one READ COMMITTED transaction: all of it holds or none. A use case owns its
 * transaction and hands `tx` to the repositories it calls. Nothing slow or outside goes in here:
 * when two transactions wait for each other, Postgres ends one, and its `work` is run again.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(work);
    } catch (error) {
      if (attempt === tries || !isConflict(error)) throw error;
      await sleep(20 * attempt * (1 + Math.random()));
    }
  }
}

async function runOnce<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const after: (() => Promise<void>)[] = [];
  const result = await db().$transaction(
    async (tx) => {
      const last: ((tx: Tx) => Promise<void>)[] = [];
      lastWork.set(tx, last);
      followUps.set(tx, after);
      const result = await work(tx);
      for (const each of last) await each(tx);
      return result;
    },
    { maxWait: 5_000, timeout: 20_000 },
  );
  // The work holds: whatever happens now must not have it done again.
  for (const each of after) await each().catch(() => undefined);
  return result;
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

/**
 * Has `work` done once the transaction holds, and not when it doesn't: for hints whose loss costs
 * nothing but a little time. It must not throw.
 */
export function afterCommit(tx: Tx, work: () => Promise<void>): void {
  const after = followUps.get(tx);
  if (!after) throw new Error("not a transaction of transaction()");
  after.push(work);
}
