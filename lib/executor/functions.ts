import { Cron } from "croner";
import { z } from "zod";
import { checkExpression } from "./expressions";
import { parseDuration } from "./times";

/** What the executor needs to know of a function, from the SDK's own registration. */
export interface FunctionSpec {
  id: string;
  triggers: { event: string; expression: string | undefined }[];
  crons: { pattern: string; timezone: string | undefined }[];
  /** Tries of each step and of the function's own code, from 1. */
  maxAttempts: number;
  concurrency: { limit: number; key: string | undefined; scope: "fn" | "env" | "account" }[];
  idempotency: string | undefined;
  singleton: { key: string | undefined; mode: "skip" | "cancel" } | undefined;
  priority: string | undefined;
  cancelOn: { event: string; expression: string | undefined; withinMs: number | undefined }[];
  /** Longest wait for the first call, and from there to the end; in ms. */
  timeouts: { startMs: number | undefined; finishMs: number | undefined };
}

/** A function asks for what this executor doesn't do; says which and what. */
export class UnsupportedFunctionError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`The local executor can't run these functions:\n${problems.join("\n")}`);
    this.name = "UnsupportedFunctionError";
    this.problems = problems;
  }
}

/** Retries when a function doesn't say (the SDK's `defaultMaxRetries`). */
const defaultRetries = 3;

const concurrencySchema = z.object({
  limit: z.number().int().min(1),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).default("fn"),
});

const configSchema = z.object({
  id: z.string(),
  triggers: z.array(
    z.object({
      event: z.string().optional(),
      expression: z.string().optional(),
      cron: z.string().optional(),
    }),
  ),
  steps: z.object({
    step: z.object({ retries: z.object({ attempts: z.number().int().min(0) }).optional() }),
  }),
  concurrency: z
    .union([
      z
        .number()
        .int()
        .min(1)
        .transform((limit) => [{ limit, key: undefined, scope: "fn" as const }]),
      concurrencySchema.transform((one) => [one]),
      z.array(concurrencySchema).max(2),
    ])
    .optional(),
  idempotency: z.string().optional(),
  singleton: z.object({ key: z.string().optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  priority: z.object({ run: z.string().optional() }).optional(),
  cancel: z
    .array(
      z.object({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }),
    )
    .optional(),
  timeouts: z.object({ start: z.string().optional(), finish: z.string().optional() }).optional(),
});

/** Options whose meaning this executor doesn't carry out: ignoring them would be a silent lie. */
const refused = ["batchEvents", "debounce", "rateLimit", "throttle"] as const;

/**
 * Reads the SDK's function configurations.
 * @throws {UnsupportedFunctionError} naming everything that can't be honoured.
 */
export function readFunctions(configs: readonly Record<string, unknown>[]): FunctionSpec[] {
  const problems: string[] = [];
  const specs: FunctionSpec[] = [];
  for (const config of configs) {
    for (const option of refused) {
      if (config[option] !== undefined) problems.push(`${config.id}: ${option} isn't supported`);
    }
    const parsed = configSchema.safeParse(config);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        problems.push(`${config.id}: ${issue.path.join(".")}: ${issue.message}`);
      }
      continue;
    }
    const spec = toSpec(parsed.data, (problem) => problems.push(`${config.id}: ${problem}`));
    specs.push(spec);
  }
  if (problems.length > 0) throw new UnsupportedFunctionError(problems);
  return specs;
}

function toSpec(config: z.output<typeof configSchema>, refuse: (problem: string) => void) {
  const duration = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const durationMs = parseDuration(text);
    if (durationMs === undefined) refuse(`${text} isn't a length of time`);
    return durationMs;
  };
  const spec: FunctionSpec = {
    id: config.id,
    triggers: config.triggers.flatMap(({ event, expression }) =>
      event ? [{ event, expression }] : [],
    ),
    crons: config.triggers.flatMap(({ cron }) => (cron ? [readCron(cron)] : [])),
    maxAttempts: (config.steps.step.retries?.attempts ?? defaultRetries) + 1,
    concurrency: (config.concurrency ?? []).map(({ limit, key, scope }) => ({ limit, key, scope })),
    idempotency: config.idempotency,
    singleton: config.singleton && { key: config.singleton.key, mode: config.singleton.mode },
    priority: config.priority?.run,
    cancelOn: (config.cancel ?? []).map((cancel) => ({
      event: cancel.event,
      expression: cancel.if,
      withinMs: duration(cancel.timeout),
    })),
    timeouts: {
      startMs: duration(config.timeouts?.start),
      finishMs: duration(config.timeouts?.finish),
    },
  };
  checkSpec(spec, refuse);
  return spec;
}

/** `TZ=Asia/Seoul 0 9 * * *`, the zone being optional. */
function readCron(text: string): FunctionSpec["crons"][number] {
  const [, timezone, pattern = text] = /^TZ=(\S+)\s+(.+)$/.exec(text) ?? [];
  return { pattern, timezone };
}

function checkSpec(spec: FunctionSpec, refuse: (problem: string) => void): void {
  const expressions = [
    ...spec.triggers.map((trigger) => trigger.expression),
    ...spec.concurrency.map((entry) => entry.key),
    ...spec.cancelOn.map((cancel) => cancel.expression),
    spec.idempotency,
    spec.singleton?.key,
    spec.priority,
  ];
  for (const expression of expressions) {
    if (expression === undefined) continue;
    try {
      checkExpression(expression);
    } catch (error) {
      refuse(`"${expression}" isn't an expression: ${String(error)}`);
    }
  }
  for (const { pattern, timezone } of spec.crons) {
    try {
      nextFire({ pattern, timezone }, Date.now());
    } catch (error) {
      refuse(`"${pattern}" isn't a schedule: ${String(error)}`);
    }
  }
}

/** When a schedule next falls due after `afterMs`, in ms since the epoch; undefined for never. */
export function nextFire(cron: FunctionSpec["crons"][number], afterMs: number): number | undefined {
  const schedule = new Cron(cron.pattern, { timezone: cron.timezone ?? "UTC" });
  return schedule.nextRun(new Date(afterMs))?.getTime();
}
