import { AppError, type ErrorCode, errorTable } from "@/lib/errors";

/**
 * - `network`, `busy`: the same thing may succeed a little later
 * - `token`: a fresh token is needed
 * - `lost`: the storage doesn't know this upload any more
 * - `file`: the file has changed or is gone
 * - `refused`: it stays so
 */
export type FailureKind = "network" | "busy" | "token" | "lost" | "file" | "refused";

/** Why a step of an upload failed and what follows from it. */
export class TransferFailure extends Error {
  readonly kind: FailureKind;
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FailureKind,
    code: ErrorCode,
    options: { retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(`${kind}: ${code}`, { cause: options.cause });
    this.name = "TransferFailure";
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What was thrown, as a failure. A `TypeError` is what `fetch` throws without a network. */
export function asFailure(error: unknown): TransferFailure {
  if (error instanceof TransferFailure) return error;
  if (AppError.is(error)) {
    // A full disk is retryable, but by a person: minutes of automatic tries don't empty it.
    const again = error.retryable && error.code !== "storage_full";
    const { retryAfterMs } = error;
    return new TransferFailure(again ? "busy" : "refused", error.code, {
      retryAfterMs,
      cause: error,
    });
  }
  if (error instanceof TypeError) {
    return new TransferFailure("network", "storage_unavailable", { cause: error });
  }
  return new TransferFailure("refused", "internal", { cause: error });
}

/** A person may try again: it passes by itself, or they can do something about it. */
export function canRetry(failure: TransferFailure): boolean {
  const { code, kind } = failure;
  if (kind === "lost" || kind === "file" || kind === "token") return true;
  if (code === "unauthenticated") return true;
  return errorTable[code].retryable;
}
