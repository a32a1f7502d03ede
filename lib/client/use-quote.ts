"use client";

import useSWR from "swr";
import type { JobKind, JobQuoteView } from "@/lib/jobs/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";
import { useLiveCredits } from "./use-credits";

export interface QuoteRequest {
  videoId: string;
  kind?: JobKind;
  /** The spoken language: among `targets` it costs nothing. */
  language?: string;
  /** Languages to translate into. */
  targets?: readonly string[];
  /** Another attempt at this job. */
  jobId?: string;
  /** Of another attempt: only these of its languages. */
  languages?: readonly string[];
}

const path = "/api/v1/quotes";

/** The length of a file that is just being looked at is asked for again so often. */
const patience = { errorRetryCount: 30, errorRetryInterval: 2_000 };

/**
 * What a job costs and leaves, beside the balance as it is now. While another choice is being
 * priced the price of the one before stays on the screen, and `settled` is false.
 * @param pledged credits that are spoken for but not yet held: they count as spent
 */
export function useQuote(request: QuoteRequest | null, pledged = 0) {
  const live = useLiveCredits();
  const asked = JSON.stringify(request);
  const { data, error, mutate } = useSWR<Priced, ApiError>(request && [path, asked], {
    ...swrOptions,
    ...patience,
    keepPreviousData: true,
    fetcher: async () => {
      const { quote } = await api<{ quote: JobQuoteView }>(path, { body: request });
      return { quote, asked };
    },
  });
  const settled = data?.asked === asked;
  const shown = settled || !error ? data?.quote : undefined;
  return {
    quote: shown && beside(shown, (live?.available ?? shown.balance) - pledged),
    // A price that is known stays, should asking again fail.
    error: settled ? undefined : error,
    settled,
    reload: () => void mutate(),
  };
}

interface Priced {
  quote: JobQuoteView;
  /** What it is the price of. */
  asked: string;
}

function beside(quote: JobQuoteView, balance: number): JobQuoteView {
  const balanceAfter = balance - quote.total;
  return { ...quote, balance, balanceAfter, affordable: balanceAfter >= 0 };
}
