import type { SWRConfiguration } from "swr";
import { ApiError, api } from "./api";

/** How often a list or a video is read again while something in it is moving. */
export const movingRefreshMs = 2_000;

/** The fetcher of every SWR hook: the key is the address. */
export const fetcher = <T>(path: string): Promise<T> => api<T>(path);

/**
 * Tries again only what may pass, three times. A hidden tab asks for nothing (SWR's default), and
 * an error stays on the screen with its own button instead of being fetched again on focus.
 */
export const swrOptions = {
  fetcher,
  shouldRetryOnError: (error: unknown) => error instanceof ApiError && error.retryable,
  errorRetryCount: 3,
} satisfies SWRConfiguration;
