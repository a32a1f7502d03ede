import { AppError, isErrorCode } from "@/lib/errors";
import type { UploadView } from "@/lib/videos/schema";
import type { UploadApi } from "./ports";

const base = "/api/v1/uploads";

/**
 * The product's upload routes over `fetch`. Throws `AppError` with the answer's code, and lets
 * the `TypeError` of a missing network through.
 */
export function createHttpUploadApi(fetcher: typeof fetch = fetch): UploadApi {
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await fetcher(`${base}${path}`, {
      ...init,
      credentials: "same-origin",
      cache: "no-store",
      headers: { accept: "application/json", ...init.headers },
    });
    if (!response.ok) throw await asError(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  const send = <T>(method: string, path: string, body: unknown, signal: AbortSignal) =>
    call<T>(path, {
      method,
      signal,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  const at = (uploadId: string) => `/${encodeURIComponent(uploadId)}`;
  interface Answer {
    upload: UploadView;
  }
  return {
    async create(meta, sample, signal) {
      const body = new FormData();
      body.set("meta", JSON.stringify(meta));
      body.set("sample", sample, "sample");
      return (await call<Answer>("", { method: "POST", body, signal })).upload;
    },
    async get(uploadId, signal) {
      return (await call<Answer>(at(uploadId), { signal })).upload;
    },
    async attach(uploadId, names, signal) {
      return (await send<Answer>("PATCH", at(uploadId), names, signal)).upload;
    },
    async recordPart(uploadId, { partNumber, etag, sizeBytes }, signal) {
      await send("PUT", `${at(uploadId)}/parts/${partNumber}`, { etag, sizeBytes }, signal);
    },
    async complete(uploadId, signal) {
      type Completed = { video: { id: string }; job?: { id: string } | null };
      const path = `${at(uploadId)}/complete`;
      const { video, job } = await send<Completed>("POST", path, {}, signal);
      return { videoId: video.id, jobId: job?.id ?? null };
    },
    async order(uploadId, order) {
      const { signal } = new AbortController();
      type Ordered = { job: { id: string } | null };
      const { job } = await send<Ordered>("PUT", `${at(uploadId)}/caption`, order, signal);
      return { jobId: job?.id ?? null };
    },
    async withdraw(uploadId) {
      await call(`${at(uploadId)}/caption`, { method: "DELETE" });
    },
    async cancel(uploadId) {
      await call(at(uploadId), { method: "DELETE" });
    },
  };
}

/** What a program needs to go on, e.g. the price that has changed. */
function dataOf(problem: unknown): { data?: Record<string, unknown> } {
  if (typeof problem !== "object" || problem === null || !("data" in problem)) return {};
  const { data } = problem;
  return typeof data === "object" && data !== null ? { data: { ...data } } : {};
}

async function asError(response: Response): Promise<AppError> {
  const problem: unknown = await response.json().catch(() => undefined);
  const code =
    typeof problem === "object" && problem !== null && "code" in problem ? problem.code : undefined;
  const seconds = Number(response.headers.get("retry-after"));
  const options = seconds > 0 ? { retryAfterMs: seconds * 1000 } : {};
  if (typeof code === "string" && isErrorCode(code)) {
    return new AppError(code, { ...options, ...dataOf(problem) });
  }
  // A proxy or a server that is starting: no answer of ours.
  return new AppError(response.status >= 500 ? "not_ready" : "invalid_request", {
    ...options,
    detail: `status ${response.status}`,
  });
}
