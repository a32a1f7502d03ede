import {
  AuthorizationError,
  ConnectionError,
  DeepLError,
  GlossaryNotFoundError,
  QuotaExceededError,
  TooManyRequestsError,
} from "deepl-node";
import { AppError, type ErrorCode } from "@/lib/errors";

/**
 * What went wrong at DeepL, in the product's own codes. Its client keeps no status beside the
 * message, so 4xx and 5xx are told apart by the message's first words, which are the client's own.
 */
export function deeplError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ConnectionError) {
    // Not as the cause: it holds the whole request, and with it the key.
    return new AppError("translation_failed", { detail: `deepl: ${codeOf(error)}` });
  }
  if (error instanceof DeepLError) {
    const code = errorCode(error);
    const detail = `deepl: ${error.message.slice(0, 200)}`;
    // What DeepL says of a refused key may quote it.
    return new AppError(code, {
      detail: code === "translation_unauthorized" ? "deepl: 403" : detail,
      cause: error,
    });
  }
  return new AppError("translation_failed", { detail: "deepl: the request broke", cause: error });
}

function errorCode(error: DeepLError): ErrorCode {
  if (error instanceof AuthorizationError) return "translation_unauthorized";
  if (error instanceof QuotaExceededError) return "translation_quota_exceeded";
  if (error instanceof TooManyRequestsError) return "translation_rate_limited";
  if (error instanceof GlossaryNotFoundError) return "translation_failed";
  if (/^(Bad request|Not found)/.test(error.message)) return "translation_rejected";
  const status = Number(/^Unexpected status code: (\d{3})/.exec(error.message)?.[1] ?? 0);
  if (status === 408 || status === 409) return "translation_failed";
  if (status >= 400 && status < 500) return "translation_rejected";
  return "translation_failed";
}

/** Such as ECONNREFUSED: says more than the client's sentence. */
function codeOf(error: ConnectionError): string {
  const cause: unknown = error.error;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string")
    return cause.code;
  return "no connection";
}
