import "server-only";
import type { Principal } from "@/lib/auth/principal";
import { onSessionEnd } from "@/lib/auth/session-watch";
import { AppError } from "@/lib/errors";
import { type ServerSentEvent, serverSentEvents } from "./server-sent-events";

/** So many streams of one account are open at once: ten tabs of an editor have some thirty. */
export const maxStreams = 30;
/** After so long one may have been closed, in ms. */
const retryAfterMs = 10_000;

/** How many streams of this process are open, by account. */
const open = new Map<string, number>();

/**
 * Counts a stream of an account until the function that is answered is called, or `signal` aborts.
 * @throws {AppError} `rate_limited` where too many are open
 */
function countStream(userId: string, signal: AbortSignal): () => void {
  const others = open.get(userId) ?? 0;
  if (others >= maxStreams) throw new AppError("rate_limited", { retryAfterMs });
  open.set(userId, others + 1);
  let counted = true;
  const release = () => {
    if (!counted) return;
    counted = false;
    const left = (open.get(userId) ?? 1) - 1;
    if (left > 0) open.set(userId, left);
    else open.delete(userId);
  };
  signal.addEventListener("abort", release, { once: true });
  if (signal.aborted) release();
  return release;
}

/**
 * Streams to somebody who is signed in, for as long as they are: the stream ends with their
 * sign-in, whoever ends it.
 * @param options `frames` gets the signal that ends them.
 * @throws {AppError} `rate_limited` where the account has too many open
 */
export async function sessionStream(options: {
  request: Request;
  principal: Principal;
  frames: (signal: AbortSignal) => Promise<AsyncIterable<ServerSentEvent>>;
}): Promise<Response> {
  const { request, principal, frames } = options;
  const session = new AbortController();
  const signal = AbortSignal.any([request.signal, session.signal]);
  const release = countStream(principal.userId, signal);
  try {
    const source = await frames(signal);
    const stop = await onSessionEnd(principal.sessionId, () => session.abort());
    const ended = () => {
      release();
      stop();
    };
    return serverSentEvents(withEnd(source, ended), signal);
  } catch (error) {
    release();
    throw error;
  }
}

async function* withEnd<T>(source: AsyncIterable<T>, ended: () => void): AsyncGenerator<T> {
  try {
    yield* source;
  } finally {
    ended();
  }
}
