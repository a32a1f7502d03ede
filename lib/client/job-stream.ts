import { applyJobEvent } from "@/lib/jobs/progress";
import type { JobEventView, JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import { ApiError, api } from "./api";

/** After this many broken streams in a row the job is asked for instead. */
const maxStreamFailures = 3;
const pollEveryMs = 2_000;
const reopenAfterMs = 1_500;

/** The part of the browser's `EventSource` that is used here. */
export interface EventStream {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

interface FollowJobOptions {
  jobId: string;
  onView: (view: JobView) => void;
  /** The job can't be followed any more; nothing comes after it. */
  onError: (error: ApiError) => void;
  open?: (url: string) => EventStream;
  load?: (url: string) => Promise<{ job: JobView }>;
}

const closed = 2;

/**
 * Follows a job until it ends: by server-sent events, which the browser resumes by itself, and by
 * asking every 2 s once three streams in a row broke. Answers what stops it.
 */
export function followJob({
  jobId,
  onView,
  onError,
  open = (url) => new EventSource(url),
  load = (url) => api<{ job: JobView }>(url),
}: FollowJobOptions): () => void {
  const url = `/api/v1/jobs/${encodeURIComponent(jobId)}`;
  let view: JobView | undefined;
  let stream: EventStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stopped = false;

  const stop = () => {
    stopped = true;
    stream?.close();
    clearTimeout(timer);
  };

  const show = (next: JobView) => {
    // A slow answer of a poll must not take back what the stream already said.
    if (stopped || (view && next.seq < view.seq)) return;
    view = next;
    onView(next);
    if (finalStatuses.includes(next.status)) stop();
  };

  const streamBroke = () => {
    failures += 1;
    if (failures < maxStreamFailures && stream?.readyState !== closed) return;
    stream?.close();
    void poll();
  };

  const connect = () => {
    const opened = open(`${url}/events`);
    stream = opened;
    opened.addEventListener("snapshot", ({ data }) => {
      failures = 0;
      show(JSON.parse(String(data)) as JobView);
    });
    opened.addEventListener("job", ({ data }) => {
      failures = 0;
      if (view) show(applyJobEvent(view, JSON.parse(String(data)) as JobEventView));
    });
    opened.addEventListener("error", () => {
      if (!stopped && stream === opened) streamBroke();
    });
  };

  /** Also tells why a stream was refused: `EventSource` itself never says. */
  const poll = async () => {
    try {
      show((await load(url)).job);
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError("internal");
      if (!stopped && !failure.retryable) {
        stop();
        onError(failure);
      }
    }
    if (stopped) return;
    const again = failures < maxStreamFailures ? connect : poll;
    timer = setTimeout(again, again === poll ? pollEveryMs : reopenAfterMs);
  };

  connect();
  return stop;
}
