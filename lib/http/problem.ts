import "server-only";
import { ZodError } from "zod";
import { AppError, errorTable, errorTitle } from "@/lib/errors";
import { log } from "@/lib/log";

/** Whatever was thrown, as the one error that crosses rooms; unknown ones read as `internal`. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) {
    const fields = error.issues.map((issue) => ({
      path: issue.path.join("."),
      message: issue.message,
    }));
    return new AppError("validation_failed", { fields, cause: error });
  }
  return new AppError("internal", { cause: error });
}

/** RFC 9457: the answer to a request that failed. The cause goes to the log, never to the caller. */
export function problemResponse(options: {
  error: unknown;
  requestId: string;
  locale: "ko" | "en";
}): Response {
  const { requestId, locale } = options;
  const error = asAppError(options.error);
  const { logLevel, status } = errorTable[error.code];
  log("http")[logLevel]({ requestId, code: error.code, detail: error.detail, err: error.cause });
  const headers = new Headers({
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  if (error.retryAfterMs !== undefined) {
    headers.set("retry-after", String(Math.ceil(error.retryAfterMs / 1000)));
  }
  const body = {
    type: `/problems/${error.code}`,
    title: errorTitle(error.code, locale),
    status,
    code: error.code,
    requestId,
    ...(error.fields.length > 0 && { errors: error.fields }),
    ...(error.data && { data: error.data }),
  };
  return new Response(JSON.stringify(body), { status, headers });
}
