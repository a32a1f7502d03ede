import type { ApiError, ApiErrorCode } from "../api";
import type { OpenConflict } from "./conflicts";

export interface QueueState {
  /**
   * `waiting`: a failure that may pass, tried again at `retryAtMs`. `signed_out`: goes on after
   * logging in, with `other_account` as the account that made the edits. `read_only`: the person may no longer edit this track. `stopped`: something else
   * that won't pass by itself. In all of them every edit stays.
   */
  status: "idle" | "sending" | "waiting" | "signed_out" | "read_only" | "stopped";
  /** Edits that the server hasn't confirmed, those in question included. */
  unsent: number;
  retryAtMs: number | null;
  error: ApiError | null;
  conflicts: readonly OpenConflict[];
  /** False when this browser lets nothing be stored: closing the tab would lose unsent edits. */
  durable: boolean;
}

export const idle: QueueState = {
  status: "idle",
  unsent: 0,
  retryAtMs: null,
  error: null,
  conflicts: [],
  durable: true,
};

/** Whether the server has said until when it takes nothing: only the person may try before. */
export const mustRest = ({ status, error, retryAtMs }: QueueState, nowMs: number): boolean =>
  status === "waiting" && error?.code === "rate_limited" && nowMs < (retryAtMs ?? 0);

/** Failures after which sending more is of no use until somebody does something. */
export const stops: Partial<Record<ApiErrorCode, QueueState["status"]>> = {
  unauthenticated: "signed_out",
  other_account: "signed_out",
  forbidden: "read_only",
  not_found: "stopped",
};

/** Over when the work is, or when it has taken that long. */
export function inTime(work: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void work.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
