/** A length of time in the units a person would say it in. */
export interface SpokenTime {
  unit: "seconds" | "minutes" | "hours";
  hours: number;
  minutes: number;
  seconds: number;
}

/**
 * How long something will still take, rounded as a person would: seconds in steps of five below
 * one minute, then whole minutes, then hours and minutes. Never zero.
 */
export function spokenTime(ms: number): SpokenTime {
  const seconds = Math.max(5, Math.ceil(ms / 5_000) * 5);
  if (seconds < 60) return { unit: "seconds", hours: 0, minutes: 0, seconds };
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 60) return { unit: "minutes", hours: 0, minutes, seconds: 0 };
  return { unit: "hours", hours: Math.floor(minutes / 60), minutes: minutes % 60, seconds: 0 };
}

const units = ["B", "KB", "MB", "GB", "TB"] as const;

/** A size in bytes with binary steps, as the product's "2 GB" means it: three digits at most. */
export function formatBytes(bytes: number, locale: string): string {
  let step = 0;
  let value = Math.max(0, bytes);
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step === 0 || value >= 99.95 ? 0 : 1;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return `${number} ${units[step]}`;
}
