"use client";

import useSWR from "swr";
import type { CueHistoryView } from "@/lib/tracks/schema";
import type { ApiError } from "./api";
import { swrOptions } from "./swr";

/** Where a cue comes from and who has changed it; read anew each time that it is opened; null: none is. */
export function useCueHistory(trackId: string, cueId: string | null) {
  const { data, error, mutate } = useSWR<CueHistoryView, ApiError>(
    cueId === null
      ? null
      : `/api/v1/tracks/${encodeURIComponent(trackId)}/cues/${encodeURIComponent(cueId)}/provenance`,
    { ...swrOptions, revalidateOnFocus: false, dedupingInterval: 0 },
  );
  return { history: data, error, reload: () => void mutate() };
}
