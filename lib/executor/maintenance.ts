import "server-only";
import type { Db } from "./repo";

const dayMs = 24 * 3_600_000;

/** How many rows one pass removes at most, so that it holds nothing up. */
const batch = 1_000;

/**
 * What time does to the tables: an idempotency key may be used again after 24 h, and what ended
 * more than `keepDays` ago is forgotten. Also wakes runs that nothing would ever wake; one
 * transaction for each step makes that impossible, and a person's work is worth the second look.
 * Answers how many runs were woken.
 */
export async function maintain(db: Db, options: { now: Date; keepDays: number }): Promise<number> {
  const { now, keepDays } = options;
  await db.query(
    `UPDATE executor_runs SET idempotency_key = NULL
     WHERE idempotency_key IS NOT NULL AND created_at < $1`,
    [new Date(now.getTime() - dayMs)],
  );
  await prune(db, new Date(now.getTime() - keepDays * dayMs));
  return wakeForgotten(db, now);
}

async function prune(db: Db, before: Date): Promise<void> {
  await db.query(
    `DELETE FROM executor_runs WHERE id IN (
       SELECT id FROM executor_runs WHERE status <> 'active' AND ended_at < $1 LIMIT $2)`,
    [before, batch],
  );
  await db.query(
    `DELETE FROM executor_events WHERE id IN (
       SELECT id FROM executor_events e WHERE routed_at < $1
         AND NOT EXISTS (SELECT 1 FROM executor_runs r WHERE r.event_id = e.id) LIMIT $2)`,
    [before, batch],
  );
}

async function wakeForgotten(db: Db, now: Date): Promise<number> {
  const { rowCount } = await db.query(
    `INSERT INTO executor_tasks (run_id, hash, kind, due_at)
     SELECT r.id, '', 'call', $1 FROM executor_runs r
     WHERE r.status = 'active'
       AND NOT EXISTS (SELECT 1 FROM executor_tasks t
                       WHERE t.run_id = r.id AND t.hash NOT LIKE '#%')
       AND NOT EXISTS (SELECT 1 FROM executor_waits w
                       WHERE w.run_id = r.id AND w.hash NOT LIKE '#%')
       AND NOT EXISTS (SELECT 1 FROM executor_runs c
                       WHERE c.parent_run_id = r.id AND c.status = 'active')
     ON CONFLICT DO NOTHING`,
    [now],
  );
  return rowCount ?? 0;
}

export interface ExecutorStatus {
  /** Calls being made, by any process. */
  running: number;
  /** Calls that are due and wait for a place. */
  queued: number;
  /** Runs with neither: they sleep, wait for an event, or wait to try again. */
  waiting: number;
}

export async function readStatus(db: Db, now: Date): Promise<ExecutorStatus> {
  const { rows } = await db.query<ExecutorStatus>(
    `WITH calls AS (
       SELECT run_id, lease_owner IS NOT NULL AS leased FROM executor_tasks
       WHERE kind = 'call' AND (lease_owner IS NOT NULL OR due_at <= $1))
     SELECT (SELECT count(*)::int FROM calls WHERE leased) AS running,
            (SELECT count(*)::int FROM calls WHERE NOT leased) AS queued,
            (SELECT count(*)::int FROM executor_runs r WHERE status = 'active'
               AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.run_id = r.id)) AS waiting`,
    [now],
  );
  return rows[0] ?? { running: 0, queued: 0, waiting: 0 };
}
