import { type ErrorCode, errorTable, type FieldError, isErrorCode } from "@/lib/errors";

/** A request that gets no answer in this time counts as unreachable. */
const answerTimeoutMs = 30_000;

/** `network` is ours alone: no answer came, so the server may or may not have done the work. */
export type ApiErrorCode = ErrorCode | "network";

interface ApiErrorOptions {
  status?: number;
  requestId?: string | undefined;
  fields?: FieldError[];
  data?: unknown;
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** Why a request to our own API failed. The sentence for a person comes from `useErrorText`. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** 0 when no answer came. */
  readonly status: number;
  readonly requestId: string | undefined;
  readonly fields: FieldError[];
  readonly data: unknown;
  readonly retryAfterMs: number | undefined;

  constructor(code: ApiErrorCode, options: ApiErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.name = "ApiError";
    this.code = code;
    this.status = options.status ?? 0;
    this.requestId = options.requestId;
    this.fields = options.fields ?? [];
    this.data = options.data;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** The same request may succeed later without anybody changing anything. */
  get retryable(): boolean {
    return this.code === "network" || errorTable[this.code].retryable;
  }
}

interface ApiRequest {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Sent as JSON, a form or a file as such; makes the method POST unless given. */
  body?: unknown;
  signal?: AbortSignal;
  /** Sent to its end though the page goes away; the browser takes at most 64 kB so. */
  keepalive?: boolean;
}

/**
 * Calls our own API and answers its JSON, `undefined` when there is none.
 * Throws `ApiError` for every failure, except that an abort by `signal` throws the signal's reason.
 */
export async function api<T>(path: string, request: ApiRequest = {}): Promise<T> {
  const { body, signal } = request;
  // The browser writes the content type of a form itself, with the boundary between its parts, and
  // that of a file from its kind.
  const asIs = body instanceof FormData || body instanceof Blob;
  const init: RequestInit = {
    method: request.method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      accept: "application/json",
      ...(body === undefined || asIs ? {} : { "content-type": "application/json" }),
    },
    signal: AbortSignal.any([AbortSignal.timeout(answerTimeoutMs), ...(signal ? [signal] : [])]),
    ...(request.keepalive ? { keepalive: true } : {}),
    ...(body === undefined ? {} : { body: asIs ? body : JSON.stringify(body) }),
  };
  try {
    const response = await fetch(path, init);
    const text = await response.text();
    if (!response.ok) throw problem(response, text);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    signal?.throwIfAborted();
    throw new ApiError("network", { cause: error });
  }
}

/** Reads `application/problem+json`; a proxy's HTML page in its place still becomes a known code. */
function problem(response: Response, text: string): ApiError {
  const body = parseObject(text);
  const code = typeof body.code === "string" && isErrorCode(body.code) ? body.code : undefined;
  return new ApiError(code ?? codeOfStatus(response.status), {
    status: response.status,
    requestId: stringOr(body.requestId) ?? response.headers.get("x-request-id") ?? undefined,
    fields: Array.isArray(body.errors) ? body.errors.filter(isFieldError) : [],
    data: body.data,
    retryAfterMs: retryAfterMs(response.headers.get("retry-after")),
  });
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function codeOfStatus(status: number): ApiErrorCode {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 413) return "payload_too_large";
  if (status === 429) return "rate_limited";
  if (status === 502 || status === 503 || status === 504) return "not_ready";
  return status < 500 ? "invalid_request" : "internal";
}

function retryAfterMs(header: string | null): number | undefined {
  const seconds = header === null || header.trim() === "" ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

const stringOr = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== "object" || value === null) return false;
  return (
    "path" in value &&
    typeof value.path === "string" &&
    "message" in value &&
    typeof value.message === "string"
  );
}
