import { NonRetriableError, RetryAfterError } from "inngest";
import { AppError, type ErrorCode, isErrorCode } from "@/lib/errors";
import { stepSignal } from "@/lib/executor/step-signal";

/**
 * Does a step's work with the signal that stops it, and says in the job engine's terms whether
 * trying again can help. The error's message is its code, which is all that survives the journey
 * into `onFailure` (see `failureCode`).
 */
export function stepWork<T>(work: (signal: AbortSignal) => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await work(stepSignal());
    } catch (error) {
      throw asStepError(error);
    }
  };
}

function asStepError(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  if (!error.retryable) return new NonRetriableError(error.code, { cause: error });
  if (error.retryAfterMs !== undefined) {
    return new RetryAfterError(error.code, error.retryAfterMs, { cause: error });
  }
  return new Error(error.code, { cause: error });
}

/** The code inside an error that went through the job engine. */
export function failureCode(error: { message: string }): ErrorCode {
  return isErrorCode(error.message) ? error.message : "internal";
}
