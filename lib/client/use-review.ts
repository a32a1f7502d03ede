"use client";

import { mutate } from "swr";
import type { ReviewView } from "@/lib/reviews/schema";
import type { ReviewState } from "@/lib/tracks/review-states";
import { api } from "./api";

const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;

/**
 * Says how far a track is; the track is read again. `revision`: what is on the screen, so that
 * nothing is approved that nobody has seen.
 */
export async function setReview(
  trackId: string,
  state: ReviewState,
  revision?: number,
): Promise<void> {
  await api<{ review: ReviewView }>(`${trackPath(trackId)}/review`, {
    method: "PUT",
    body: { state, ...(revision !== undefined && { revision }) },
  });
  await mutate(trackPath(trackId));
}
