"use client";

import useSWR, { mutate } from "swr";
import type { OrderRenderInput, RendersView, RenderView } from "@/lib/renders/schema";
import { isOpen } from "@/lib/renders/statuses";
import { type ApiError, api } from "./api";
import { movingRefreshMs, swrOptions } from "./swr";

const listPath = (videoId: string) => `/api/v1/videos/${encodeURIComponent(videoId)}/renders`;

/** What has been made of a video; read again while something is being made. */
export function useRenders(videoId: string) {
  const {
    data,
    error,
    mutate: reload,
  } = useSWR<RendersView, ApiError>(listPath(videoId), {
    ...swrOptions,
    refreshInterval: (answer) =>
      answer?.renders.some(({ status }) => isOpen(status)) ? movingRefreshMs : 0,
  });
  return { answer: data, error, reload: () => void reload() };
}

/** @param input with the same key again it orders nothing more */
export async function orderRender(videoId: string, input: OrderRenderInput): Promise<RenderView> {
  const path = listPath(videoId);
  const { render } = await api<{ render: RenderView }>(path, { body: input });
  await mutate(path);
  return render;
}

/** Stops the work where it still goes on, and removes what there is. */
export async function removeRender(videoId: string, renderId: string): Promise<void> {
  await api(`/api/v1/renders/${encodeURIComponent(renderId)}`, { method: "DELETE" });
  await mutate(listPath(videoId));
}
