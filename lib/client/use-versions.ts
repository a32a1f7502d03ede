"use client";

import useSWR, { mutate } from "swr";
import useSWRInfinite, { unstable_serialize } from "swr/infinite";
import { maxVersionsAtOnce } from "@/lib/tracks/limits";
import type { VersionDiffView, VersionPage } from "@/lib/tracks/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;
const versionsPath = (trackId: string) => `${trackPath(trackId)}/versions`;
const versionPath = (trackId: string, number: number) => `${versionsPath(trackId)}/${number}`;
const allVersionsKey = (trackId: string) => `${versionsPath(trackId)}?limit=${maxVersionsAtOnce}`;

/** The address of a page of a track's versions, from the page before it; null past the end. */
export function versionPageKey(
  trackId: string,
  index: number,
  previous: VersionPage | null,
): string | null {
  if (index > 0 && !previous?.nextCursor) return null;
  const path = versionsPath(trackId);
  return previous?.nextCursor ? `${path}?cursor=${previous.nextCursor}` : path;
}

/** The kept versions of a track, newest first, a page at a time. */
export function useVersions(trackId: string) {
  const list = useSWRInfinite<VersionPage, ApiError>(
    (index, previous: VersionPage | null) => versionPageKey(trackId, index, previous),
    { ...swrOptions, revalidateAll: true },
  );
  const pages = list.data;
  return {
    versions: pages?.flatMap((page) => page.versions),
    error: list.error,
    hasMore: pages?.at(-1)?.nextCursor != null,
    loadingMore: pages !== undefined && !list.error && list.size > pages.length,
    loadMore: () => void list.setSize((size) => size + 1),
    reload: () => void list.mutate(),
  };
}

/** All versions of a track, newest first, to choose one of them. */
export function useAllVersions(trackId: string) {
  const { data } = useSWR<VersionPage, ApiError>(allVersionsKey(trackId), swrOptions);
  return { versions: data?.versions };
}

/** Has what is shown of a track's versions read again, e.g. when its stream says so. */
export async function rereadVersions(trackId: string): Promise<void> {
  const pages = unstable_serialize((index, previous: VersionPage | null) =>
    versionPageKey(trackId, index, previous),
  );
  await Promise.all([mutate(pages), mutate(allVersionsKey(trackId))]);
}

/** Makes the track what it was as that version; what it is now is kept as one, too. */
export async function restoreVersion(
  trackId: string,
  number: number,
): Promise<{ version: number }> {
  const restored = await api<{ version: number }>(`${versionPath(trackId, number)}/restore`, {
    method: "POST",
    body: {},
  });
  await rereadVersions(trackId);
  return restored;
}

/** Keeps the present under a name. */
export async function nameVersion(trackId: string, name: string): Promise<void> {
  await api(versionsPath(trackId), { body: { name } });
  await rereadVersions(trackId);
}

/** Null takes the name away. */
export async function renameVersion(
  trackId: string,
  number: number,
  name: string | null,
): Promise<void> {
  const change = name === null ? { method: "DELETE" as const } : { method: "PATCH" as const };
  await api(versionPath(trackId, number), { ...change, ...(name !== null && { body: { name } }) });
  await rereadVersions(trackId);
}

/** What differs between two versions, or between one and the track as it is now (`to` null). */
export function useVersionDiff(
  trackId: string,
  which: { from: number; to: number | null /** What is on the screen. */; revision: number } | null,
) {
  const query = which && `from=${which.from}${which.to === null ? "" : `&to=${which.to}`}`;
  // The present moves on: each revision of it is an answer of its own.
  const at = which?.to === null ? [which.revision] : [];
  const {
    data,
    error,
    mutate: reread,
  } = useSWR<VersionDiffView, ApiError>(
    which === null ? null : [`${versionsPath(trackId)}/diff?${query}`, ...at],
    ([path]: [string]) => api<VersionDiffView>(path),
    { shouldRetryOnError: false, revalidateOnFocus: false, keepPreviousData: true },
  );
  return { diff: data, error, reload: () => void reread() };
}
