"use client";

import { useState, useSyncExternalStore } from "react";
import useSWR from "swr";
import { newId } from "@/lib/ids";
import type { JobView } from "@/lib/jobs/schema";
import type { RetranslationQuote } from "@/lib/retranslation/schema";
import { type ApiError, api } from "./api";

const path = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}/retranslate`;

/** What it costs to translate these cues again. */
export function useRetranslationQuote(trackId: string, cueIds: readonly string[]) {
  const { data, error, mutate } = useSWR<{ quote: RetranslationQuote }, ApiError>(
    [`${path(trackId)}/quote`, ...cueIds],
    {
      fetcher: () =>
        api<{ quote: RetranslationQuote }>(`${path(trackId)}/quote`, { body: { cueIds } }),
      shouldRetryOnError: false,
      revalidateOnFocus: false,
    },
  );
  return { quote: data?.quote, error, reload: () => void mutate() };
}

/** An order that is under way, to be told of when it ends. */
export interface Retranslation {
  jobId: string;
  cueIds: readonly string[];
}

/** What was ordered in this tab and hasn't been told of yet, by track. */
const underWay = new Map<string, readonly Retranslation[]>();
const listeners = new Set<() => void>();
const none: readonly Retranslation[] = [];

function change(trackId: string, next: readonly Retranslation[]): void {
  underWay.set(trackId, next);
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The orders of a track that are under way. */
export function useRetranslations(trackId: string): readonly Retranslation[] {
  return useSyncExternalStore(
    subscribe,
    () => underWay.get(trackId) ?? none,
    () => none,
  );
}

/** It has ended and the person knows. */
export function forgetRetranslation(trackId: string, jobId: string): void {
  const left = underWay.get(trackId)?.filter((each) => each.jobId !== jobId) ?? none;
  change(trackId, left);
}

/** Orders it, once however often it is pressed. `order` throws `ApiError`. */
export function useRetranslate(trackId: string, cueIds: readonly string[]) {
  // One key for as long as the dialog is open: pressed again, it is the same order.
  const [idempotencyKey] = useState(() => newId());
  const order = async (maxCredits: number): Promise<void> => {
    const body = { cueIds, idempotencyKey, maxCredits };
    const { job } = await api<{ job: JobView }>(path(trackId), { body });
    const known = underWay.get(trackId) ?? none;
    if (known.some(({ jobId }) => jobId === job.id)) return;
    change(trackId, [...known, { jobId: job.id, cueIds }]);
  };
  return { order };
}
