"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { NoticeView } from "@/lib/notices/schema";
import { targetNames } from "@/lib/target-names";

/** A notice in the reader's words. */
export function useNoticeText(): (notice: NoticeView) => { title: string; body: string } {
  const t = useTranslations("notices.kinds");
  const format = useFormatter();
  const locale = useLocale();
  return useCallback(
    (notice) => {
      const date =
        "expiresAt" in notice.values
          ? format.dateTime(new Date(notice.values.expiresAt), { dateStyle: "long" })
          : "";
      const codes = "languages" in notice.values ? notice.values.languages : [];
      const values = { ...notice.values, date, languages: targetNames(codes, locale) };
      return { title: t(`${notice.kind}.title`, values), body: t(`${notice.kind}.body`, values) };
    },
    [t, format, locale],
  );
}
