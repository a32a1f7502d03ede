/** Korea has had no other offset, and no summer time, since 1988. */
const offsetMs = 9 * 3_600_000;

/** As Toss writes times: `2026-11-27T15:04:05+09:00`. */
export function kstTime(ms: number): string {
  return `${kstLocalTime(ms)}+09:00`;
}

/** As Toss takes times in addresses: Korean time without an offset, to the second. */
export function kstLocalTime(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 19);
}

/** Reads what `kstLocalTime` writes, a date alone, or a time with its own offset. */
export function parseKst(text: string): number {
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/.test(text) && text.includes("T");
  const whole = text.includes("T") ? text : `${text}T00:00:00`;
  return Date.parse(hasOffset ? whole : `${whole}+09:00`);
}
