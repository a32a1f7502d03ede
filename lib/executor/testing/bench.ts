import { Inngest, type InngestFunction } from "inngest";
import pg from "pg";
import pino from "pino";
import { newId } from "@/lib/ids";
import { createTestDatabase } from "@/lib/testing/database";
import { type Executor, type ExecutorOptions, startExecutor } from "..";
import { localFetch } from "../local-fetch";
import type { RunStatus } from "../run-repo";

/** A run as a test looks at it. */
export interface RunRecord {
  id: string;
  functionId: string;
  status: RunStatus;
  output: unknown;
  error: { name: string; message: string } | null;
}

export interface Bench {
  url: string;
  pool: pg.Pool;
  executor: Executor;
  /** Another executor with the same functions on the same database; the bench stops it. */
  startAnother(): Promise<Executor>;
  send(name: string, data?: Record<string, unknown>, id?: string): Promise<void>;
  /** Waits until `count` runs of the function have ended, and answers all its runs by age. */
  ended(functionId: string, count?: number): Promise<RunRecord[]>;
  runs(functionId: string): Promise<RunRecord[]>;
  close(): Promise<void>;
}

export const testLog = pino({ level: "silent" });

const quiet = { info() {}, warn() {}, error() {}, debug() {} };

export function testClient(): Inngest {
  return new Inngest({ id: "test", isDev: true, fetch: localFetch, logger: quiet });
}

/** A pool that takes it calmly when its database is dropped. */
export function openTestPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on("error", () => undefined);
  return pool;
}

/** Polls `probe` until it answers something, for at most `timeoutMs`. */
export async function until<T>(
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`nothing within ${timeoutMs} ms: ${probe}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** All runs of a function by age; of those made in the same millisecond, in order of their events. */
export async function readRuns(pool: pg.Pool, functionId: string): Promise<RunRecord[]> {
  const { rows } = await pool.query<RunRecord>(
    `SELECT r.id, r.function_id AS "functionId", r.status, r.output, r.error
     FROM executor_runs r LEFT JOIN executor_events e ON e.id = r.event_id
     WHERE r.function_id = $1 ORDER BY r.created_at, e.received_at, r.id`,
    [`test-${functionId}`],
  );
  return rows;
}

/** An executor on a fresh database; a failed try is repeated after 10 ms. */
export async function openBench(
  functions: (client: Inngest) => InngestFunction.Any[],
  options: Partial<ExecutorOptions> = {},
): Promise<Bench> {
  const database = await createTestDatabase();
  const pool = openTestPool(database.url);
  const client = testClient();
  const made = functions(client);
  const start = () =>
    startExecutor({
      client,
      functions: made,
      databaseUrl: database.url,
      backoff: () => 10,
      log: testLog,
      ...options,
    });
  const executors = [await start()];
  const [executor] = executors;
  if (!executor) throw new Error("unreachable");
  return {
    url: database.url,
    pool,
    executor,
    async startAnother() {
      const another = await start();
      executors.push(another);
      return another;
    },
    send: (name, data = {}, id = newId()) => executor.send([{ id, name, data }]),
    ended: (functionId, count = 1) =>
      until(async () => {
        const runs = await readRuns(pool, functionId);
        const over = runs.filter((run) => run.status !== "active");
        return over.length >= count && runs;
      }),
    runs: (functionId) => readRuns(pool, functionId),
    async close() {
      await Promise.all(executors.map((one) => one.stop()));
      await pool.end();
      await database.drop();
    },
  };
}
