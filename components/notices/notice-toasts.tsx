"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "@/components/ui/toaster";
import { useNewNotices } from "@/lib/client/use-credits";
import { readNotices, reloadNotices } from "@/lib/client/use-notices";
import type { NoticeView } from "@/lib/notices/schema";
import { isShownAt, noticeLink } from "./notice-link";
import { NoticeMark } from "./notice-mark";
import { useNoticeText } from "./use-notice-text";

/** How long a notice stays, in ms: it has two lines and a button. */
const shownMs = 8_000;

/** Shows each notice that comes while the page is open; the bell keeps them. */
export function NoticeToasts() {
  const t = useTranslations("notices");
  const textOf = useNoticeText();
  const router = useRouter();
  const show = useCallback(
    (notice: NoticeView) => {
      reloadNotices();
      // Read in another tab, or on the page where one sees it anyway.
      if (notice.readAt !== null || isShownAt(notice, window.location.pathname)) return;
      const { title, body } = textOf(notice);
      const open = () => {
        void readNotices([notice.id]);
        router.push(noticeLink(notice));
      };
      toast(title, {
        id: notice.id,
        description: body,
        duration: shownMs,
        icon: <NoticeMark kind={notice.kind} />,
        action: { label: t("open"), onClick: open },
      });
    },
    [t, textOf, router],
  );
  useNewNotices(show);
  return null;
}
