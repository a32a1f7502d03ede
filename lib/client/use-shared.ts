"use client";

import useSWR from "swr";
import type { SharedTrackView, SharedVideoView } from "@/lib/sharing/schema";
import type { ApiError } from "./api";
import { swrOptions } from "./swr";

const root = (token: string) => `/api/v1/shared/${encodeURIComponent(token)}`;

/** What a link opens. Read again when the person comes back: it may have ended meanwhile. */
export function useSharedVideo(token: string) {
  const { data, error, mutate } = useSWR<{ video: SharedVideoView }, ApiError>(
    root(token),
    swrOptions,
  );
  return { video: data?.video, error, reload: () => void mutate() };
}

/** One of its languages; `null` asks for nothing. */
export function useSharedTrack(token: string, trackId: string | null) {
  const { data, error, mutate } = useSWR<{ track: SharedTrackView }, ApiError>(
    trackId === null ? null : `${root(token)}/tracks/${encodeURIComponent(trackId)}`,
    swrOptions,
  );
  return { track: data?.track, error, reload: () => void mutate() };
}
