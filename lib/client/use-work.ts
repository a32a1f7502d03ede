"use client";

import { useState } from "react";
import { ApiError } from "./api";

/**
 * Work that a press starts: whether it is under way, and why it failed last. A press meanwhile
 * starts nothing.
 */
export function useWork(work: () => Promise<void>): {
  pending: boolean;
  error: ApiError | null;
  start: () => void;
} {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async () => {
    setPending(true);
    setError(null);
    try {
      await work();
    } catch (reason) {
      setError(reason instanceof ApiError ? reason : new ApiError("internal", { cause: reason }));
    } finally {
      setPending(false);
    }
  };
  return { pending, error, start: () => void (pending ? undefined : run()) };
}
