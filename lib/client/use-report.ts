"use client";

import useSWR from "swr";
import type { TrackReportView } from "@/lib/tracks/schema";
import type { ApiError } from "./api";
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
