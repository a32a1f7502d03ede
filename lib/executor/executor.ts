import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Clock } from "@/lib/clock";
import type { Logger } from "@/lib/log";
import { makeCall, type StopReason, stopReason } from "./calls";
import type { FunctionSpec } from "./functions";
import { maintain } from "./maintenance";
import { openPresence, type Presence } from "./presence";
import { transaction } from "./repo";
import { fireSchedule, fireTimer, routeNextEvent, type Schedule, schedules } from "./router";
import type { Rules } from "./runs";
import type { FunctionHost } from "./sdk";
import {
  claimCalls,
  dueTimers,
  freeLostLeases,
  type Lease,
  nextDueAt,
  releaseLease,
  renewLeases,
} from "./task-repo";
import type { Backoff } from "./times";

/** How often leases are prolonged, in ms: three times within the 15 s of one. */
const heartbeatMs = 5_000;
/** How often lost calls are looked for; also the longest that a missed notification costs, in ms. */
const sweepMs = 1_000;
const maintenanceMs = 60_000;
/** How long a stop waits for calls that have been told to give up, in ms. */
const drainMs = 3_000;

export interface EngineParts {
  pool: pg.Pool;
  databaseUrl: string;
  host: FunctionHost;
  clock: Clock;
  concurrency: number;
  backoff: Backoff;
  keepDays: number;
  log: Logger;
}

interface Call {
  lease: Lease;
  controller: AbortController;
  done: Promise<void>;
}

/**
 * The loop: route events, ring timers, lease the calls that are due and make them. Everything it
 * decides is in the tables; the loop itself may stop at any point and start again.
 */
export class Engine {
  readonly #parts: EngineParts;
  readonly #specs: ReadonlyMap<string, FunctionSpec>;
  readonly #calls = new Set<Call>();
  readonly #busy = new Set<string>();
  #schedules: Schedule[];
  #presence: Presence | undefined;
  #stopping = false;
  #turning: Promise<void> | undefined;
  #again = false;
  #timers: NodeJS.Timeout[] = [];
  #alarm: NodeJS.Timeout | undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#specs = new Map(parts.host.specs.map((spec) => [spec.id, spec]));
    this.#schedules = schedules(parts.host.specs, parts.clock.now());
  }

  async start(): Promise<void> {
    await this.#appear();
    this.#timers = [
      setInterval(() => this.#guard("sweep", () => this.#sweep()), sweepMs),
      setInterval(() => this.#guard("heartbeat", () => this.#beat()), heartbeatMs),
      setInterval(() => this.#guard("maintenance", () => this.#maintain()), maintenanceMs),
    ];
    await this.#maintain();
    await this.#sweep();
  }

  /** Looks for work now; while it looks already, once more afterwards. */
  wake(): void {
    if (this.#stopping) return;
    this.#again = true;
    this.#turning ??= this.#turn().finally(() => {
      this.#turning = undefined;
      if (this.#again) this.wake();
    });
  }

  /** Tells the calls in progress to give up, waits a little, and gives the rest back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#turning;
    clearTimeout(this.#alarm);
    this.#abort("shutdown", () => true);
    await this.#drain();
    const back = { dueAt: this.#rules().now, lost: false };
    for (const { lease } of this.#calls) await releaseLease(this.#parts.pool, lease, back);
    await this.#presence?.close();
  }

  async #drain(): Promise<void> {
    const patience = new AbortController();
    const over = pause(drainMs, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([Promise.all([...this.#calls].map((call) => call.done)), over]);
    patience.abort();
  }

  #rules(): Rules {
    const { backoff, clock } = this.#parts;
    return { specs: this.#specs, backoff, now: new Date(clock.now()) };
  }

  async #appear(): Promise<void> {
    const presence = await openPresence({
      databaseUrl: this.#parts.databaseUrl,
      onNotify: (payload) => this.#hear(payload),
      onLost: (error) => {
        this.#parts.log.warn(
          { err: error },
          "the executor's connection broke: its leases are lost",
        );
        this.#presence = undefined;
        this.#abort("lease-lost", () => true);
      },
    });
    if (this.#stopping) await presence.close();
    else this.#presence = presence;
  }

  #hear(payload: string): void {
    const [, runId] = /^ended:(.+)$/.exec(payload) ?? [];
    if (runId) this.#abort("run-ended", ({ lease }) => lease.runId === runId);
    else this.wake();
  }

  #abort(why: StopReason, which: (call: Call) => boolean): void {
    for (const call of this.#calls) {
      if (which(call)) call.controller.abort(stopReason(why));
    }
  }

  async #sweep(): Promise<void> {
    if (!this.#presence) await this.#appear();
    const freed = await freeLostLeases(this.#parts.pool);
    if (freed > 0) this.#parts.log.warn({ freed }, "took over calls of a process that is gone");
    this.wake();
  }

  async #beat(): Promise<void> {
    const presence = this.#presence;
    if (!presence || this.#calls.size === 0) return;
    const leaseIds = [...this.#calls].map(({ lease }) => lease.leaseId);
    const held = await renewLeases(presence.client, leaseIds).catch((error: unknown) => {
      // A refused statement (a deadlock) leaves two more beats; a dead connection none.
      if (!(error instanceof pg.DatabaseError)) presence.lose(error);
    });
    if (!held) return;
    const asked = new Set(leaseIds);
    this.#abort("lease-lost", ({ lease }) => asked.has(lease.leaseId) && !held.has(lease.leaseId));
  }

  async #maintain(): Promise<void> {
    const { pool, keepDays, log } = this.#parts;
    const woken = await maintain(pool, { now: this.#rules().now, keepDays });
    if (woken > 0) log.error({ woken }, "woke runs that nothing would have woken");
  }

  async #turn(): Promise<void> {
    while (this.#again && !this.#stopping && this.#presence) {
      this.#again = false;
      // Each on its own: trouble with one event must not keep timers from ringing.
      await this.#guard("events", () => this.#routeEvents());
      await this.#guard("timers", () => this.#fireTimers());
      await this.#guard("schedules", () => this.#fireSchedules());
      await this.#guard("claim", () => this.#claim());
      await this.#guard("alarm", () => this.#setAlarm());
    }
    if (!this.#presence) this.#again = false;
  }

  async #routeEvents(): Promise<void> {
    while (await transaction(this.#parts.pool, (tx) => routeNextEvent(tx, this.#rules())));
  }

  async #fireTimers(): Promise<void> {
    const { pool } = this.#parts;
    for (const timer of await dueTimers(pool, this.#rules().now)) {
      await transaction(pool, (tx) => fireTimer(tx, this.#rules(), timer));
      this.#again = true;
    }
  }

  async #fireSchedules(): Promise<void> {
    const { pool, clock, host } = this.#parts;
    const nowMs = clock.now();
    const due = this.#schedules.filter(({ dueMs }) => dueMs <= nowMs);
    if (due.length === 0) return;
    for (const schedule of due) {
      await transaction(pool, (tx) => fireSchedule(tx, this.#rules(), schedule));
    }
    this.#schedules = schedules(host.specs, nowMs);
  }

  async #claim(): Promise<void> {
    const presence = this.#presence;
    const slots = this.#parts.concurrency - this.#calls.size;
    if (!presence || slots <= 0) return;
    const leases = await transaction(this.#parts.pool, (tx) =>
      claimCalls(tx, {
        owner: presence.owner,
        slots,
        functionIds: [...this.#specs.keys()],
        now: this.#rules().now,
      }),
    );
    for (const lease of leases) this.#make(lease);
    // Leases granted to a connection that has broken meanwhile are no longer ours.
    if (this.#presence !== presence) this.#abort("lease-lost", () => true);
  }

  #make(lease: Lease): void {
    const { pool, host, clock, log } = this.#parts;
    const controller = new AbortController();
    const work = makeCall(pool, host, {
      lease,
      signal: controller.signal,
      rules: () => this.#rules(),
    })
      .then((outcome) => {
        if (outcome === "late") log.debug({ lease }, "dropped a result that came too late");
      })
      .catch(async (error: unknown) => {
        if (this.#stopping) return;
        log.error({ err: error, lease }, "a call's result could not be stored");
        const back = { dueAt: new Date(clock.now() + sweepMs), lost: true };
        await releaseLease(pool, lease, back).catch(() => undefined);
      });
    const call: Call = {
      lease,
      controller,
      done: work.finally(() => {
        this.#calls.delete(call);
        this.wake();
      }),
    };
    this.#calls.add(call);
  }

  /** Wakes the loop when the next task or schedule falls due. */
  async #setAlarm(): Promise<void> {
    const { pool, clock } = this.#parts;
    const nowMs = clock.now();
    const nextMs = Math.min(
      (await nextDueAt(pool, new Date(nowMs)))?.getTime() ?? Number.POSITIVE_INFINITY,
      ...this.#schedules.map(({ dueMs }) => dueMs),
    );
    clearTimeout(this.#alarm);
    // Farther ones the sweep finds in time.
    if (nextMs - nowMs > sweepMs) return;
    this.#alarm = setTimeout(() => this.wake(), Math.max(1, nextMs - nowMs));
  }

  /**
   * Runs `work` unless it is running already. A database that is away for a while stops nothing:
   * the next sweep tries again.
   */
  async #guard(what: string, work: () => Promise<void>): Promise<void> {
    if (this.#busy.has(what)) return;
    this.#busy.add(what);
    try {
      await work();
    } catch (error) {
      if (!this.#stopping) {
        this.#parts.log.error({ err: error, what }, "the executor had a problem");
      }
    } finally {
      this.#busy.delete(what);
    }
  }
}
