"use client";

import useSWR from "swr";
import type { ReceiptView } from "@/lib/credits/schema";
import type { ApiError } from "./api";
import { swrOptions } from "./swr";

/** The address of a job's receipt, as JSON. */
export const receiptUrl = (jobId: string) => `/api/v1/jobs/${encodeURIComponent(jobId)}/receipt`;

/** Everything that a job did with credits. */
export function useReceipt(jobId: string) {
  const { data, error, mutate } = useSWR<{ receipt: ReceiptView }, ApiError>(
    receiptUrl(jobId),
    swrOptions,
  );
  return { receipt: data?.receipt, error, reload: () => void mutate() };
}
