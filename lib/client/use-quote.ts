"use client";

import useSWR from "swr";
import type { QuoteView } from "@/lib/credits/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";
import { useLiveCredits } from "./use-credits";

interface QuoteRequest {
  videoId: string;
  /** Another attempt at this job. */
  jobId?: string;
}

const path = "/api/v1/quotes";

/** The length of a file that is just being looked at is asked for again so often. */
const patience = { errorRetryCount: 30, errorRetryInterval: 2_000 };

/**
 * What captioning costs and leaves, beside the balance as it is now.
 * @param pledged credits that are spoken for but not yet held: they count as spent
 */
export function useQuote(request: QuoteRequest | null, pledged = 0) {
  const live = useLiveCredits();
  const { data, error, mutate } = useSWR<{ quote: QuoteView }, ApiError>(
    request && [path, request.videoId, request.jobId ?? null],
    {
      ...swrOptions,
      ...patience,
      fetcher: () => api<{ quote: QuoteView }>(path, { body: request }),
    },
  );
  const quote = data && beside(data.quote, (live?.available ?? data.quote.balance) - pledged);
  return { quote, error: data ? undefined : error, reload: () => void mutate() };
}

function beside(quote: QuoteView, balance: number): QuoteView {
  const balanceAfter = balance - quote.total;
  return { ...quote, balance, balanceAfter, affordable: balanceAfter >= 0 };
}
