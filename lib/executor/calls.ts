import "server-only";
import type pg from "pg";
import { callBody, type Reply } from "./protocol";
import { applyReply } from "./replies";
import { transaction } from "./repo";
import { findRun, findStep, finishedSteps, lockActiveRun, stepTotals } from "./run-repo";
import { type Rules, startRun } from "./runs";
import type { FunctionHost } from "./sdk";
import { type SentEvent, withCallScope } from "./step-signal";
import { advance, type Lease, releaseLease } from "./task-repo";

/** After so many results of one call were lost, the call itself is what loses them. */
const maxLosses = 10;

/** Why a signal fired; what `signal.reason` is. */
export type StopReason = "run-ended" | "lease-lost" | "shutdown";

export function stopReason(why: StopReason): DOMException {
  return new DOMException(why, "AbortError");
}

/**
 * Makes one leased call and stores what came of it. Answers what became of the result: `late` ones
 * (the run has ended, another process has the lease) change nothing; `released` is a step that
 * gave up because the process shuts down, and is tried again without counting as a failure.
 */
export async function makeCall(
  pool: pg.Pool,
  host: FunctionHost,
  call: { lease: Lease; signal: AbortSignal; rules: () => Rules },
): Promise<"applied" | "late" | "released"> {
  const { lease, signal, rules } = call;
  const sent: SentEvent[] = [];
  const reply = await ask(pool, host, call, sent);
  if (reply === undefined) return "late";
  if (isShutdown(signal) && hasFailed(reply)) {
    await releaseLease(pool, lease, { dueAt: rules().now, lost: false });
    return "released";
  }
  const applied = await transaction(pool, (tx) => applyReply(tx, rules(), { lease, reply, sent }));
  return applied ? "applied" : "late";
}

async function ask(
  pool: pg.Pool,
  host: FunctionHost,
  call: { lease: Lease; signal: AbortSignal; rules: () => Rules },
  sent: SentEvent[],
): Promise<Reply | undefined> {
  const { lease, signal, rules } = call;
  const run = await findRun(pool, lease.runId);
  if (run?.status !== "active") return undefined;
  if (lease.losses >= maxLosses) return lostTooOften(lease.losses);
  if (!run.started) {
    await transaction(pool, async (tx) => {
      const locked = await lockActiveRun(tx, run.id);
      if (locked && !locked.started) await startRun(tx, rules(), locked);
    });
  }
  const step = lease.hash === advance ? undefined : await findStep(pool, run.id, lease.hash);
  if (lease.hash !== advance && step?.status !== "open") return { kind: "step-not-found" };
  const body = callBody({
    runId: run.id,
    event: run.event,
    // A planned step needs only what the code had seen when it asked for it: with 200 siblings,
    // showing each the results of the others would cost the square of that.
    steps: await finishedSteps(pool, run.id, step ? step.seen : null),
    attempt: lease.attempt,
    maxAttempts: rules().specs.get(run.functionId)?.maxAttempts ?? 1,
    // A single step that is open already must not be executed here beside its own call.
    planOnly: !step && (await stepTotals(pool, run.id)).open > 0,
  });
  return withCallScope({ signal, sent }, () => host.call(run.functionId, lease.hash, body));
}

function lostTooOften(losses: number): Reply {
  const message = `the result was lost ${losses} times: the process died or it couldn't be stored`;
  const error = { name: "ResultLost", message };
  return { kind: "failed", error, retryable: false, retryAfterMs: undefined };
}

function isShutdown(signal: AbortSignal): boolean {
  return signal.reason instanceof DOMException && signal.reason.message === "shutdown";
}

function hasFailed(reply: Reply): boolean {
  if (reply.kind === "ops") return reply.ops.some((op) => op.error !== undefined);
  return reply.kind === "failed";
}
