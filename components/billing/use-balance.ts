"use client";

import useSWR from "swr";
import type { ApiError } from "@/lib/client/api";
import { swrOptions } from "@/lib/client/swr";
import type { CreditsView } from "@/lib/credits/schema";

/** Spendable credits, read when the page that shows them opens. */
export function useAvailableCredits(): number | undefined {
  return useSWR<CreditsView, ApiError>("/api/v1/credits", swrOptions).data?.available;
}
