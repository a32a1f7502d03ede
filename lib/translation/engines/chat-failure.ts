import { APIConnectionError, APIError } from "openai";
import { AppError, type ErrorCode } from "@/lib/errors";
import { readRetryAfter } from "@/lib/speech/engines/failure";

/** What went wrong at a chat model's service, in the product's own codes. */
export function chatError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof APIConnectionError) {
    return new AppError("translation_failed", { detail: `chat: ${causeOf(error)}`, cause: error });
  }
  if (error instanceof APIError) {
    const code = codeOf(error);
    const known = [error.status, error.code ?? error.type].filter(Boolean).join(" ");
    const retryAfterMs = readRetryAfter(error.headers);
    return new AppError(code, {
      // A service's sentence about a refused key quotes the key, so only the others are kept.
      detail:
        code === "translation_rejected"
          ? `chat: ${known}: ${error.message.slice(0, 200)}`
          : `chat: ${known}`,
      cause: error,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  return new AppError("translation_failed", { detail: "chat: the connection broke", cause: error });
}

function codeOf(error: APIError): ErrorCode {
  const { status } = error;
  if (
    error.code === "insufficient_quota" ||
    error.type === "insufficient_quota" ||
    status === 402
  ) {
    return "translation_quota_exceeded";
  }
  if (status === 401 || status === 403) return "translation_unauthorized";
  if (status === 429) return "translation_rate_limited";
  if (status === 408 || status === 409) return "translation_failed";
  if (status !== undefined && status >= 400 && status < 500) return "translation_rejected";
  return "translation_failed";
}

function causeOf(error: APIConnectionError): string {
  let cause: unknown = error;
  while (cause instanceof Error && cause.cause) cause = cause.cause;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string")
    return cause.code;
  return "no connection";
}
