/**
 * The calendar that days and months of credits and payments go by: that of Seoul, nine hours ahead
 * of UTC the year round (no daylight saving time since 1988).
 */
const offsetMs = 9 * 3_600_000;
const dayMs = 24 * 3_600_000;

function shifted(ms: number): string {
  return new Date(ms + offsetMs).toISOString();
}

/** The day in Seoul, YYYY-MM-DD. */
export function seoulDay(ms: number): string {
  return shifted(ms).slice(0, 10);
}

/** The month in Seoul, YYYY-MM. */
export function seoulMonth(ms: number): string {
  return shifted(ms).slice(0, 7);
}

/** A moment as Seoul's clocks show it, ISO 8601 with its offset. */
export function seoulTime(ms: number): string {
  return `${shifted(ms).slice(0, 19)}+09:00`;
}

/** When a day (YYYY-MM-DD) starts in Seoul, in ms. */
export function seoulDayStart(day: string): number {
  return Date.parse(`${day}T00:00:00+09:00`);
}

/** When a day in Seoul is over, in ms: the start of the next. */
export function seoulDayEnd(day: string): number {
  return seoulDayStart(day) + dayMs;
}

/** When a month (YYYY-MM) starts in Seoul, in ms. */
export function seoulMonthStart(month: string): number {
  return seoulDayStart(`${month}-01`);
}

/** The last months in Seoul up to the one of `nowMs`, oldest first. */
export function lastSeoulMonths(count: number, nowMs: number): string[] {
  const [year = 0, month = 1] = seoulMonth(nowMs).split("-").map(Number);
  return Array.from({ length: count }, (_, place) => {
    const at = Date.UTC(year, month - 1 - (count - 1 - place), 1);
    return new Date(at).toISOString().slice(0, 7);
  });
}
