const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A wait as a person says it; never shorter than it is. */
export function roughWait(ms: number): {
  unit: "seconds" | "minutes" | "hours" | "days";
  count: number;
} {
  if (ms < minuteMs) return { unit: "seconds", count: Math.max(1, Math.ceil(ms / 1000)) };
  if (ms < 100 * minuteMs) return { unit: "minutes", count: Math.ceil(ms / minuteMs) };
  if (ms < 2 * dayMs) return { unit: "hours", count: Math.ceil(ms / hourMs) };
  return { unit: "days", count: Math.ceil(ms / dayMs) };
}
