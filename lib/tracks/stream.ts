import "server-only";
import { AppError } from "@/lib/errors";
import type { ServerSentEvent } from "@/lib/http/server-sent-events";
import { subscribe } from "@/lib/live";
import { trackAccess } from "@/lib/sharing/access";
import { Waker } from "@/lib/waker";
import { maxMissedBytes, readAnew } from "./limits";
import { tracksChannel } from "./live-repo";
import { bytesAfter, operationsAfter } from "./log-repo";
import { presentPeople } from "./presence";
import { reader, revisionOf } from "./repo";
import type { LoggedEdit, TrackEvents } from "./sync-schema";
import { TrackHints } from "./track-hints";

/** A lost notification, a silent tab or a link that ran out is noticed after this long, in ms. */
const lookAgainMs = 10_000;

interface Follow {
  userId: string;
  trackId: string;
  /** The newest revision that the reader has; left out: that of now. */
  after?: number | undefined;
  /** Fires when nobody listens any more. */
  signal?: AbortSignal;
}

type Frame = {
  [E in keyof TrackEvents]: { id: number; event: E; data: TrackEvents[E] };
}[keyof TrackEvents];

/**
 * What happens to a track, as it happens: its log after `after`, who is there, and what else is to
 * be read again. Ends when the reader may no longer see it.
 * @throws {AppError} `not_found`, before anything is streamed
 */
export async function trackFrames(options: Follow): Promise<AsyncIterable<ServerSentEvent>> {
  await mayRead(options, true);
  return follow(options);
}

async function* follow(options: Follow): AsyncGenerator<Frame> {
  const { trackId, signal } = options;
  const waker = new Waker();
  const wake = () => waker.wake();
  const hints = new TrackHints(trackId);
  signal?.addEventListener("abort", wake, { once: true });
  const unsubscribe = await subscribe(tracksChannel, (payload) => {
    if (hints.take(payload)) wake();
  });
  try {
    yield* frames(options, hints, waker);
  } finally {
    signal?.removeEventListener("abort", wake);
    unsubscribe();
  }
}

async function* frames(options: Follow, hints: TrackHints, waker: Waker): AsyncGenerator<Frame> {
  const { trackId, signal } = options;
  const revision = await revisionOf(trackId);
  let id = options.after ?? revision;
  let shown = "[]";
  let lookedAtMs = Date.now();
  yield { id, event: "hello", data: { revision } };
  // Aborting must end the loop itself: a generator that sleeps can't be told to return.
  while (!signal?.aborted) {
    const { looksAt, changed } = hints.drain();
    if (looksAt.access && !(await mayRead(options))) {
      yield { id, event: "changed", data: { what: "access" } };
      return;
    }
    for (const what of changed) yield { id, event: "changed", data: { what } };
    const log = looksAt.edits ? await logAfter(trackId, id) : [];
    const last = log.at(-1);
    if (last) {
      id = last.revision;
      yield { id, event: "edits", data: { log } };
    }
    const people = looksAt.presence ? await presentPeople(trackId) : undefined;
    const told = people ? JSON.stringify(people) : shown;
    if (people && told !== shown) {
      shown = told;
      yield { id, event: "presence", data: { people } };
    }
    await waker.sleep(lookAgainMs);
    if (Date.now() - lookedAtMs < lookAgainMs) continue;
    lookedAtMs = Date.now();
    hints.lookAtAll();
  }
}

/** What a reader at a revision hasn't seen; of too much, and to one that is ahead: read anew. */
async function logAfter(trackId: string, seen: number): Promise<LoggedEdit[]> {
  const revision = await revisionOf(trackId);
  if (revision === seen) return [];
  const client = reader();
  const isTooMuch = seen > revision || (await bytesAfter(client, trackId, seen)) > maxMissedBytes;
  return isTooMuch ? [readAnew(revision, "")] : operationsAfter(client, trackId, seen);
}

async function mayRead({ userId, trackId }: Follow, orThrow = false): Promise<boolean> {
  try {
    await trackAccess({ userId, trackId, need: "viewer" });
    return true;
  } catch (error) {
    if (orThrow || !(error instanceof AppError)) throw error;
    return false;
  }
}
