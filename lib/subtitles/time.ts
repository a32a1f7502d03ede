const twoDigits = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));
const threeDigits = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, "0"));

/** A time that a file can hold: a whole number of milliseconds, not negative. */
export function wholeMs(ms: number): number {
  return ms > 0 && ms <= Number.MAX_SAFE_INTEGER ? Math.round(ms) : 0;
}

/** A time for people: `M:SS`, from one hour on `H:MM:SS`; part seconds are cut off. */
export function formatClock(ms: number): string {
  const seconds = Math.floor(wholeMs(ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const tail = twoDigits[seconds - minutes * 60];
  return hours > 0 ? `${hours}:${twoDigits[minutes - hours * 60]}:${tail}` : `${minutes}:${tail}`;
}

/** A time for editors, exact to the millisecond: `M:SS.mmm`, from one hour on `H:MM:SS.mmm`. */
export function formatPreciseClock(ms: number): string {
  return `${formatClock(ms)}.${threeDigits[wholeMs(ms) % 1000]}`;
}

const clockPattern = /^(?:(?:(\d{1,4}):)?(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,9}))?$/;

/**
 * Reads what a person types as a time: `83`, `83.5`, `1:23`, `1:23,500`, `1:02:03.4`.
 * Minutes and seconds after a colon must be below 60. Undefined when it is no time.
 */
export function parseClock(text: string): number | undefined {
  const match = clockPattern.exec(text.trim());
  if (match === null) return undefined;
  const [, hours, minutes, seconds = "", fraction = ""] = match;
  if (minutes !== undefined && Number(seconds) > 59) return undefined;
  if (hours !== undefined && Number(minutes) > 59) return undefined;
  const whole = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, "0").slice(0, 3));
}
