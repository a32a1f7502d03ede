import { AppError, type ErrorCode } from "@/lib/errors";

/**
 * The codes the Blob SDK tells apart. It retries `unknown_error` and `service_unavailable` only,
 * and recognises some failures by words in the message.
 */
type BlobErrorCode =
  | "bad_request"
  | "client_token_not_allowed"
  | "forbidden"
  | "not_found"
  | "precondition_failed"
  | "service_unavailable"
  | "unknown_error";

export class BlobProtocolError extends Error {
  readonly code: BlobErrorCode;
  readonly status: number;

  constructor(code: BlobErrorCode, status: number, message: string) {
    super(message);
    this.name = "BlobProtocolError";
    this.code = code;
    this.status = status;
  }
}

export const badRequest = (message: string) => new BlobProtocolError("bad_request", 400, message);
export const forbidden = (message: string) => new BlobProtocolError("forbidden", 403, message);
export const notFound = () =>
  new BlobProtocolError("not_found", 404, "The requested blob does not exist");

/** First words of the message that says the disk is full; the uploader looks for them. */
export const STORAGE_FULL = "Storage is full";

const fromApp: Partial<Record<ErrorCode, (error: AppError) => BlobProtocolError>> = {
  not_found: notFound,
  conflict: (error) =>
    badRequest(`${error.detail}, use \`allowOverwrite: true\` if you want to overwrite it`),
  invalid_request: (error) => badRequest(error.detail ?? "Bad request"),
  size_mismatch: (error) => badRequest(`The body is not whole: ${error.detail}`),
  file_too_large: (error) => new BlobProtocolError("bad_request", 413, error.detail ?? ""),
  // Not `service_unavailable`: asking again at once can't help.
  storage_full: () => new BlobProtocolError("bad_request", 507, STORAGE_FULL),
  storage_unavailable: () =>
    new BlobProtocolError("service_unavailable", 503, "The storage can't be reached"),
};

/** Whatever was thrown, in the words of the protocol; a defect says nothing about itself. */
export function asProtocolError(error: unknown): BlobProtocolError {
  if (error instanceof BlobProtocolError) return error;
  const known = AppError.is(error) ? fromApp[error.code]?.(error) : undefined;
  return known ?? new BlobProtocolError("unknown_error", 500, "Internal error");
}
