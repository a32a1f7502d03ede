import "server-only";
import { newId } from "@/lib/ids";
import { type ExpressionScope, expressionKey, expressionNumber } from "./expressions";
import type { FunctionSpec } from "./functions";
import type { StoredError, TriggerEvent } from "./protocol";
import { channel, type Db, recordEvents, waitsFor } from "./repo";
import {
  endRun,
  insertRun,
  insertWait,
  lockActiveRun,
  markStarted,
  type Run,
  type RunStatus,
  singletonHolder,
} from "./run-repo";
import type { SentEvent } from "./step-signal";
import { advance, insertTask, removeTask, ringTimer } from "./task-repo";
import type { Backoff } from "./times";

/** What every transition needs to know. */
export interface Rules {
  specs: ReadonlyMap<string, FunctionSpec>;
  backoff: Backoff;
  now: Date;
}

/** Timers of a run as a whole; the steps' timers carry the step's hash. */
export const startTimer = "#start";
export const finishTimer = "#finish";

/**
 * Starts a run of `spec` for `event`, which is stored already. Answers undefined when there is one
 * for this event or idempotency key, or when a singleton is running.
 */
export async function createRun(
  tx: Db,
  rules: Rules,
  options: { spec: FunctionSpec; event: TriggerEvent; parent?: { runId: string; hash: string } },
): Promise<string | undefined> {
  const { spec, event, parent } = options;
  const scope: ExpressionScope = { event };
  const runId = newId(rules.now.getTime());
  const singletonKey = spec.singleton && keyOf(spec.id, spec.singleton.key, scope);
  if (singletonKey && spec.singleton?.mode === "cancel") {
    const holder = await singletonHolder(tx, singletonKey);
    if (holder) await cancelRun(tx, rules, holder, "a newer run of a singleton took its place");
  }
  const inserted = await insertRun(tx, {
    id: runId,
    functionId: spec.id,
    eventId: event.id,
    priority: spec.priority ? expressionNumber(spec.priority, scope, { min: -600, max: 600 }) : 0,
    concurrencyKeys: spec.concurrency.map((entry, index) => {
      const group = entry.scope === "fn" ? `${spec.id}#${index}` : `${entry.scope}#${entry.key}`;
      return keyOf(group, entry.key, scope);
    }),
    concurrencyLimits: spec.concurrency.map((entry) => entry.limit),
    idempotencyKey: spec.idempotency && keyOf(spec.id, spec.idempotency, scope),
    singletonKey,
    parent,
    createdAt: rules.now,
  });
  if (!inserted) return undefined;
  await insertTask(tx, { runId, hash: advance, kind: "call", dueAt: rules.now });
  await armTimer(tx, rules, { runId, hash: startTimer, afterMs: spec.timeouts.startMs });
  for (const [index, cancel] of spec.cancelOn.entries()) {
    await insertWait(tx, {
      runId,
      hash: `#cancel-${index}`,
      eventName: cancel.event,
      expression: cancel.expression,
      expiresAt: cancel.withinMs === undefined ? undefined : later(rules.now, cancel.withinMs),
    });
  }
  return runId;
}

function keyOf(group: string, expression: string | undefined, scope: ExpressionScope): string {
  if (expression === undefined) return group;
  // Postgres stores no NUL in text, and one event must not block all that come after it.
  const value = expressionKey(expression, scope)?.replaceAll("\u0000", "") ?? "";
  return `${group}:${value}`;
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}

async function armTimer(
  tx: Db,
  rules: Rules,
  timer: { runId: string; hash: string; afterMs: number | undefined },
): Promise<void> {
  const { runId, hash, afterMs } = timer;
  if (afterMs === undefined) return;
  await insertTask(tx, { runId, hash, kind: "timer", dueAt: later(rules.now, afterMs) });
}

/** Notes a run's first call: its waiting is over and its time runs. */
export async function startRun(tx: Db, rules: Rules, run: Run): Promise<void> {
  await markStarted(tx, run.id, rules.now);
  await removeTask(tx, run.id, startTimer);
  const afterMs = rules.specs.get(run.functionId)?.timeouts.finishMs;
  await armTimer(tx, rules, { runId: run.id, hash: finishTimer, afterMs });
}

/** Ends a run that is locked, and tells who waits for it. */
export async function finishRun(
  tx: Db,
  rules: Rules,
  run: Run,
  end:
    | { status: "completed"; output: unknown }
    | { status: "failed" | "cancelled"; error: StoredError },
): Promise<void> {
  await endRun(tx, { runId: run.id, now: rules.now, ...end });
  await announce(tx, rules, run, end);
  if (run.parent) await ringTimer(tx, run.parent.runId, run.parent.hash, rules.now);
  await tx.query("SELECT pg_notify($1, $2)", [channel, `ended:${run.id}`]);
}

/** Cancels a run that hasn't ended. Answers false when it has. */
export async function cancelRun(
  tx: Db,
  rules: Rules,
  runId: string,
  reason: string,
): Promise<boolean> {
  const run = await lockActiveRun(tx, runId);
  if (!run) return false;
  const error = { name: "RunCancelled", message: reason };
  await finishRun(tx, rules, run, { status: "cancelled", error });
  return true;
}

/**
 * Tells the end of a run as Inngest does, to whom it may concern. A run started by such an event
 * tells nothing, or a function that listens to all of them would start itself for ever.
 */
async function announce(
  tx: Db,
  rules: Rules,
  run: Run,
  end: { status: Exclude<RunStatus, "active">; output?: unknown; error?: StoredError },
): Promise<void> {
  const { event, id, functionId } = run;
  if (event.name.startsWith("inngest/function.") && event.name !== invokedEvent) return;
  const result = end.error ? { error: end.error } : { result: end.output ?? null };
  const data = { function_id: functionId, run_id: id, event, events: [event], ...result };
  const kinds = end.status === "completed" ? ["finished"] : ["finished", end.status];
  const events: SentEvent[] = [];
  for (const kind of kinds) {
    const name = `inngest/function.${kind}`;
    if (await hasListener(tx, rules, name)) events.push({ id: `${id}:${kind}`, name, data });
  }
  await recordEvents(tx, events);
}

async function hasListener(tx: Db, rules: Rules, eventName: string): Promise<boolean> {
  const triggers = [...rules.specs.values()].flatMap((spec) => spec.triggers);
  if (triggers.some((trigger) => trigger.event === eventName)) return true;
  return (await waitsFor(tx, eventName, rules.now)).length > 0;
}

/** Name of the event that stands for an invocation. */
export const invokedEvent = "inngest/function.invoked";
