"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { NoticeView } from "@/lib/notices/schema";

/** A notice in the reader's words. */
export function useNoticeText(): (notice: NoticeView) => { title: string; body: string } {
  const t = useTranslations("notices.kinds");
  const format = useFormatter();
  return useCallback(
    (notice) => {
      const date =
        "expiresAt" in notice.values
          ? format.dateTime(new Date(notice.values.expiresAt), { dateStyle: "long" })
          : "";
      const values = { ...notice.values, date };
      return { title: t(`${notice.kind}.title`, values), body: t(`${notice.kind}.body`, values) };
    },
    [t, format],
  );
}
