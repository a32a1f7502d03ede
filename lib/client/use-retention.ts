"use client";

import useSWR from "swr";
import type { RetentionDays } from "@/lib/credits/price";
import type { RetentionView } from "@/lib/videos/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const path = (videoId: string) => `/api/v1/videos/${encodeURIComponent(videoId)}/retention`;

/** How long a video's files stay, and what longer would cost. */
export function useRetention(videoId: string) {
  const { data, error, mutate } = useSWR<{ retention: RetentionView }, ApiError>(
    path(videoId),
    swrOptions,
  );
  return { retention: data?.retention, error, reload: () => void mutate() };
}

/** @param idempotencyKey the same key again buys nothing more */
export async function extendRetention(
  videoId: string,
  days: RetentionDays,
  idempotencyKey: string,
): Promise<RetentionView> {
  const body = { days, idempotencyKey };
  return (await api<{ retention: RetentionView }>(path(videoId), { body })).retention;
}
