"use client";

import { FileClock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useIsStale } from "./side-by-side-context";

/** At a row: that its source has changed since it was translated. */
export function StaleMark({ cueId }: { cueId: string }) {
  const t = useTranslations("sidebyside");
  if (!useIsStale(cueId)) return null;
  return (
    <span title={t("stale")} className="relative z-1 text-warning">
      <FileClock aria-hidden="true" className="size-4" />
      <span className="sr-only">{t("stale")}</span>
    </span>
  );
}
