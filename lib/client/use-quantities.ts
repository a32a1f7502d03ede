"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { formatBytes, spokenTime } from "./quantities";

const weekMs = 7 * 86_400_000;
const steps = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** Sizes and times as words of the reader's language. Times of day are the browser's. */
export function useQuantities() {
  const locale = useLocale();
  const t = useTranslations("studio.units");
  return useMemo(() => {
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
    const exact = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    return {
      bytes: (bytes: number) => formatBytes(bytes, locale),
      speed: (bytesPerSecond: number) =>
        t("perSecond", { size: formatBytes(bytesPerSecond, locale) }),
      timeLeft: (ms: number) => {
        const { unit, hours, minutes, seconds } = spokenTime(ms);
        return t(`left.${unit}`, { hours, minutes, seconds });
      },
      /** How long something took. */
      took: (ms: number) => {
        if (ms < 60_000) {
          return t("took.seconds", { seconds: Math.max(1, Math.round(ms / 1000)) });
        }
        const minutes = Math.floor(ms / 60_000);
        const seconds = Math.floor((ms % 60_000) / 1000);
        if (minutes < 60) return t("took.minutes", { minutes, seconds });
        return t("took.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
      },
      /** "3 hours ago" within a week, else the date. */
      when: (iso: string, nowMs: number) => {
        const agoMs = nowMs - Date.parse(iso);
        if (agoMs >= weekMs) return date.format(new Date(iso));
        for (const [unit, stepMs] of steps) {
          if (agoMs >= stepMs) return relative.format(-Math.floor(agoMs / stepMs), unit);
        }
        return t("justNow");
      },
      date: (iso: string) => date.format(new Date(iso)),
      exactTime: (iso: string) => exact.format(new Date(iso)),
    };
  }, [locale, t]);
}

/** The time, read again every `everyMs` while `running`. */
export function useNow(everyMs: number, running = true): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, running]);
  return nowMs;
}
