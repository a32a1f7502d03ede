"use client";

import { Bell, CheckCheck } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { readNotices, useNotices } from "@/lib/client/use-notices";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import type { NoticeView } from "@/lib/notices/schema";
import { noticeLink } from "./notice-link";
import { NoticeMark } from "./notice-mark";
import { useNoticeText } from "./use-notice-text";

/** Everything that the product told the person, newest first. */
export function NoticesPage() {
  const t = useTranslations("notices");
  const list = useNotices();
  const { notices, error } = list;
  return (
    <NoticesFrame
      actions={
        list.unread > 0 ? (
          <Button onClick={() => void readNotices()}>
            <CheckCheck aria-hidden="true" />
            {t("readAll")}
          </Button>
        ) : null
      }
    >
      {error && !notices ? (
        <Panel>
          <RequestError error={error} title={t("loadFailed")} onRetry={() => void list.reload()} />
        </Panel>
      ) : !notices ? (
        <NoticesSkeleton />
      ) : notices.length === 0 ? (
        <Panel>
          <EmptyState icon={Bell} title={t("none")} description={t("noneDescription")} />
        </Panel>
      ) : (
        <>
          <NoticeList notices={notices} />
          {list.hasMore ? (
            <Button
              className="mx-auto mt-4 flex"
              pending={list.loadingMore}
              onClick={list.loadMore}
            >
              {t("more")}
            </Button>
          ) : null}
        </>
      )}
    </NoticesFrame>
  );
}

function NoticesFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const t = useTranslations("notices");
  return (
    <PageFrame width="text">
      <PageHeader title={t("title")} actions={actions} className="min-h-9" />
      {children}
    </PageFrame>
  );
}

function NoticeList({ notices }: { notices: readonly NoticeView[] }) {
  const nowMs = useNow(30_000);
  return (
    <Panel className="overflow-hidden">
      <ul className="divide-y">
        {notices.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} nowMs={nowMs} />
        ))}
      </ul>
    </Panel>
  );
}

function NoticeRow({ notice, nowMs }: { notice: NoticeView; nowMs: number }) {
  const t = useTranslations("notices");
  const { title, body } = useNoticeText()(notice);
  const { when, exactTime } = useQuantities();
  const unread = notice.readAt === null;
  return (
    <li className="relative flex gap-3 px-4 py-3 hover:bg-hover">
      <NoticeMark kind={notice.kind} className="mt-1" />
      <div className="flex min-w-0 flex-1 flex-col">
        <NextLink
          href={noticeLink(notice)}
          onClick={() => {
            if (unread) void readNotices([notice.id]);
          }}
          className={cn(
            "after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2",
            unread && "font-medium",
          )}
        >
          {title}
          {unread ? <span className="sr-only"> {t("unread")}</span> : null}
        </NextLink>
        <p className="text-ink-muted">{body}</p>
      </div>
      <div className="flex shrink-0 items-start gap-2 text-ink-muted text-sm">
        <time dateTime={notice.createdAt} title={exactTime(notice.createdAt)}>
          {when(notice.createdAt, nowMs)}
        </time>
        <span
          aria-hidden="true"
          className={cn("mt-1.5 size-2 rounded-full", unread && "bg-accent")}
        />
      </div>
    </li>
  );
}

function NoticesSkeleton() {
  return (
    <Panel aria-hidden="true">
      {["a", "b", "c", "d", "e", "f"].map((row) => (
        <div key={row} className="flex h-17 items-center gap-3 border-b px-4 last:border-b-0">
          <Skeleton className="size-5" />
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="ml-auto h-5 w-16" />
        </div>
      ))}
    </Panel>
  );
}

/** The inbox before anything is known of it. */
export function NoticesPageSkeleton() {
  return (
    <NoticesFrame>
      <NoticesSkeleton />
    </NoticesFrame>
  );
}
