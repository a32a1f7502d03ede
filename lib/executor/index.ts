import "server-only";
import type { Inngest, InngestFunction } from "inngest";
import { type Clock, systemClock } from "@/lib/clock";
import type { Logger } from "@/lib/log";
import { Engine } from "./executor";
import { type ExecutorStatus, readStatus } from "./maintenance";
import { openPool, recordEvents } from "./repo";
import { openFunctions } from "./sdk";
import type { SentEvent } from "./step-signal";
import { type Backoff, inngestBackoff } from "./times";

export { UnsupportedFunctionError } from "./functions";
export type { ExecutorStatus } from "./maintenance";
export { recordEvents } from "./repo";
export { stepSignal } from "./step-signal";
export { type Backoff, inngestBackoff } from "./times";

export interface ExecutorOptions {
  /** The client the functions were made with; its `fetch` must be `localFetch`. */
  client: Inngest.Any;
  functions: readonly InngestFunction.Any[];
  /** Postgres with the product's schema; direct or session-pooled, for advisory locks. */
  databaseUrl: string;
  /** Decides what is due. Leases go by the database's own clock. */
  clock?: Clock;
  /** Calls made at once by this process. Default: 8. */
  concurrency?: number;
  /** Wait before another try. Default: Inngest's table. */
  backoff?: Backoff;
  /** Days that ended runs and their events are kept. Default: 30. */
  keepDays?: number;
  log: Logger;
}

export interface Executor {
  /** Stores events and starts what they trigger; an event id that is known changes nothing. */
  send(events: readonly SentEvent[]): Promise<void>;
  /** Gives up within about 3 s; what was in progress is tried again at the next start. */
  stop(): Promise<void>;
  status(): Promise<ExecutorStatus>;
}

/**
 * Runs Inngest functions in this process, durably: after a crash at any moment each run goes on
 * from its last finished step. Several processes may share one database; each call is made by one.
 * @throws {UnsupportedFunctionError} when a function asks for what this executor doesn't do.
 */
export async function startExecutor(options: ExecutorOptions): Promise<Executor> {
  const { client, functions, databaseUrl, log } = options;
  const { clock = systemClock, concurrency = 8, keepDays = 30 } = options;
  const host = await openFunctions(client, functions);
  const pool = openPool(databaseUrl, Math.min(concurrency + 2, 10));
  pool.on("error", (error) => log.warn({ err: error }, "an idle connection broke"));
  const backoff = options.backoff ?? inngestBackoff();
  const engine = new Engine({
    pool,
    databaseUrl,
    host,
    clock,
    concurrency,
    backoff,
    keepDays,
    log,
  });
  try {
    await engine.start();
  } catch (error) {
    await engine.stop();
    await pool.end();
    throw error;
  }
  let stopped: Promise<void> | undefined;
  return {
    send: (events) => recordEvents(pool, events),
    status: () => readStatus(pool, new Date(clock.now())),
    stop() {
      stopped ??= engine.stop().finally(() => pool.end());
      return stopped;
    },
  };
}
