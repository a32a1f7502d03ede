import "server-only";
import type { StoredError } from "./protocol";
import { type Db, lockSpace } from "./repo";

/** A call that this process may make until its lease ends. */
export interface Lease {
  runId: string;
  /** The step to execute; "" to learn what comes next. */
  hash: string;
  leaseId: string;
  attempt: number;
  losses: number;
}

/** A lease ends this long after its last heartbeat, in ms. */
export const leaseMs = 15_000;

/** Hash of the task that calls a function to learn what comes next. */
export const advance = "";

/** Adds a task unless the run has one for this step. */
export async function insertTask(
  tx: Db,
  task: {
    runId: string;
    hash: string;
    kind: "call" | "timer";
    dueAt: Date;
    attempt?: number;
    lastError?: StoredError;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO executor_tasks (run_id, hash, kind, due_at, attempt, last_error)
     VALUES ($1, $2, $3::executor_task_kind, $4, $5, $6::json) ON CONFLICT DO NOTHING`,
    [
      task.runId,
      task.hash,
      task.kind,
      task.dueAt,
      task.attempt ?? 0,
      task.lastError ? JSON.stringify(task.lastError) : null,
    ],
  );
}

/** Makes the timer of a step that waits fall due now, if its run still goes on. */
export async function ringTimer(tx: Db, runId: string, hash: string, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO executor_tasks (run_id, hash, kind, due_at)
     SELECT id, $2, 'timer', $3 FROM executor_runs WHERE id = $1 AND status = 'active'
     ON CONFLICT (run_id, hash) DO UPDATE SET due_at = excluded.due_at`,
    [runId, hash, now],
  );
}

export async function removeTask(tx: Db, runId: string, hash: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "DELETE FROM executor_tasks WHERE run_id = $1 AND hash = $2",
    [runId, hash],
  );
  return rowCount === 1;
}

/** Ends a lease with its task. Answers false when it isn't held any more: the result is too late. */
export async function settleLease(tx: Db, lease: Lease): Promise<boolean> {
  const { rowCount } = await tx.query(
    "DELETE FROM executor_tasks WHERE run_id = $1 AND hash = $2 AND lease_id = $3",
    [lease.runId, lease.hash, lease.leaseId],
  );
  return rowCount === 1;
}

interface Candidate {
  run_id: string;
  hash: string;
  concurrency_keys: string[];
  concurrency_limits: number[];
}

/**
 * Leases up to `slots` calls that are due, of functions this process has, none of which would
 * exceed the limit of a group it counts in. Runs in a transaction; claims of all processes go one
 * after another, or two could each see the last free place.
 */
export async function claimCalls(
  tx: Db,
  options: { owner: number; slots: number; functionIds: string[]; now: Date },
): Promise<Lease[]> {
  const { owner, slots, functionIds, now } = options;
  await tx.query("SELECT pg_advisory_xact_lock($1, 0)", [lockSpace]);
  const used = await callsInProgress(tx);
  const full = new Set<string>();
  const chosen: Candidate[] = [];
  for (;;) {
    const { rows } = await tx.query<Candidate>(
      `SELECT t.run_id, t.hash, r.concurrency_keys, r.concurrency_limits
       FROM executor_tasks t JOIN executor_runs r ON r.id = t.run_id
       WHERE t.lease_owner IS NULL AND t.kind = 'call' AND t.due_at <= $1
         AND r.function_id = ANY($2) AND NOT r.concurrency_keys && $3
         AND NOT (t.run_id::text || t.hash) = ANY($4)
       ORDER BY t.due_at - make_interval(secs => r.priority), r.created_at, t.run_id, t.hash
       LIMIT $5`,
      [now, functionIds, [...full], chosen.map((task) => task.run_id + task.hash), slots * 2],
    );
    const before = full.size;
    for (const task of rows) {
      if (chosen.length === slots) break;
      if (takePlace(task, used, full)) chosen.push(task);
    }
    if (chosen.length === slots || full.size === before) break;
  }
  return leaseTasks(tx, chosen, owner);
}

/** Counts a call in its groups if all have a place left; otherwise notes which are full. */
function takePlace(task: Candidate, used: Map<string, number>, full: Set<string>): boolean {
  const groups = task.concurrency_keys.map((key, index) => ({
    key,
    limit: task.concurrency_limits[index] ?? 1,
  }));
  const blocked = groups.filter(({ key, limit }) => (used.get(key) ?? 0) >= limit);
  for (const { key } of blocked) full.add(key);
  if (blocked.length > 0) return false;
  for (const { key } of groups) used.set(key, (used.get(key) ?? 0) + 1);
  return true;
}

async function callsInProgress(tx: Db): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ key: string; used: number }>(
    `SELECT key, count(*)::int AS used
     FROM executor_tasks t JOIN executor_runs r ON r.id = t.run_id, unnest(r.concurrency_keys) key
     WHERE t.lease_owner IS NOT NULL GROUP BY key`,
  );
  return new Map(rows.map(({ key, used }) => [key, used]));
}

async function leaseTasks(tx: Db, tasks: Candidate[], owner: number): Promise<Lease[]> {
  if (tasks.length === 0) return [];
  const { rows } = await tx.query<{
    run_id: string;
    hash: string;
    lease_id: string;
    attempt: number;
    losses: number;
  }>(
    `UPDATE executor_tasks t SET lease_owner = $3, lease_id = gen_random_uuid(),
       lease_until = now() + make_interval(secs => $4)
     FROM unnest($1::uuid[], $2::text[]) AS c (run_id, hash)
     WHERE t.run_id = c.run_id AND t.hash = c.hash AND t.lease_owner IS NULL
     RETURNING t.run_id, t.hash, t.lease_id, t.attempt, t.losses`,
    [tasks.map((task) => task.run_id), tasks.map((task) => task.hash), owner, leaseMs / 1_000],
  );
  return rows.map((row) => ({
    runId: row.run_id,
    hash: row.hash,
    leaseId: row.lease_id,
    attempt: row.attempt,
    losses: row.losses,
  }));
}

/** Prolongs leases. Answers those still held; the others were lost. */
export async function renewLeases(db: Db, leaseIds: string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ lease_id: string }>(
    `UPDATE executor_tasks SET lease_until = now() + make_interval(secs => $2)
     WHERE lease_id = ANY($1::uuid[]) RETURNING lease_id`,
    [leaseIds, leaseMs / 1_000],
  );
  return new Set(rows.map((row) => row.lease_id));
}

/**
 * Gives a call back, to be made by anyone from `dueAt` on: untried, or with its result lost.
 */
export async function releaseLease(
  db: Db,
  lease: Lease,
  { dueAt, lost }: { dueAt: Date; lost: boolean },
): Promise<void> {
  await db.query(
    `UPDATE executor_tasks SET lease_owner = NULL, lease_id = NULL, lease_until = NULL,
       due_at = $2, losses = losses + $3 WHERE lease_id = $1`,
    [lease.leaseId, dueAt, lost ? 1 : 0],
  );
}

/**
 * Frees the calls of processes that are gone: their lease has ended, or the connection that held
 * their advisory lock has. The second is seen at once, the first also finds a process that hangs.
 */
export async function freeLostLeases(db: Db): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE executor_tasks t
     SET lease_owner = NULL, lease_id = NULL, lease_until = NULL, losses = losses + 1
     WHERE t.lease_owner IS NOT NULL AND (t.lease_until < now() OR NOT EXISTS (
       SELECT 1 FROM pg_locks l
       WHERE l.locktype = 'advisory' AND l.classid = $1::int::oid AND l.objid = t.lease_owner::oid
         AND l.objsubid = 2 AND l.granted
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())))`,
    [lockSpace],
  );
  return rowCount ?? 0;
}

export interface Timer {
  runId: string;
  hash: string;
}

export async function dueTimers(db: Db, now: Date): Promise<Timer[]> {
  const { rows } = await db.query<{ run_id: string; hash: string }>(
    `SELECT run_id, hash FROM executor_tasks WHERE kind = 'timer' AND due_at <= $1
     ORDER BY due_at LIMIT 100`,
    [now],
  );
  return rows.map((row) => ({ runId: row.run_id, hash: row.hash }));
}

/** When the next task that isn't due yet falls due; undefined when there is none. */
export async function nextDueAt(db: Db, now: Date): Promise<Date | undefined> {
  const { rows } = await db.query<{ due_at: Date | null }>(
    "SELECT min(due_at) AS due_at FROM executor_tasks WHERE lease_owner IS NULL AND due_at > $1",
    [now],
  );
  return rows[0]?.due_at ?? undefined;
}
