"use client";

import useSWRInfinite from "swr/infinite";
import type { CreateJobRequest, JobView } from "@/lib/jobs/schema";
import { finalStatuses, type JobStatus } from "@/lib/jobs/statuses";
import { type ApiError, api } from "./api";
import { movingRefreshMs, swrOptions } from "./swr";

const root = "/api/v1/jobs";

export interface JobPage {
  jobs: JobView[];
  nextCursor: string | null;
}

/** What of the history is shown. */
export interface JobFilter {
  status: JobStatus | null;
  /** Part of the video's title. */
  q: string;
  /** Made from then on, before then; ISO 8601. */
  from: string | null;
  to: string | null;
}

/** The address of a page of the history, from the page before it; null past the end. */
export function jobPageKey(
  { status, q, from, to }: JobFilter,
  index: number,
  previous: JobPage | null,
): string | null {
  if (index > 0 && !previous?.nextCursor) return null;
  const query = new URLSearchParams();
  if (status) query.set("status", status);
  if (q.trim() !== "") query.set("q", q.trim().slice(0, 200));
  if (from) query.set("from", from);
  if (to) query.set("to", to);
  if (previous?.nextCursor) query.set("cursor", previous.nextCursor);
  const text = query.toString();
  return text === "" ? root : `${root}?${text}`;
}

/** The person's jobs, newest first; read again every 2 s while one is moving. */
export function useJobs(filter: JobFilter) {
  const list = useSWRInfinite<JobPage, ApiError>(
    (index, previous: JobPage | null) => jobPageKey(filter, index, previous),
    {
      ...swrOptions,
      keepPreviousData: true,
      revalidateAll: true,
      refreshInterval: (pages) =>
        pages?.some(({ jobs }) => jobs.some((job) => !finalStatuses.includes(job.status)))
          ? movingRefreshMs
          : 0,
    },
  );
  const pages = list.data;
  return {
    jobs: pages?.flatMap((page) => page.jobs),
    error: list.error,
    /** Jobs of another filter are still shown. */
    searching: list.isValidating && list.isLoading,
    hasMore: pages?.at(-1)?.nextCursor != null,
    loadingMore: pages !== undefined && !list.error && list.size > pages.length,
    loadMore: () => void list.setSize((size) => size + 1),
    reload: () => list.mutate(),
  };
}

const command = async (path: string, body: unknown): Promise<JobView> =>
  (await api<{ job: JobView }>(path, { body })).job;

/** `idempotencyKey`: one per press of the button; sent again, it answers the same job. */
export const createJob = (input: CreateJobRequest): Promise<JobView> => command(root, input);

export const cancelJob = (jobId: string): Promise<JobView> =>
  command(`${root}/${encodeURIComponent(jobId)}/cancel`, {});

/**
 * @param maxCredits the price that was shown; a higher one is refused
 * @param languages of a job that is complete: only these, which failed
 */
export const retryJob = (
  jobId: string,
  maxCredits: number,
  languages?: readonly string[],
): Promise<JobView> =>
  command(`${root}/${encodeURIComponent(jobId)}/retry`, {
    maxCredits,
    ...(languages && { languages }),
  });
