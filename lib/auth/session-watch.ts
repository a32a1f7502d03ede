import "server-only";
import { subscribe } from "@/lib/live";
import { isLive } from "./policy";
import { findSession, sessionEndedChannel } from "./repo";

/** A notification that got lost, or a sign-in that ran out, is noticed after this long, in ms. */
const lookEveryMs = 30_000;

/**
 * Calls `ended` once when the sign-in ends, whoever ends it: what is streamed to it has to stop
 * then. Answers a function that ends the watch.
 */
export async function onSessionEnd(sessionId: string, ended: () => void): Promise<() => void> {
  let over = false;
  let unsubscribe: () => void = () => undefined;
  const stop = () => {
    over = true;
    clearInterval(timer);
    unsubscribe();
  };
  const look = async () => {
    const session = await findSession(sessionId);
    if (over || (session && isLive(session, Date.now()))) return;
    stop();
    ended();
  };
  const lookSoon = () => void look().catch(() => undefined);
  const timer = setInterval(lookSoon, lookEveryMs);
  timer.unref();
  unsubscribe = await subscribe(sessionEndedChannel, (payload) => {
    if (payload === sessionId || payload === "") lookSoon();
  });
  // It may have ended between the request's first look and now.
  lookSoon();
  return stop;
}
