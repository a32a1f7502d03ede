"use client";

import useSWR from "swr";
import type { TrackReportView, VersionView } from "@/lib/tracks/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;

function reportPath(trackId: string, version: number | null, file = "report"): string {
  const path = `${trackPath(trackId)}/${file}`;
  return version === null ? path : `${path}?version=${version}`;
}

/** How good a track is now, or was as a version. */
export function useReport(trackId: string | null, version: number | null = null) {
  const { data, error, mutate } = useSWR<TrackReportView, ApiError>(
    trackId === null ? null : reportPath(trackId, version),
    swrOptions,
  );
  return { answer: data, error, reload: () => mutate() };
}

/** Address of a report as a file. */
export const reportFileUrl = (trackId: string, version: number | null, format: "csv" | "json") =>
  reportPath(trackId, version, `report.${format}`);

/** The kept versions of a track, newest first. */
export function useVersions(trackId: string | null) {
  const { data, error, mutate } = useSWR<{ versions: VersionView[] }, ApiError>(
    trackId === null ? null : `${trackPath(trackId)}/versions`,
    swrOptions,
  );
  return { versions: data?.versions, error, reload: () => mutate() };
}

/** Makes the track what it was as that version; what it is now is kept as one, too. */
export const restoreVersion = (trackId: string, version: number): Promise<{ version: number }> =>
  api(`${trackPath(trackId)}/versions/${version}/restore`, { method: "POST", body: {} });
