import "server-only";
import type { Principal } from "@/lib/auth/principal";
import { onSessionEnd } from "@/lib/auth/session-watch";
import { type ServerSentEvent, serverSentEvents } from "./server-sent-events";

/**
 * Streams to somebody who is signed in, for as long as they are: the stream ends with their
 * sign-in, whoever ends it.
 * @param options `frames` gets the signal that ends them.
 */
export async function sessionStream(options: {
  request: Request;
  principal: Principal;
  frames: (signal: AbortSignal) => Promise<AsyncIterable<ServerSentEvent>>;
}): Promise<Response> {
  const { request, principal, frames } = options;
  const session = new AbortController();
  const signal = AbortSignal.any([request.signal, session.signal]);
  const source = await frames(signal);
  const stop = await onSessionEnd(principal.sessionId, () => session.abort());
  return serverSentEvents(withEnd(source, stop), signal);
}

async function* withEnd<T>(source: AsyncIterable<T>, ended: () => void): AsyncGenerator<T> {
  try {
    yield* source;
  } finally {
    ended();
  }
}
