"use client";

import { Bell } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { readNotices, useLatestNotices } from "@/lib/client/use-notices";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import type { NoticeView } from "@/lib/notices/schema";
import { noticeLink } from "./notice-link";
import { NoticeMark } from "./notice-mark";
import { useNoticeText } from "./use-notice-text";

/** More than this is said as "99+". */
const mostShown = 99;

/** How many notices are unread, and behind it the newest few. */
export function NoticeBell({ unread }: { unread: number }) {
  const t = useTranslations("notices");
  return (
    <Menu
      className="w-88 max-w-[calc(100vw-1rem)]"
      trigger={
        <IconButton label={t("bell", { count: unread })}>
          <Bell aria-hidden="true" />
          {unread > 0 ? (
            <span
              aria-hidden="true"
              className="absolute -top-0.5 -right-0.5 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 font-medium text-[0.625rem] text-accent-ink tabular-nums"
            >
              {unread > mostShown ? `${mostShown}+` : unread}
            </span>
          ) : null}
        </IconButton>
      }
    >
      <LatestNotices />
      <MenuSeparator />
      <MenuLink render={<NextLink href={routes.notices()} />} className="justify-center">
        {t("all")}
      </MenuLink>
    </Menu>
  );
}

/** Asked for when the menu opens. */
function LatestNotices() {
  const t = useTranslations("notices");
  const { notices, error } = useLatestNotices();
  const nowMs = useNow(30_000);
  if (!notices) {
    return (
      <div className="flex min-h-24 flex-col gap-2 p-2">
        {error ? (
          <p className="m-auto text-ink-muted text-sm">{t("loadFailed")}</p>
        ) : (
          ["a", "b", "c"].map((row) => <Skeleton key={row} className="h-8" />)
        )}
      </div>
    );
  }
  if (notices.length === 0) {
    return <p className="px-2 py-6 text-center text-ink-muted text-sm">{t("none")}</p>;
  }
  return notices.map((notice) => <NoticeItem key={notice.id} notice={notice} nowMs={nowMs} />);
}

function NoticeItem({ notice, nowMs }: { notice: NoticeView; nowMs: number }) {
  const t = useTranslations("notices");
  const { title, body } = useNoticeText()(notice);
  const { when } = useQuantities();
  const unread = notice.readAt === null;
  return (
    <MenuLink
      render={<NextLink href={noticeLink(notice)} />}
      onClick={() => {
        if (unread) void readNotices([notice.id]);
      }}
      className="items-start gap-3 py-2"
    >
      <NoticeMark kind={notice.kind} className="mt-0.5" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className={unread ? "font-medium" : undefined}>{title}</span>
        <span className="truncate text-ink-muted text-sm">{body}</span>
        <span className="text-ink-faint text-xs">{when(notice.createdAt, nowMs)}</span>
      </span>
      {unread ? (
        <span className="mt-2 size-2 shrink-0 rounded-full bg-accent">
          <span className="sr-only">{t("unread")}</span>
        </span>
      ) : null}
    </MenuLink>
  );
}
