"use client";

import useSWR, { mutate } from "swr";
import type { JobPreference } from "@/lib/jobs/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const path = "/api/v1/me/job-options";

/** What the person chose last; undefined until it is known. What can't be read counts as nothing. */
export function useJobOptions() {
  const { data, error } = useSWR<JobPreference, ApiError>(path, {
    ...swrOptions,
    // A form that is being filled in isn't to change under the hand, nor when another one opens:
    // what was chosen a moment ago may not be stored yet.
    revalidateIfStale: false,
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
  });
  return { remembered: data, settled: data !== undefined || error !== undefined };
}

/** A choice is stored this long after its last change, in ms. */
const restMs = 600;

let waiting: ReturnType<typeof setTimeout> | undefined;

/**
 * Has the choice offered again: in this tab at once, elsewhere once it is stored. What can't be
 * stored holds for this tab alone; nobody waits for it.
 */
export function rememberJobOptions(preference: JobPreference): void {
  void mutate(path, preference, { revalidate: false });
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    api(path, { method: "PUT", body: preference }).catch(() => undefined);
  }, restMs);
}

/** The server has remembered an order: the next form begins with it. */
export const reloadJobOptions = () => mutate(path);
