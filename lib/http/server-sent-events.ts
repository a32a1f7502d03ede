/** One frame of an event stream. */
export interface ServerSentEvent {
  /** What `Last-Event-ID` says when the connection comes back. */
  id: number;
  event: string;
  data: unknown;
}

/** Proxies close silent connections; a comment this often keeps them open, in ms. */
const heartbeatMs = 15_000;
/** How long a browser waits before it connects again, in ms. */
const retryMs = 3_000;

/**
 * Streams `frames` until they end or the client goes. Ending the iteration must release whatever
 * the frames came from.
 */
export function serverSentEvents(
  frames: AsyncIterable<ServerSentEvent>,
  signal: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  const iterator = frames[Symbol.asyncIterator]();
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  const end = () => {
    clearInterval(heartbeat);
    void iterator.return?.();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${retryMs}\n\n`));
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(":\n\n")), heartbeatMs);
      signal.addEventListener("abort", end, { once: true });
    },
    async pull(controller) {
      const { done, value } = await iterator.next().catch((error: unknown) => {
        // Nothing else is told of a stream that fails: its heartbeat would beat on, into nothing.
        end();
        throw error;
      });
      if (!done) controller.enqueue(encoder.encode(frameText(value)));
      else {
        end();
        controller.close();
      }
    },
    cancel: end,
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "content-encoding": "none",
      "x-accel-buffering": "no",
    },
  });
}

function frameText({ id, event, data }: ServerSentEvent): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The number of the last frame the client has; undefined on a first connection. */
export function lastEventId(request: Request): number | undefined {
  const header = request.headers.get("last-event-id") ?? "";
  return /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
