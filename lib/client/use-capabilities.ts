"use client";

import useSWR from "swr";
import type { CapabilitiesView } from "@/lib/jobs/schema";
import type { ApiError } from "./api";
import { swrOptions } from "./swr";

export const capabilitiesPath = "/api/v1/capabilities";

/** What this installation can do; asked again every 30 s while recognition is missing. */
export function useCapabilities(): CapabilitiesView | undefined {
  return useCapabilitiesState().capabilities;
}

/** The same, with what to do when it can't be read. */
export function useCapabilitiesState() {
  const { data, error, mutate } = useSWR<CapabilitiesView, ApiError>(capabilitiesPath, {
    ...swrOptions,
    refreshInterval: (latest) => (latest && !latest.speech.available ? 30_000 : 0),
  });
  return { capabilities: data, error, reload: () => void mutate() };
}
