import { maxLinkDays } from "./limits";

const dayMs = 24 * 3_600_000;

/** What a link's maker chooses from, in days. */
export const linkDays = [1, 7, 30] as const;

/** Whether a link may end then: in the future, and at most a year ahead. */
export function isLinkEnd(expiresAtMs: number, nowMs: number): boolean {
  return expiresAtMs > nowMs && expiresAtMs <= nowMs + maxLinkDays * dayMs;
}

/** When a link that is open for so many days ends, in ms since 1970. */
export function linkEnd(days: number, nowMs: number): number {
  return nowMs + days * dayMs;
}

/** How often somebody may invite and one address may be written to. */
export const inviteRates = {
  ofAccount: { limit: 40, windowMs: 24 * 3_600_000 },
  toAddress: { limit: 5, windowMs: 24 * 3_600_000 },
} as const;

/** What may be asked for by links from one network: pages, parts of the video, pictures. */
export const sharedRate = { limit: 1_200, windowMs: 60_000 } as const;

/** A link's last use is noted this often at most, in ms. */
export const noteUseEveryMs = 60_000;

/** A moment's day as a date field has it, in the time zone at hand. */
export function localDay(ms: number): string {
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The last moment of a day as a date field has it, in the time zone at hand; undefined: no day. */
export function endOfDay(day: string): number | undefined {
  const [year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)?.slice(1).map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return new Date(year, month - 1, date, 23, 59, 59, 999).getTime();
}
