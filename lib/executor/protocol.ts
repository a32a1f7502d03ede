import { z } from "zod";
import { parseRetryAfter } from "./times";

/** An error as it is stored and shown to the function's code again. */
export interface StoredError {
  name: string;
  message: string;
  stack?: string | undefined;
}

/** What the function's code asked for, or came to, in one step. */
export interface Op {
  /** SHA-1 of the step's id. */
  id: string;
  op: string;
  name: string;
  displayName: string;
  opts: Record<string, unknown>;
  data: unknown;
  error: StoredError | undefined;
}

/** What came of one call of a function. */
export type Reply =
  | { kind: "done"; output: unknown }
  | { kind: "ops"; ops: Op[]; retryAfterMs: number | undefined }
  | { kind: "failed"; error: StoredError; retryable: boolean; retryAfterMs: number | undefined }
  /** The step that was to be executed is no longer in the code. */
  | { kind: "step-not-found" };

/** A finished step, as the SDK takes it back. */
export type Memo = { type: "data"; data: unknown } | { type: "error"; error: StoredError };

export interface CallBody {
  version: 2;
  event: TriggerEvent;
  events: TriggerEvent[];
  steps: Record<string, Memo>;
  ctx: {
    run_id: string;
    attempt: number;
    /** Without it the SDK doesn't know its last try and asks for retries for ever. */
    max_attempts: number;
    disable_immediate_execution: boolean;
    use_api: false;
    stack: { stack: string[]; current: number };
  };
}

export interface TriggerEvent {
  id: string;
  name: string;
  data: unknown;
  ts: number;
}

/**
 * The body of a call. It leaves out `fn_id`: with it the SDK would run several steps in one call
 * and report them to an API that isn't there.
 */
export function callBody(options: {
  runId: string;
  event: TriggerEvent;
  /** Finished steps in order of finishing. */
  steps: { hash: string; memo: Memo }[];
  attempt: number;
  maxAttempts: number;
  /** True makes the SDK report even a single new step instead of executing it. */
  planOnly: boolean;
}): CallBody {
  const { runId, event, steps, attempt, maxAttempts, planOnly } = options;
  return {
    version: 2,
    event,
    events: [event],
    steps: Object.fromEntries(steps.map(({ hash, memo }) => [hash, memo])),
    ctx: {
      run_id: runId,
      attempt,
      max_attempts: maxAttempts,
      disable_immediate_execution: planOnly,
      use_api: false,
      stack: { stack: steps.map((step) => step.hash), current: steps.length },
    },
  };
}

const errorSchema = z.looseObject({
  name: z.string().default("Error"),
  message: z.string().default("unknown error"),
  stack: z.string().optional(),
});

const opSchema = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** Makes a stored error of whatever an answer carries. */
export function readError(value: unknown): StoredError {
  const parsed = errorSchema.safeParse(value);
  if (!parsed.success) return { name: "Error", message: String(value) };
  const { name, message, stack } = parsed.data;
  return stack ? { name, message, stack } : { name, message };
}

/** Reads the SDK's answer to a call. Anything that isn't one counts as a failure to retry. */
export async function readReply(response: Response, nowMs: number): Promise<Reply> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return failure({ name: "Error", message: `unreadable answer: ${text.slice(0, 200)}` });
  }
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), nowMs);
  if (response.status === 200) return { kind: "done", output: body };
  if (response.status === 206) {
    const ops = z.array(opSchema).safeParse(body);
    if (!ops.success) return failure({ name: "Error", message: ops.error.message });
    return { kind: "ops", ops: ops.data.map(toOp), retryAfterMs };
  }
  if (isRecord(body) && "requestedStep" in body) return { kind: "step-not-found" };
  return {
    kind: "failed",
    error: readError(body),
    retryable: response.headers.get("x-inngest-no-retry") !== "true",
    retryAfterMs,
  };
}

function toOp(raw: z.output<typeof opSchema>): Op {
  const name = raw.name ?? "";
  return {
    id: raw.id,
    op: raw.op,
    name,
    displayName: raw.displayName ?? name,
    opts: raw.opts ?? {},
    data: raw.data ?? null,
    error: raw.error === undefined ? undefined : readError(raw.error),
  };
}

function failure(error: StoredError): Reply {
  return { kind: "failed", error, retryable: true, retryAfterMs: undefined };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
