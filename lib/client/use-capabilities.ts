"use client";

import useSWR from "swr";
import type { ApiError } from "./api";
import { swrOptions } from "./swr";

export interface Capabilities {
  speech: {
    available: boolean;
    engine?: string;
    model?: string;
    /** What is missing, in the operator's words. */
    problem?: string;
  };
}

/** What this installation can do; asked again every 30 s while something is missing. */
export function useCapabilities(): Capabilities | undefined {
  const { data } = useSWR<Capabilities, ApiError>("/api/v1/capabilities", {
    ...swrOptions,
    refreshInterval: (latest) => (latest && !latest.speech.available ? 30_000 : 0),
  });
  return data;
}
