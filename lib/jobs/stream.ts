import "server-only";
import type { ServerSentEvent } from "@/lib/http/server-sent-events";
import { subscribe } from "@/lib/live";
import { Waker } from "@/lib/waker";
import { eventsAfter, jobChannel } from "./repo";
import type { JobView } from "./schema";
import { getJob } from "./service";
import { finalStatuses } from "./statuses";

/** A lost notification costs at most this long, in ms. */
const lookAgainMs = 10_000;

/**
 * A job's live story: a snapshot first, or, after `after`, the events since; then each event as
 * it happens. Ends with the job.
 * @throws {AppError} `not_found`, before anything is streamed
 */
export async function jobFrames(options: {
  ownerId: string;
  jobId: string;
  after?: number | undefined;
  /** Fires when nobody listens any more. */
  signal?: AbortSignal;
}): Promise<AsyncIterable<ServerSentEvent>> {
  const job = await getJob(options);
  return followJob({ ...options, job });
}

async function* followJob(options: {
  jobId: string;
  after?: number | undefined;
  signal?: AbortSignal;
  job: JobView;
}): AsyncGenerator<ServerSentEvent> {
  const { jobId, after, signal, job } = options;
  const waker = new Waker();
  const wake = () => waker.wake();
  signal?.addEventListener("abort", wake, { once: true });
  const unsubscribe = await subscribe(jobChannel, (payload) => {
    if (payload === jobId || payload === "") wake();
  });
  try {
    if (after === undefined) yield { id: job.seq, event: "snapshot", data: job };
    let seq = after ?? job.seq;
    let over = isOver(job) && seq >= job.seq;
    // Aborting must end the loop itself: a generator that sleeps can't be told to return.
    while (!over && !signal?.aborted) {
      for (const event of await eventsAfter(jobId, seq)) {
        seq = event.seq;
        over = event.kind === "status" && isOver(event);
        yield { id: seq, event: "job", data: event };
      }
      over ||= isOver(job) && seq >= job.seq;
      if (!over) await waker.sleep(lookAgainMs);
    }
  } finally {
    signal?.removeEventListener("abort", wake);
    unsubscribe();
  }
}

function isOver({ status }: { status: string }): boolean {
  return finalStatuses.some((final) => final === status);
}
