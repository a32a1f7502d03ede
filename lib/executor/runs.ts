import "server-only";
import { newId } from "@/lib/ids";
import { type ExpressionScope, expressionKey, expressionNumber } from "./expressions";
import type { FunctionSpec } from "./functions";
import type { StoredError, TriggerEvent } from "./protocol";
import { channel, type Db, recordEvents } from "./repo";
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
  return expression === undefined ? group : `${group}:${expressionKey(expression, scope) ?? ""}`;
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
  await recordEvents(tx, lifecycleEvents(run, end.status, end));
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
 * What Inngest tells about the end of a run. A run started by such an event tells nothing, or a
 * function that listens to all of them would start itself for ever.
 */
function lifecycleEvents(
  run: Run,
  status: Exclude<RunStatus, "active">,
  end: { output?: unknown; error?: StoredError },
): SentEvent[] {
  const { event, id, functionId } = run;
  if (event.name.startsWith("inngest/function.") && event.name !== invokedEvent) return [];
  const data = { function_id: functionId, run_id: id, event, events: [event] };
  const result = end.error ? { error: end.error } : { result: end.output ?? null };
  const finished = { ...data, ...result };
  return [
    { id: `${id}:finished`, name: "inngest/function.finished", data: finished },
    ...(status === "completed"
      ? []
      : [{ id: `${id}:${status}`, name: `inngest/function.${status}`, data: finished }]),
  ];
}

/** Name of the event that stands for an invocation. */
export const invokedEvent = "inngest/function.invoked";
