import "server-only";
import { checkExpression } from "./expressions";
import type { Memo, Op, Reply, StoredError } from "./protocol";
import { type Db, insertRoutedEvent, recordEvents } from "./repo";
import {
  findStep,
  finishStep,
  forgetStep,
  insertWait,
  lockActiveRun,
  openStep,
  type Run,
  stepTotals,
} from "./run-repo";
import { createRun, finishRun, invokedEvent, type Rules } from "./runs";
import type { SentEvent } from "./step-signal";
import { advance, insertTask, type Lease, settleLease } from "./task-repo";
import { parseMoment } from "./times";

/** Inngest's limits (pkg/consts): a run that keeps them here keeps them there. */
export const limits = { stepBytes: 4 * 2 ** 20, runBytes: 32 * 2 ** 20, steps: 1_000 };

/**
 * Carries out what a call came to, in one transaction with everything that follows from it.
 * Answers false when the result is too late: the run has ended or the lease was lost.
 */
export async function applyReply(
  tx: Db,
  rules: Rules,
  result: { lease: Lease; reply: Reply; sent: SentEvent[] },
): Promise<boolean> {
  const { lease, reply, sent } = result;
  const run = await lockActiveRun(tx, lease.runId);
  if (!run || !(await settleLease(tx, lease))) return false;
  await recordEvents(tx, sent);
  if (reply.kind === "done") {
    const error = tooLarge("the function", reply.output);
    const { output } = reply;
    await finishRun(
      tx,
      rules,
      run,
      error ? { status: "failed", error } : { status: "completed", output },
    );
  } else if (reply.kind === "failed") {
    if (reply.retryable && mayRetry(rules, run, lease)) {
      await retry(tx, rules, lease, reply);
    } else {
      await finishRun(tx, rules, run, { status: "failed", error: reply.error });
    }
  } else if (reply.kind === "step-not-found") {
    await forgetStep(tx, run.id, lease.hash);
    await continueRun(tx, rules, run.id);
  } else {
    await applyOps(tx, rules, { run, lease, ...reply });
  }
  return true;
}

function mayRetry(rules: Rules, run: Run, lease: Lease): boolean {
  return lease.attempt + 1 < (rules.specs.get(run.functionId)?.maxAttempts ?? 1);
}

async function retry(
  tx: Db,
  rules: Rules,
  lease: Lease,
  failure: { error: StoredError; retryAfterMs: number | undefined },
): Promise<void> {
  const attempt = lease.attempt + 1;
  const waitMs = failure.retryAfterMs ?? rules.backoff(attempt);
  await insertTask(tx, {
    runId: lease.runId,
    hash: lease.hash,
    kind: "call",
    dueAt: new Date(rules.now.getTime() + waitMs),
    attempt,
    lastError: failure.error,
  });
}

/** Has the function called once more to learn what comes next. */
async function continueRun(tx: Db, rules: Rules, runId: string): Promise<void> {
  await insertTask(tx, { runId, hash: advance, kind: "call", dueAt: rules.now });
}

/**
 * Goes on when nothing that must be waited for is open: parallel steps are a barrier, as in
 * Inngest's execution version 2, save the members of a race.
 */
export async function continueIfUnblocked(tx: Db, rules: Rules, runId: string): Promise<void> {
  const { blocking } = await stepTotals(tx, runId);
  if (blocking === 0) await continueRun(tx, rules, runId);
}

interface OpContext {
  run: Run;
  lease: Lease;
  retryAfterMs: number | undefined;
}

async function applyOps(
  tx: Db,
  rules: Rules,
  { ops, ...context }: OpContext & { ops: Op[] },
): Promise<void> {
  const { run, lease } = context;
  const fail = (error: StoredError) => finishRun(tx, rules, run, { status: "failed", error });
  const refused = overLimit({ total: ops.length, bytes: 0 });
  if (refused) return fail(refused);
  let finished = false;
  for (const op of ops) {
    const outcome = await applyOp(tx, rules, context, op);
    if (outcome === "retrying") return;
    if (typeof outcome === "object") return fail(outcome);
    finished ||= outcome === "finished";
  }
  const totals = await stepTotals(tx, run.id);
  const error = overLimit(totals);
  if (error) return fail(error);
  if (totals.blocking === 0 && (finished || lease.hash !== advance)) {
    await continueRun(tx, rules, run.id);
  }
}

/** `waiting`: something will wake the run. An error ends the run. */
type Outcome = "finished" | "waiting" | "retrying" | StoredError;

async function applyOp(tx: Db, rules: Rules, context: OpContext, op: Op): Promise<Outcome> {
  const { run, lease } = context;
  if (op.op === "StepError" && mayRetry(rules, run, lease)) {
    const error = op.error ?? { name: "Error", message: "the step failed" };
    await retry(tx, rules, lease, { error, retryAfterMs: context.retryAfterMs });
    return "retrying";
  }
  const known = await noteStep(tx, rules, run, op);
  if (known === "finished") return "finished";
  switch (op.op) {
    case "StepRun":
      return (
        tooLarge(`step "${op.displayName}"`, op.data) ??
        finish(tx, rules, run, op, { type: "data", data: op.data })
      );
    case "StepError":
    case "StepFailed": {
      const error = op.error ?? { name: "Error", message: "the step failed" };
      return finish(tx, rules, run, op, { type: "error", error });
    }
    case "StepPlanned":
      await insertTask(tx, { runId: run.id, hash: op.id, kind: "call", dueAt: rules.now });
      return "waiting";
    case "Sleep":
      return setTimer(tx, rules, run, op, op.name);
    case "WaitForEvent":
      return known === "open" ? "waiting" : waitForEvent(tx, rules, run, op);
    case "InvokeFunction":
      return known === "open" ? "waiting" : invoke(tx, rules, run, op);
    default:
      return {
        name: "UnsupportedStep",
        message: `step "${op.displayName}" (${op.op}) can't be carried out by the local executor`,
      };
  }
}

async function noteStep(tx: Db, rules: Rules, run: Run, op: Op) {
  const opened = await openStep(tx, {
    runId: run.id,
    hash: op.id,
    name: op.displayName || op.name,
    op: op.op,
    race: op.opts.parallelMode === "race",
    now: rules.now,
  });
  if (opened) return "new";
  const step = await findStep(tx, run.id, op.id);
  return step?.status === "open" ? "open" : "finished";
}

async function finish(tx: Db, rules: Rules, run: Run, op: Op, memo: Memo): Promise<Outcome> {
  await finishStep(tx, { runId: run.id, hash: op.id, memo, now: rules.now });
  return "finished";
}

async function setTimer(tx: Db, rules: Rules, run: Run, op: Op, moment: unknown): Promise<Outcome> {
  const dueMs = typeof moment === "string" ? parseMoment(moment, rules.now.getTime()) : undefined;
  if (dueMs === undefined) {
    return { name: "Error", message: `step "${op.displayName}": ${moment} isn't a time` };
  }
  await insertTask(tx, { runId: run.id, hash: op.id, kind: "timer", dueAt: new Date(dueMs) });
  return "waiting";
}

async function waitForEvent(tx: Db, rules: Rules, run: Run, op: Op): Promise<Outcome> {
  const expression = typeof op.opts.if === "string" ? op.opts.if : undefined;
  try {
    if (expression !== undefined) checkExpression(expression);
  } catch (error) {
    return { name: "Error", message: `step "${op.displayName}": ${String(error)}` };
  }
  await insertWait(tx, {
    runId: run.id,
    hash: op.id,
    eventName: op.name,
    expression,
    expiresAt: undefined,
  });
  return setTimer(tx, rules, run, op, op.opts.timeout);
}

async function invoke(tx: Db, rules: Rules, run: Run, op: Op): Promise<Outcome> {
  const functionId = String(op.opts.function_id);
  const spec = rules.specs.get(functionId);
  const payload = op.opts.payload;
  const data = typeof payload === "object" && payload && "data" in payload ? payload.data : {};
  const parent = { runId: run.id, hash: op.id };
  const event = {
    id: `${run.id}:${op.id}`,
    name: invokedEvent,
    data: data ?? {},
    ts: rules.now.getTime(),
  };
  await insertRoutedEvent(tx, event);
  const started = spec && (await createRun(tx, rules, { spec, event, parent }));
  if (!started) {
    const why = spec ? "didn't start: another run has its key" : "doesn't exist";
    const error = { name: "Error", message: `the invoked function ${functionId} ${why}` };
    return finish(tx, rules, run, op, { type: "error", error });
  }
  if (op.opts.timeout === undefined) return "waiting";
  return setTimer(tx, rules, run, op, op.opts.timeout);
}

/** Says what to do about it, as the limits are also Inngest's own. */
function tooLarge(what: string, value: unknown): StoredError | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(value ?? null));
  if (bytes <= limits.stepBytes) return undefined;
  const message = `${what} returned ${bytes} bytes; the limit is ${limits.stepBytes}. Store the data and return its id.`;
  return { name: "StateTooLarge", message };
}

function overLimit(totals: { total: number; bytes: number }): StoredError | undefined {
  const { total, bytes } = totals;
  if (total > limits.steps) {
    const message = `the run has ${total} steps; the limit is ${limits.steps}`;
    return { name: "StateTooLarge", message };
  }
  if (bytes > limits.runBytes) {
    const message = `the run's steps returned ${bytes} bytes together; the limit is ${limits.runBytes}. Store the data and return ids.`;
    return { name: "StateTooLarge", message };
  }
  return undefined;
}
