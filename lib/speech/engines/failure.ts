import { APIConnectionError, APIError } from "openai";
import { AppError, type ErrorCode } from "@/lib/errors";

/**
 * What went wrong at a speech service, in the product's own codes. 401 and 403 mean the key, 429
 * means wait or pay, other 4xx mean this audio or this request, anything else may pass.
 */
export function speechError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof APIConnectionError) {
    return new AppError("speech_failed", { detail: reasonOf(error), cause: error });
  }
  if (error instanceof APIError) {
    const retryAfterMs = readRetryAfter(error.headers);
    return new AppError(codeOf(error), {
      detail: detailOf(error),
      cause: error,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  return new AppError("speech_failed", { detail: "the connection broke", cause: error });
}

function codeOf(error: APIError): ErrorCode {
  const { status } = error;
  if (error.code === "insufficient_quota" || error.type === "insufficient_quota") {
    return "speech_quota_exceeded";
  }
  if (status === 401 || status === 403) return "speech_unauthorized";
  if (status === 429) return "speech_rate_limited";
  // A conflict and a slow request pass; every other 4xx would be refused again.
  if (status === 408 || status === 409) return "speech_failed";
  if (status !== undefined && status >= 400 && status < 500) return "speech_rejected";
  return "speech_failed";
}

/**
 * Status and code; the service's own sentence only where it is about the audio, since the one about
 * a refused key quotes the key.
 */
function detailOf(error: APIError): string {
  const known = [error.status, error.code ?? error.type].filter(Boolean).join(" ");
  return codeOf(error) === "speech_rejected" ? `${known}: ${error.message.slice(0, 300)}` : known;
}

/** The innermost cause's code, such as ECONNREFUSED: says more than "Connection error.". */
function reasonOf(error: APIConnectionError): string {
  let cause: unknown = error;
  while (cause instanceof Error && cause.cause) cause = cause.cause;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") {
    return cause.code;
  }
  return error.message;
}

/**
 * The wait a service asks for, in ms: `retry-after-ms`, or `retry-after` in seconds or as a date
 * (RFC 9110, 10.2.3).
 */
export function readRetryAfter(headers: Headers | undefined, nowMs = Date.now()) {
  const exact = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return Math.round(exact);
  const value = headers?.get("retry-after")?.trim();
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.round(seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
