"use client";

import useSWR, { mutate } from "swr";
import type { VersionDiffView, VersionView } from "@/lib/tracks/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;
/** Where the versions of a track are; read again when the track's stream says so. */
export const versionsKey = (trackId: string) => `${trackPath(trackId)}/versions`;
const versionPath = (trackId: string, number: number) => `${versionsKey(trackId)}/${number}`;

/** The kept versions of a track, newest first. */
export function useVersions(trackId: string | null) {
  const {
    data,
    error,
    mutate: reread,
  } = useSWR<{ versions: VersionView[] }, ApiError>(
    trackId === null ? null : versionsKey(trackId),
    swrOptions,
  );
  return { versions: data?.versions, error, reload: () => void reread() };
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
  await mutate(versionsKey(trackId));
  return restored;
}

/** Keeps the present under a name. */
export async function nameVersion(trackId: string, name: string): Promise<void> {
  await api(versionsKey(trackId), { body: { name } });
  await mutate(versionsKey(trackId));
}

/** Null takes the name away. */
export async function renameVersion(
  trackId: string,
  number: number,
  name: string | null,
): Promise<void> {
  const change = name === null ? { method: "DELETE" as const } : { method: "PATCH" as const };
  await api(versionPath(trackId, number), { ...change, ...(name !== null && { body: { name } }) });
  await mutate(versionsKey(trackId));
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
    which === null ? null : [`${versionsKey(trackId)}/diff?${query}`, ...at],
    ([path]: [string]) => api<VersionDiffView>(path),
    { shouldRetryOnError: false, revalidateOnFocus: false, keepPreviousData: true },
  );
  return { diff: data, error, reload: () => void reread() };
}
