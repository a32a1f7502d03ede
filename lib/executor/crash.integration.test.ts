import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { recordEvents } from "./repo";
import { openTestPool, readRuns, until } from "./testing/bench";

let database: TestDatabase;
let pool: pg.Pool;
let worker: ChildProcess | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openTestPool(database.url);
  await pool.query(
    `CREATE TABLE effects (seq bigserial PRIMARY KEY, run_id uuid, step text, token text,
       at timestamptz NOT NULL DEFAULT clock_timestamp())`,
  );
});

afterEach(async () => {
  await kill();
  await pool.end();
  await database.drop();
});

async function startWorker(...more: string[]): Promise<void> {
  const script = path.join(import.meta.dirname, "testing/crash-worker.ts");
  const options = ["--conditions=react-server", "--import", "tsx", script, database.url, ...more];
  const started = spawn(process.execPath, options, { stdio: ["ignore", "pipe", "inherit"] });
  worker = started;
  await Promise.race([
    once(started.stdout, "data"),
    once(started, "exit").then(() => Promise.reject(new Error("the worker ended by itself"))),
  ]);
}

async function kill(): Promise<void> {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
  const exit = once(worker, "exit");
  worker.kill("SIGKILL");
  await exit;
}

async function effects(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM effects",
  );
  return rows[0]?.count ?? 0;
}

test("killed again and again, every run ends and no finished step runs again", async () => {
  const runs = 15;
  const ids = Array.from({ length: runs }, (_, n) => `e${n}`);
  await recordEvents(
    pool,
    ids.map((id) => ({ id, name: "go", data: {} })),
  );
  let kills = 0;
  for (; kills < 7; kills++) {
    await startWorker();
    const before = await effects();
    await until(async () => (await effects()) > before);
    await pause(Math.random() * 400);
    await kill();
  }
  await startWorker();
  for (const name of ["pipeline", "child", "listener"]) {
    const ended = await until(async () => {
      const found = await readRuns(pool, name);
      const over = found.filter((run) => run.status !== "active");
      return over.length >= runs && found;
    }, 60_000);
    expect(ended.map((run) => run.status)).toEqual(ids.map(() => "completed"));
  }

  // A step that had finished and ran again would have left a row newer than its stored result.
  const { rows } = await pool.query<{ step: string; ran: number; stored: string; last: string }>(
    `SELECT e.step, count(*)::int AS ran, s.output #>> '{}' AS stored,
       (array_agg(e.token ORDER BY e.seq DESC))[1] AS last
     FROM effects e JOIN executor_steps s ON s.run_id = e.run_id AND s.name = e.step
     GROUP BY e.run_id, e.step, s.output #>> '{}'`,
  );
  expect(rows).toHaveLength(runs * 9);
  expect(rows.filter(({ stored, last }) => stored !== last)).toEqual([]);
  // What was in progress when the process died is all that may have run twice.
  const repeated = rows.reduce((sum, { ran }) => sum + ran - 1, 0);
  expect(repeated).toBeLessThanOrEqual(kills * 6);
  const left = await pool.query(
    "SELECT 1 FROM executor_tasks UNION ALL SELECT 1 FROM executor_waits",
  );
  expect(left.rows).toEqual([]);
}, 120_000);

test("a dead process's work goes on within two seconds of the next start", async () => {
  await recordEvents(pool, [{ id: "h", name: "hang", data: {} }]);
  await startWorker("hang");
  await until(async () => (await effects()) === 2);
  await kill();
  const starting = startWorker();
  await starting;
  const readyMs = Date.now();
  await until(async () => (await effects()) === 3);
  expect(Date.now() - readyMs).toBeLessThan(2_000);
  const [run] = await until(async () => {
    const found = await readRuns(pool, "stuck");
    return found[0]?.status === "completed" && found;
  });
  expect(run?.status).toBe("completed");
  const { rows } = await pool.query("SELECT step FROM effects ORDER BY seq");
  expect(rows.map(({ step }) => step)).toEqual(["done", "hang", "hang"]);
}, 60_000);
