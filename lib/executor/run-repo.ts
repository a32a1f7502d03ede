import "server-only";
import type { Memo, StoredError, TriggerEvent } from "./protocol";
import { type Db, toEvent } from "./repo";

export type RunStatus = "active" | "completed" | "failed" | "cancelled";

export interface Run {
  id: string;
  functionId: string;
  status: RunStatus;
  started: boolean;
  parent: { runId: string; hash: string } | undefined;
  event: TriggerEvent;
}

export interface NewRun {
  id: string;
  functionId: string;
  eventId: string;
  priority: number;
  concurrencyKeys: string[];
  concurrencyLimits: number[];
  idempotencyKey: string | undefined;
  singletonKey: string | undefined;
  parent: { runId: string; hash: string } | undefined;
  createdAt: Date;
}

/**
 * Starts a run. Answers false when there is one already for this event, this idempotency key, or
 * this singleton key.
 */
export async function insertRun(tx: Db, run: NewRun): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO executor_runs (id, function_id, event_id, priority, concurrency_keys,
       concurrency_limits, idempotency_key, singleton_key, parent_run_id, parent_step, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    [
      run.id,
      run.functionId,
      run.eventId,
      run.priority,
      run.concurrencyKeys,
      run.concurrencyLimits,
      run.idempotencyKey ?? null,
      run.singletonKey ?? null,
      run.parent?.runId ?? null,
      run.parent?.hash ?? null,
      run.createdAt,
    ],
  );
  return rowCount === 1;
}

interface RunRow {
  run_id: string;
  function_id: string;
  status: RunStatus;
  started_at: Date | null;
  parent_run_id: string | null;
  parent_step: string | null;
  id: string;
  name: string;
  data: unknown;
  occurred_at: Date;
}

const selectRun = `
  SELECT r.id AS run_id, r.function_id, r.status, r.started_at, r.parent_run_id, r.parent_step,
         e.id, e.name, e.data, e.occurred_at
  FROM executor_runs r JOIN executor_events e ON e.id = r.event_id WHERE r.id = $1`;

function toRun(row: RunRow): Run {
  const { parent_run_id, parent_step } = row;
  return {
    id: row.run_id,
    functionId: row.function_id,
    status: row.status,
    started: row.started_at !== null,
    parent: parent_run_id && parent_step ? { runId: parent_run_id, hash: parent_step } : undefined,
    event: toEvent(row),
  };
}

export async function findRun(db: Db, runId: string): Promise<Run | undefined> {
  const { rows } = await db.query<RunRow>(selectRun, [runId]);
  return rows[0] && toRun(rows[0]);
}

/**
 * Locks a run for this transaction, so that one change to it happens at a time; undefined when it
 * has ended. NO KEY, so that a child run can put a task into its parent meanwhile.
 */
export async function lockActiveRun(tx: Db, runId: string): Promise<Run | undefined> {
  const { rows } = await tx.query<RunRow>(
    `${selectRun} AND r.status = 'active' FOR NO KEY UPDATE OF r`,
    [runId],
  );
  return rows[0] && toRun(rows[0]);
}

export async function markStarted(db: Db, runId: string, now: Date): Promise<void> {
  await db.query("UPDATE executor_runs SET started_at = $2 WHERE id = $1", [runId, now]);
}

/** The run that holds a singleton key, if any. */
export async function singletonHolder(tx: Db, key: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM executor_runs WHERE singleton_key = $1",
    [key],
  );
  return rows[0]?.id;
}

/** Ends a run: writes how, and removes everything that would still happen to it. */
export async function endRun(
  tx: Db,
  end: {
    runId: string;
    status: Exclude<RunStatus, "active">;
    output?: unknown;
    error?: StoredError;
    now: Date;
  },
): Promise<void> {
  await tx.query(
    `UPDATE executor_runs SET status = $2::executor_run_status, output = $3::json, error = $4::json, ended_at = $5,
       singleton_key = NULL WHERE id = $1`,
    [end.runId, end.status, toJson(end.output), toJson(end.error), end.now],
  );
  await tx.query("DELETE FROM executor_tasks WHERE run_id = $1", [end.runId]);
  await tx.query("DELETE FROM executor_waits WHERE run_id = $1", [end.runId]);
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** How an invoked run ended; undefined while it goes on. */
export async function invokedResult(
  tx: Db,
  parent: { runId: string; hash: string },
): Promise<{ status: RunStatus; memo: Memo } | undefined> {
  const { rows } = await tx.query<{
    status: RunStatus;
    output: unknown;
    error: StoredError | null;
  }>(
    `SELECT status, output, error FROM executor_runs
     WHERE parent_run_id = $1 AND parent_step = $2 AND status <> 'active'`,
    [parent.runId, parent.hash],
  );
  const row = rows[0];
  if (!row) return undefined;
  if (row.status === "completed") {
    return { status: row.status, memo: { type: "data", data: row.output } };
  }
  const error = row.error ?? { name: "Error", message: `the invoked run was ${row.status}` };
  return { status: row.status, memo: { type: "error", error } };
}

export interface StepState {
  hash: string;
  op: string;
  status: "open" | "completed" | "failed";
  /** How many steps had finished when the code asked for this one. */
  seen: number;
}

/** One step of a run; undefined when the code never asked for it. */
export async function findStep(db: Db, runId: string, hash: string) {
  const { rows } = await db.query<StepState>(
    "SELECT hash, op, status, seen FROM executor_steps WHERE run_id = $1 AND hash = $2",
    [runId, hash],
  );
  return rows[0];
}

/** The first `limit` finished steps in order of finishing, as the SDK takes them back. */
export async function finishedSteps(
  db: Db,
  runId: string,
  limit: number | null,
): Promise<{ hash: string; memo: Memo }[]> {
  const { rows } = await db.query<{
    hash: string;
    status: "completed" | "failed";
    output: unknown;
    error: StoredError;
  }>(
    `SELECT hash, status, output, error FROM executor_steps
     WHERE run_id = $1 AND position IS NOT NULL ORDER BY position LIMIT $2`,
    [runId, limit],
  );
  return rows.map(({ hash, status, output, error }) => ({
    hash,
    memo: status === "completed" ? { type: "data", data: output } : { type: "error", error },
  }));
}

/** Steps of a run by state, and the size of what they returned. */
export async function stepTotals(tx: Db, runId: string) {
  const { rows } = await tx.query<{
    total: number;
    finished: number;
    open: number;
    blocking: number;
    bytes: number;
  }>(
    `SELECT count(*)::int AS total,
       count(position)::int AS finished,
       count(*) FILTER (WHERE status = 'open')::int AS open,
       count(*) FILTER (WHERE status = 'open' AND NOT race)::int AS blocking,
       coalesce(sum(bytes), 0)::float8 AS bytes
     FROM executor_steps WHERE run_id = $1`,
    [runId],
  );
  return rows[0] ?? { total: 0, finished: 0, open: 0, blocking: 0, bytes: 0 };
}

/** Notes that the code asked for a step. Answers false when that was known. */
export async function openStep(
  tx: Db,
  step: { runId: string; hash: string; name: string; op: string; race: boolean; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO executor_steps (run_id, hash, name, op, race, opened_at, seen)
     SELECT $1, $2, $3, $4, $5, $6, count(position) FROM executor_steps WHERE run_id = $1
     ON CONFLICT DO NOTHING`,
    [step.runId, step.hash, step.name, step.op, step.race, step.now],
  );
  return rowCount === 1;
}

/**
 * Writes what an open step came to and removes what would still happen to it. Answers false when
 * it had finished before: the first result stays.
 */
export async function finishStep(
  tx: Db,
  step: { runId: string; hash: string; memo: Memo; now: Date },
): Promise<boolean> {
  const { runId, hash, memo, now } = step;
  const json = JSON.stringify(memo.type === "data" ? (memo.data ?? null) : memo.error);
  const { rowCount } = await tx.query(
    `UPDATE executor_steps SET status = $3::text::executor_step_status, finished_at = $4,
       bytes = octet_length($5::text),
       output = CASE WHEN $3::text = 'completed' THEN $5::text::json END,
       error = CASE WHEN $3::text = 'failed' THEN $5::text::json END,
       position = 1 + (SELECT count(position) FROM executor_steps WHERE run_id = $1)
     WHERE run_id = $1 AND hash = $2 AND status = 'open'`,
    [runId, hash, memo.type === "data" ? "completed" : "failed", now, json],
  );
  await tx.query("DELETE FROM executor_tasks WHERE run_id = $1 AND hash = $2", [runId, hash]);
  await tx.query("DELETE FROM executor_waits WHERE run_id = $1 AND hash = $2", [runId, hash]);
  return rowCount === 1;
}

/** Forgets an open step that the code no longer has. */
export async function forgetStep(tx: Db, runId: string, hash: string): Promise<void> {
  await tx.query("DELETE FROM executor_steps WHERE run_id = $1 AND hash = $2 AND status = 'open'", [
    runId,
    hash,
  ]);
}

export async function insertWait(
  tx: Db,
  wait: {
    runId: string;
    hash: string;
    eventName: string;
    expression: string | undefined;
    expiresAt: Date | undefined;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO executor_waits (run_id, hash, event_name, expression, expires_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [wait.runId, wait.hash, wait.eventName, wait.expression ?? null, wait.expiresAt ?? null],
  );
}
