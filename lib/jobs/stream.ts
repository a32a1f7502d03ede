import "server-only";
import type { ServerSentEvent } from "@/lib/http/server-sent-events";
import { subscribe } from "@/lib/live";
import { eventsAfter, jobChannel } from "./repo";
import { finalStatuses, type JobEventView } from "./schema";
import { getJob } from "./service";

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
}): Promise<AsyncIterable<ServerSentEvent>> {
  const job = await getJob(options);
  return followJob(options.jobId, options.after, { id: job.seq, event: "snapshot", data: job });
}

async function* followJob(
  jobId: string,
  after: number | undefined,
  snapshot: ServerSentEvent,
): AsyncGenerator<ServerSentEvent> {
  const waker = new Waker();
  const unsubscribe = await subscribe(jobChannel, (payload) => {
    if (payload === jobId || payload === "") waker.wake();
  });
  try {
    let seq = after ?? snapshot.id;
    if (after === undefined) yield snapshot;
    let over = after === undefined && isOver(snapshot.data as { status: string });
    while (!over) {
      for (const event of await eventsAfter(jobId, seq)) {
        seq = event.seq;
        over = event.kind === "status" && isOver(event);
        yield { id: seq, event: "job", data: event satisfies JobEventView };
      }
      if (!over && seq >= snapshot.id && isOver(snapshot.data as { status: string })) return;
      if (!over) await waker.sleep(lookAgainMs);
    }
  } finally {
    unsubscribe();
    waker.wake();
  }
}

function isOver({ status }: { status: string }): boolean {
  return finalStatuses.some((final) => final === status);
}

/** Sleeps until woken; a wake during work is not lost. */
class Waker {
  #awake = false;
  #resolve: (() => void) | undefined;

  wake(): void {
    this.#awake = true;
    this.#resolve?.();
  }

  async sleep(maxMs: number): Promise<void> {
    if (!this.#awake) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
        setTimeout(resolve, maxMs);
      });
    }
    this.#awake = false;
  }
}
