import "server-only";
import pg from "pg";
import type { TriggerEvent } from "./protocol";
import type { SentEvent } from "./step-signal";

/** A pool, or one connection inside a transaction. */
export type Db = Pick<pg.Pool, "query">;

/** The same by way of Prisma, so that an event can join a transaction of the product's. */
export interface PrismaDb {
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
}

/** Notifications: "" means new events, "ended:<run>" a run that has ended. */
export const channel = "ax2_executor";

/** First half of every advisory lock of the executor; the second is a process's number, or 0. */
export const lockSpace = 0x61783263;

export function openPool(databaseUrl: string, size: number): pg.Pool {
  return new pg.Pool({
    connectionString: databaseUrl,
    max: size,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: "ax2-executor",
  });
}

/** Deadlock and serialisation failure: nothing happened, and trying again is right. */
const transient = new Set(["40P01", "40001"]);

/** Runs `work` in one READ COMMITTED transaction; all of it holds or none. */
export async function transaction<T>(
  pool: pg.Pool,
  work: (tx: pg.PoolClient) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("BEGIN");
      const result = await work(client);
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch((failure: Error) => {
        broken = failure;
      });
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      if (attempt >= 3 || code === undefined || !transient.has(code)) throw error;
    } finally {
      client.release(broken);
    }
  }
}

/**
 * Stores events and wakes the executors, from any process, inside or outside a transaction; an id
 * that is already known is left alone. Runs start after the transaction has committed.
 */
export async function recordEvents(db: Db | PrismaDb, events: readonly SentEvent[]): Promise<void> {
  if (events.length === 0) return;
  const values = [
    events.map((event) => event.id),
    events.map((event) => event.name),
    events.map((event) => JSON.stringify(event.data ?? {})),
  ];
  const insert = `
    INSERT INTO executor_events (id, name, data, occurred_at)
    SELECT id, name, data::json, now()
    FROM unnest($1::text[], $2::text[], $3::text[]) AS t (id, name, data)
    ON CONFLICT (id) DO NOTHING`;
  const notify = `SELECT pg_notify('${channel}', '')`;
  if ("$executeRawUnsafe" in db) {
    await db.$executeRawUnsafe(insert, ...values);
    await db.$executeRawUnsafe(notify);
  } else {
    await db.query(insert, values);
    await db.query(notify);
  }
}

/**
 * Stores an event that the executor itself makes and routes at once. Answers false when it was
 * already there.
 */
export async function insertRoutedEvent(db: Db, event: TriggerEvent): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO executor_events (id, name, data, occurred_at, routed_at)
     VALUES ($1, $2, $3::json, $4, now()) ON CONFLICT (id) DO NOTHING`,
    [event.id, event.name, JSON.stringify(event.data ?? {}), new Date(event.ts)],
  );
  return rowCount === 1;
}

interface EventRow {
  id: string;
  name: string;
  data: unknown;
  occurred_at: Date;
}

export function toEvent(row: EventRow): TriggerEvent {
  return { id: row.id, name: row.name, data: row.data, ts: row.occurred_at.getTime() };
}

/** Takes the oldest event that hasn't been routed, for this transaction alone. */
export async function takeEvent(tx: Db): Promise<TriggerEvent | undefined> {
  const { rows } = await tx.query<EventRow>(
    `UPDATE executor_events SET routed_at = now() WHERE id = (
       SELECT id FROM executor_events WHERE routed_at IS NULL
       ORDER BY received_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, name, data, occurred_at`,
  );
  return rows[0] && toEvent(rows[0]);
}

/** Something a run waits for whose event name has arrived; the expression is still to be asked. */
export interface WaitRow {
  runId: string;
  hash: string;
  expression: string | null;
  /** What started the run. */
  event: TriggerEvent;
}

export async function waitsFor(tx: Db, eventName: string, now: Date): Promise<WaitRow[]> {
  const { rows } = await tx.query<
    EventRow & { run_id: string; hash: string; expression: string | null }
  >(
    `SELECT w.run_id, w.hash, w.expression, e.id, e.name, e.data, e.occurred_at
     FROM executor_waits w
     JOIN executor_runs r ON r.id = w.run_id
     JOIN executor_events e ON e.id = r.event_id
     WHERE w.event_name = $1 AND (w.expires_at IS NULL OR w.expires_at > $2)`,
    [eventName, now],
  );
  return rows.map((row) => ({
    runId: row.run_id,
    hash: row.hash,
    expression: row.expression,
    event: toEvent(row),
  }));
}
