"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Finding } from "@/lib/subtitles/quality/types";
import { targetName } from "@/lib/translation/targets";

/** The sentence about a finding, with its numbers and words. */
export function useFindingText(): (finding: Finding) => string {
  const t = useTranslations("report.findings");
  const locale = useLocale();
  return useCallback(
    ({ code, values }) => {
      const { language } = values;
      return t(
        code,
        typeof language === "string"
          ? { ...values, language: targetName(language, locale) }
          : values,
      );
    },
    [t, locale],
  );
}
