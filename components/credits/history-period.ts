import { seoulDay } from "@/lib/credits/seoul";

export const periods = ["all", "week", "month", "quarter"] as const;
export type Period = (typeof periods)[number];

/** Days of each period, today among them. */
const periodDays = { week: 7, month: 30, quarter: 90 } as const;
const dayMs = 24 * 3_600_000;

export interface Days {
  /** YYYY-MM-DD in Seoul, or null: from the beginning. */
  from: string | null;
  /** Included; null: up to now. */
  to: string | null;
}

/** The days that a period means today. */
export function daysOf(period: Period, nowMs: number): Days {
  if (period === "all") return { from: null, to: null };
  return { from: seoulDay(nowMs - (periodDays[period] - 1) * dayMs), to: null };
}

/** The period that these days are, or else that somebody has chosen them. */
export function periodOf({ from, to }: Days, nowMs: number): Period | "custom" {
  const same = (period: Period) => {
    const days = daysOf(period, nowMs);
    return days.from === from && days.to === to;
  };
  return periods.find(same) ?? "custom";
}

/** A day as an address may hold it; null for anything else. */
export function asDay(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : text;
}
