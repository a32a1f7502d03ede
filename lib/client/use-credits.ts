"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import useSWR from "swr";
import useSWRInfinite from "swr/infinite";
import type {
  BalanceFrame,
  CreditsView,
  HistoryChoice,
  HistoryEntry,
  MonthStatistics,
} from "@/lib/credits/schema";
import type { JobView } from "@/lib/jobs/schema";
import type { NoticeView } from "@/lib/notices/schema";
import type { ApiError } from "./api";
import { followCredits } from "./credits-stream";
import { swrOptions } from "./swr";
import type { JobPage } from "./use-jobs";

const root = "/api/v1/credits";

/** One stream for everything on the page that shows credits or notices. */
let stopFollowing: (() => void) | undefined;
let latest: BalanceFrame | undefined;
const balanceListeners = new Set<() => void>();
const noticeListeners = new Set<(notice: NoticeView) => void>();

function subscribe(listener: () => void): () => void {
  balanceListeners.add(listener);
  stopFollowing ??= followCredits({
    onBalance: (balance) => {
      latest = balance;
      for (const each of [...balanceListeners]) each();
    },
    onNotice: (notice) => {
      for (const each of [...noticeListeners]) each(notice);
    },
  });
  return () => {
    balanceListeners.delete(listener);
    if (balanceListeners.size > 0) return;
    stopFollowing?.();
    stopFollowing = undefined;
    // Whoever is signed in next starts from nothing.
    latest = undefined;
  };
}

/** The balance as it is now, in every tab that can be seen; undefined until it is known. */
export function useLiveCredits(): BalanceFrame | undefined {
  return useSyncExternalStore(
    subscribe,
    () => latest,
    () => undefined,
  );
}

/** Calls `listener` with each notice that comes while the page is open. */
export function useNewNotices(listener: (notice: NoticeView) => void): void {
  useEffect(() => {
    noticeListeners.add(listener);
    return () => {
      noticeListeners.delete(listener);
    };
  }, [listener]);
}

/** Everything about the own credits; read again whenever the balance moves. */
export function useCredits() {
  const live = useLiveCredits();
  const { data, error, mutate } = useSWR<CreditsView, ApiError>(root, {
    ...swrOptions,
    keepPreviousData: true,
  });
  const behind = data !== undefined && live !== undefined && live.seq > data.seq;
  useEffect(() => {
    if (behind) void mutate();
  }, [behind, mutate]);
  const credits = data && live && live.seq >= data.seq ? { ...data, ...balanceOf(live) } : data;
  return { credits, error, reload: () => mutate() };
}

function balanceOf({ available, held, posted }: BalanceFrame) {
  return { available, held, posted };
}

/** Calls `reload` when the balance moves while the page is shown. */
function useReloadOnMove(reload: () => void): void {
  const seq = useLiveCredits()?.seq;
  const known = useRef(seq);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move reads again
  useEffect(() => {
    const moved = known.current !== undefined && seq !== undefined && known.current !== seq;
    known.current = seq;
    if (moved) reload();
  }, [seq]);
}

/** Jobs under way that hold credits; read again whenever the balance moves. */
export function useHeldJobs(): JobView[] {
  const waiting = useSWR<JobPage, ApiError>("/api/v1/jobs?status=pending", swrOptions);
  const running = useSWR<JobPage, ApiError>("/api/v1/jobs?status=processing", swrOptions);
  useReloadOnMove(() => void Promise.all([waiting.mutate(), running.mutate()]));
  const jobs = [...(running.data?.jobs ?? []), ...(waiting.data?.jobs ?? [])];
  return jobs.filter(({ credits }) => credits.held > 0);
}

export interface HistoryPage {
  entries: HistoryEntry[];
  nextCursor: number | null;
}

/** A choice as it stands in an address; what is empty is left out. */
export function historySearch(choice: HistoryChoice): string {
  const query = new URLSearchParams();
  for (const name of ["kind", "from", "to", "q"] as const) {
    const value = choice[name]?.trim();
    if (value) query.set(name, value);
  }
  return query.toString();
}

/** The address of a page of the history, from the page before it; null past the end. */
export function historyPageKey(
  choice: HistoryChoice,
  index: number,
  previous: HistoryPage | null,
): string | null {
  if (index > 0 && !previous?.nextCursor) return null;
  const query = new URLSearchParams(historySearch(choice));
  if (previous?.nextCursor) query.set("cursor", String(previous.nextCursor));
  const text = query.toString();
  return `${root}/history${text && `?${text}`}`;
}

/** Where the same rows are as a file. */
export function historyFileUrl(choice: HistoryChoice): string {
  const text = historySearch(choice);
  return `${root}/history.csv${text && `?${text}`}`;
}

/** What changed the own credits, newest first. */
export function useHistory(choice: HistoryChoice) {
  const list = useSWRInfinite<HistoryPage, ApiError>(
    (index, previous: HistoryPage | null) => historyPageKey(choice, index, previous),
    { ...swrOptions, keepPreviousData: true, revalidateAll: true },
  );
  useReloadOnMove(() => void list.mutate());
  const pages = list.data;
  return {
    entries: pages?.flatMap((page) => page.entries),
    error: list.error,
    hasMore: pages?.at(-1)?.nextCursor != null,
    loadingMore: pages !== undefined && !list.error && list.size > pages.length,
    /** Rows of another choice are still shown. */
    searching: list.isValidating && pages !== undefined && list.size <= pages.length,
    loadMore: () => void list.setSize((size) => size + 1),
    reload: () => list.mutate(),
  };
}

/** The newest entries of the history. */
export function useRecentHistory(limit: number) {
  const key = `${root}/history?limit=${limit}`;
  const { data, error, mutate } = useSWR<HistoryPage, ApiError>(key, swrOptions);
  useReloadOnMove(() => void mutate());
  return { entries: data?.entries, error, reload: () => mutate() };
}

/** The own months. */
export function useCreditStatistics(months: number) {
  const key = `${root}/statistics?months=${months}`;
  const { data, error, mutate } = useSWR<{ months: MonthStatistics[] }, ApiError>(key, {
    ...swrOptions,
    keepPreviousData: true,
  });
  useReloadOnMove(() => void mutate());
  return { months: data?.months, error, reload: () => mutate() };
}
