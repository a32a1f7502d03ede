"use client";

import useSWR from "swr";
import useSWRInfinite from "swr/infinite";
import { finalStatuses } from "@/lib/jobs/statuses";
import type { VideoStatus, VideoView } from "@/lib/videos/schema";
import { type ApiError, api } from "./api";
import { movingRefreshMs, swrOptions } from "./swr";

const root = "/api/v1/videos";

export interface VideoPage {
  videos: VideoView[];
  nextCursor: string | null;
}

export interface VideoFilter {
  q: string;
  status: VideoStatus | null;
  /** "shared": what others have shared with the person. */
  of?: "own" | "shared";
}

/** Something about the video changes without anybody touching it. */
export function isMoving(video: VideoView): boolean {
  if (video.status === "uploading" || video.status === "preparing" || video.previewPending) {
    return true;
  }
  return video.job !== null && !finalStatuses.includes(video.job.status);
}

/** A waveform that isn't there an hour after its video came won't come any more. */
const waveformWaitMs = 3_600_000;

/** The video is ready, and the outline of its sound is still being made. */
export function awaitsWaveform(video: VideoView, nowMs: number): boolean {
  if (video.status !== "ready" || video.peaksUrl !== null) return false;
  const hasFiles = video.downloadUrl !== null && video.errorCode === null;
  return hasFiles && nowMs - Date.parse(video.createdAt) < waveformWaitMs;
}

/** The address of a page of the list, from the page before it; null past the end. */
export function videoPageKey(
  filter: VideoFilter,
  index: number,
  previous: VideoPage | null,
): string | null {
  if (index > 0 && !previous?.nextCursor) return null;
  const query = new URLSearchParams();
  if (filter.q.trim() !== "") query.set("q", filter.q.trim());
  if (filter.status) query.set("status", filter.status);
  if (filter.of === "shared") query.set("of", "shared");
  if (previous?.nextCursor) query.set("cursor", previous.nextCursor);
  const text = query.toString();
  return text === "" ? root : `${root}?${text}`;
}

/** The person's videos, newest first; read again every 2 s while something in them is moving. */
export function useVideos(filter: VideoFilter) {
  const list = useSWRInfinite<VideoPage, ApiError>(
    (index, previous: VideoPage | null) => videoPageKey(filter, index, previous),
    {
      ...swrOptions,
      keepPreviousData: true,
      revalidateAll: true,
      refreshInterval: (pages) =>
        pages?.some((page) => page.videos.some(isMoving)) ? movingRefreshMs : 0,
    },
  );
  const pages = list.data;
  return {
    videos: pages?.flatMap((page) => page.videos),
    error: list.error,
    /** A first answer is on its way; what is shown belongs to the filter before. */
    searching: list.isValidating && list.isLoading,
    hasMore: pages?.at(-1)?.nextCursor != null,
    loadingMore: pages !== undefined && !list.error && list.size > pages.length,
    loadMore: () => void list.setSize((size) => size + 1),
    reload: () => list.mutate(),
  };
}

/** One video, read again every 2 s while it is moving or its waveform is on the way. */
export function useVideo(videoId: string) {
  const { data, error, mutate } = useSWR<{ video: VideoView }, ApiError>(videoKey(videoId), {
    ...swrOptions,
    refreshInterval: (latest) => {
      const video = latest?.video;
      return video && (isMoving(video) || awaitsWaveform(video, Date.now())) ? movingRefreshMs : 0;
    },
  });
  return { video: data?.video, error, reload: () => mutate() };
}

/** Where a video is; read again when the stream of one of its tracks says so. */
export const videoKey = (videoId: string) => `${root}/${encodeURIComponent(videoId)}`;

export async function renameVideo(videoId: string, title: string): Promise<void> {
  await api(videoKey(videoId), { method: "PATCH", body: { title } });
}

/** Deletes the video with its subtitles and jobs, for good. */
export async function deleteVideo(videoId: string): Promise<void> {
  await api(videoKey(videoId), { method: "DELETE" });
}
