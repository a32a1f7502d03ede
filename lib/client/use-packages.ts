"use client";

import useSWR from "swr";
import type { PackagesView } from "@/lib/topups/schema";
import type { ApiError } from "./api";
import { swrOptions } from "./swr";

/** The address of what can be bought; `code` is a promotion's as it was typed, null: none. */
export function packagesKey(code: string | null): string {
  const query = code === null ? "" : `?${new URLSearchParams({ code })}`;
  return `/api/v1/packages${query}`;
}

/** What can be bought, with the price that this person would pay now; every price is the server's. */
export function usePackages(code: string | null) {
  const { data, error, isValidating, mutate } = useSWR<PackagesView, ApiError>(packagesKey(code), {
    ...swrOptions,
    // The packages stay on the screen while a code is being looked up.
    keepPreviousData: true,
  });
  return { packages: data, error, loading: isValidating, reload: () => mutate() };
}
