import "server-only";
import { expressionHolds } from "./expressions";
import { type FunctionSpec, nextFire } from "./functions";
import type { Memo, TriggerEvent } from "./protocol";
import { continueIfUnblocked } from "./replies";
import { type Db, insertRoutedEvent, takeEvent, waitsFor } from "./repo";
import { findStep, finishStep, invokedResult, lockActiveRun, type Run } from "./run-repo";
import { cancelRun, createRun, finishTimer, type Rules, startTimer } from "./runs";
import { removeTask, type Timer } from "./task-repo";

/**
 * Lets the oldest new event take effect: it cancels runs, answers waits, starts runs. Answers
 * false when there is none.
 */
export async function routeNextEvent(tx: Db, rules: Rules): Promise<boolean> {
  const event = await takeEvent(tx);
  if (!event) return false;
  const waits = (await waitsFor(tx, event.name, rules.now))
    .filter(
      ({ expression, event: started }) =>
        expression === null || expressionHolds(expression, { event: started, async: event }),
    )
    // In one order everywhere, so that two events can't hold what the other wants.
    .sort((a, b) => (a.runId < b.runId ? -1 : 1));
  for (const { runId, hash } of waits) {
    if (hash.startsWith("#cancel")) {
      await cancelRun(tx, rules, runId, `cancelled by the event ${event.name}`);
    } else if (await lockActiveRun(tx, runId)) {
      await resolveStep(tx, rules, { runId, hash, memo: { type: "data", data: event } });
    }
  }
  for (const spec of rules.specs.values()) {
    if (isTriggered(spec, event)) await createRun(tx, rules, { spec, event });
  }
  return true;
}

function isTriggered(spec: FunctionSpec, event: TriggerEvent): boolean {
  return spec.triggers.some(
    (trigger) =>
      trigger.event === event.name &&
      (trigger.expression === undefined || expressionHolds(trigger.expression, { event })),
  );
}

/** Finishes a waiting step of a locked run, and goes on if nothing else is open. */
async function resolveStep(
  tx: Db,
  rules: Rules,
  step: { runId: string; hash: string; memo: Memo },
): Promise<void> {
  const finished = await finishStep(tx, { ...step, now: rules.now });
  if (finished) await continueIfUnblocked(tx, rules, step.runId);
}

/** Lets a timer take effect that is due. */
export async function fireTimer(tx: Db, rules: Rules, { runId, hash }: Timer): Promise<void> {
  const run = await lockActiveRun(tx, runId);
  const removed = await removeTask(tx, runId, hash);
  if (!run || !removed) return;
  if (hash === startTimer || hash === finishTimer) {
    const limit = hash === startTimer ? "wait for its start" : "running time";
    await cancelRun(tx, rules, runId, `the run exceeded its longest ${limit}`);
    return;
  }
  await resolveStep(tx, rules, { runId, hash, memo: await timerMemo(tx, run, hash) });
}

/** What a step comes to when its timer rings: a sleep ends, a wait is in vain, a child has ended. */
async function timerMemo(tx: Db, run: Run, hash: string): Promise<Memo> {
  const step = await findStep(tx, run.id, hash);
  if (step?.op !== "InvokeFunction") return { type: "data", data: null };
  const result = await invokedResult(tx, { runId: run.id, hash });
  const error = { name: "Error", message: "the invoked run didn't end in time" };
  return result?.memo ?? { type: "error", error };
}

/** A schedule of a function and the moment it falls due next. */
export interface Schedule {
  spec: FunctionSpec;
  cron: FunctionSpec["crons"][number];
  dueMs: number;
}

/** All schedules with their next moment after `afterMs`. What fell due earlier is not made up for. */
export function schedules(specs: Iterable<FunctionSpec>, afterMs: number): Schedule[] {
  const found: Schedule[] = [];
  for (const spec of specs) {
    for (const cron of spec.crons) {
      const dueMs = nextFire(cron, afterMs);
      if (dueMs !== undefined) found.push({ spec, cron, dueMs });
    }
  }
  return found;
}

/** Starts the run of a schedule that is due; its event's id makes it one for all processes. */
export async function fireSchedule(tx: Db, rules: Rules, schedule: Schedule): Promise<void> {
  const { spec, cron, dueMs } = schedule;
  const event = {
    id: `${spec.id}:${cron.pattern}:${new Date(dueMs).toISOString()}`,
    name: "inngest/scheduled.timer",
    data: { cron: cron.pattern },
    ts: dueMs,
  };
  if (await insertRoutedEvent(tx, event)) await createRun(tx, rules, { spec, event });
}
