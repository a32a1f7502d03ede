import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

/** An event that a function sent while it was being called. */
export interface SentEvent {
  id: string;
  name: string;
  data: unknown;
}

/** What surrounds one call of a function by the executor. */
export interface CallScope {
  signal: AbortSignal;
  /** Events sent during the call; they are stored together with its result, or not at all. */
  sent: SentEvent[];
}

const scopes = new AsyncLocalStorage<CallScope>();

/** Runs `work` as one call of a function. */
export function withCallScope<T>(scope: CallScope, work: () => Promise<T>): Promise<T> {
  return scopes.run(scope, work);
}

/** The call that the current code runs in; undefined outside the executor. */
export function callScope(): CallScope | undefined {
  return scopes.getStore();
}

/** Outside the executor nothing takes a step back, so one signal that never fires serves all. */
const never = new AbortController().signal;

/**
 * Fires when what the current step does is no longer wanted: its run was cancelled or has ended,
 * its lease was lost, or the process shuts down. Hand it to whatever takes long (child processes,
 * requests). Never fires outside the executor, for instance when Inngest runs the functions.
 */
export function stepSignal(): AbortSignal {
  return callScope()?.signal ?? never;
}
