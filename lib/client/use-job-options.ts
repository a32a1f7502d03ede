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
    // A form that is being filled in isn't to change under the hand.
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
  });
  return { remembered: data, settled: data !== undefined || error !== undefined };
}

/** Has the choice offered again, here at once and elsewhere once it is stored. */
export async function rememberJobOptions(preference: JobPreference): Promise<void> {
  await mutate(path, api<JobPreference>(path, { method: "PUT", body: preference }), {
    optimisticData: preference,
    populateCache: false,
    revalidate: false,
    rollbackOnError: false,
    throwOnError: false,
  });
}

/** An order has been remembered by the server: the next form begins with it. */
export const keepJobOptions = (preference: JobPreference) =>
  mutate(path, preference, { revalidate: false });
