"use client";

import { useEffect, useState } from "react";
import type { TrackView } from "@/lib/tracks/schema";
import type { TrackEvents } from "@/lib/tracks/sync-schema";
import type { TrackSession } from "./edits/track-session";
import { openSession, trackPath } from "./open-sessions";

/** A track beside the one that is open is asked for news so often, while the page is seen, in ms. */
const everyMs = 3_000;
/** An answer that doesn't come in this time is waited for no longer. */
const patienceMs = 5_000;

/**
 * The session of a track that stands beside the one that is edited. It holds no stream of its own:
 * over HTTP/1.1 a browser has six connections for a host in all its tabs, and a tab with two
 * languages would take three of them for good. So it is asked every few seconds what is new.
 */
export function useCompanionSession(track: TrackView | null): TrackSession | null {
  const [session, setSession] = useState(() => track && openSession(track));
  if ((session?.trackId ?? null) !== (track?.id ?? null)) setSession(track && openSession(track));

  useEffect(() => {
    if (track && session?.trackId === track.id) session.queue.adopt(track);
  }, [session, track]);

  useEffect(() => {
    if (!session) return;
    let stop = () => {};
    const ask = () => {
      stop();
      if (document.visibilityState === "visible") stop = askForNews(session);
    };
    ask();
    const timer = setInterval(ask, everyMs);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
      stop();
    };
  }, [session]);

  return session;
}

/** Takes what is in the log after what is known, and hangs up; the answer hangs up before. */
function askForNews({ trackId, document, queue }: TrackSession): () => void {
  const stream = new EventSource(`${trackPath(trackId)}/events?after=${document.revision}`);
  const timer = setTimeout(() => end(), patienceMs);
  const end = () => {
    clearTimeout(timer);
    stream.close();
  };
  stream.addEventListener("hello", ({ data }) => {
    const { revision } = JSON.parse(String(data)) as TrackEvents["hello"];
    if (revision <= document.revision) end();
  });
  stream.addEventListener("edits", ({ data }) => {
    queue.takeLog((JSON.parse(String(data)) as TrackEvents["edits"]).log);
    end();
  });
  stream.addEventListener("error", end);
  return end;
}
