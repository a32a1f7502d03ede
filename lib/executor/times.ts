const units: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * A length of time as the SDK writes it (`2h30m10s`), in ms; undefined when `text` isn't one.
 */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(?:\.\d+)?(?:ms|[smhdw]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount = "0", unit = "ms"] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (units[unit] ?? 0);
  }
  return Math.round(total);
}

/**
 * The moment meant by a length of time from `nowMs` or by an ISO date, in ms since the epoch;
 * undefined when `text` is neither.
 */
export function parseMoment(text: string, nowMs: number): number | undefined {
  const duration = parseDuration(text);
  if (duration !== undefined) return nowMs + duration;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date;
}

/**
 * How long a `retry-after` header asks to wait, in ms: whole seconds or a date. Undefined when it
 * is absent or unreadable.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** How long to wait after the given number of failed tries (from 1), in ms. */
export type Backoff = (failures: number) => number;

/** Inngest's own table (pkg/backoff/backoff.go), in seconds; the last entry repeats. */
const backoffSeconds = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200];

/** Inngest's waits with their 0-30 s of jitter, times `scale`. */
export function inngestBackoff(scale = 1, random: () => number = Math.random): Backoff {
  return (failures) => {
    const index = Math.min(Math.max(failures, 1), backoffSeconds.length) - 1;
    return Math.round(((backoffSeconds[index] ?? 0) + random() * 30) * 1_000 * scale);
  };
}
