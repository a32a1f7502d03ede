"use client";

import { useLocale } from "next-intl";
import { useCallback } from "react";

/** A share of 0..1 in percent; what isn't all is never rounded up to all, nor something to nothing. */
export function shareText(share: number, locale: string): string {
  const tenths = share * 1000;
  const rounded = share < 1 ? Math.min(999, Math.round(tenths)) : 1000;
  const shown = share > 0 ? Math.max(1, rounded) : 0;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(
    shown / 1000,
  );
}

export function useShare(): (share: number) => string {
  const locale = useLocale();
  return useCallback((share) => shareText(share, locale), [locale]);
}
