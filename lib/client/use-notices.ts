"use client";

import useSWR, { mutate as mutateAll } from "swr";
import useSWRInfinite, { unstable_serialize } from "swr/infinite";
import type { NoticeView } from "@/lib/notices/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/notices";
/** As many as the menu shows. */
const menuKey = `${root}?limit=5`;

export interface NoticePage {
  notices: NoticeView[];
  unread: number;
  nextCursor: string | null;
}

/** The address of a page of the inbox, from the page before it; null past the end. */
export function noticePageKey(index: number, previous: NoticePage | null): string | null {
  if (index > 0 && !previous?.nextCursor) return null;
  return previous?.nextCursor ? `${root}?cursor=${previous.nextCursor}` : root;
}

/** Everything that the person was told, newest first. */
export function useNotices() {
  const list = useSWRInfinite<NoticePage, ApiError>(noticePageKey, {
    ...swrOptions,
    revalidateAll: true,
  });
  const pages = list.data;
  return {
    notices: pages?.flatMap((page) => page.notices),
    unread: pages?.[0]?.unread ?? 0,
    error: list.error,
    hasMore: pages?.at(-1)?.nextCursor != null,
    loadingMore: pages !== undefined && !list.error && list.size > pages.length,
    loadMore: () => void list.setSize((size) => size + 1),
    reload: () => list.mutate(),
  };
}

/** The newest few, for the menu. */
export function useLatestNotices() {
  const { data, error } = useSWR<NoticePage, ApiError>(menuKey, swrOptions);
  return { notices: data?.notices, error };
}

/** Reads again what shows notices. */
export function reloadNotices(): void {
  void mutateAll(menuKey);
  void mutateAll(unstable_serialize(noticePageKey));
}

/** Notes notices as read, all of them without `ids`. Never fails: they stay unread then. */
export async function readNotices(ids?: string[]): Promise<void> {
  await api(`${root}/read`, { body: ids ? { ids } : {} }).catch(() => undefined);
  reloadNotices();
}
