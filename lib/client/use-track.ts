"use client";

import { useEffect, useState } from "react";
import useSWR, { mutate } from "swr";
import type { EditResult, TrackView } from "@/lib/tracks/schema";
import { type ApiError, api } from "./api";
import { EditQueue } from "./edits/edit-queue";
import { indexedDbEditStore } from "./edits/edit-store";
import { TrackDocument } from "./edits/track-document";
import { swrOptions } from "./swr";

const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;

/** One track as the server has it; read again when the person comes back to the tab. */
export function useTrack(trackId: string | null) {
  const {
    data,
    error,
    mutate: reread,
  } = useSWR<{ track: TrackView }, ApiError>(
    trackId === null ? null : trackPath(trackId),
    swrOptions,
  );
  return { track: data?.track, error, reload: () => reread() };
}

/** A track that is open in this tab: its cues and the edits on their way. */
export interface TrackSession {
  trackId: string;
  document: TrackDocument;
  queue: EditQueue;
}

/** Sessions outlive their page, so that edits go on being sent after a navigation. */
const sessions = new Map<string, TrackSession>();
const store = indexedDbEditStore();

function openSession(track: TrackView): TrackSession {
  const open = sessions.get(track.id);
  if (open) return open;
  for (const [id, { queue }] of sessions) {
    if (queue.getState().unsent === 0) sessions.delete(id);
  }
  const document = new TrackDocument(track.cues);
  const queue = new EditQueue({
    trackId: track.id,
    revision: track.revision,
    document,
    store,
    send: (input) => api<EditResult>(`${trackPath(track.id)}/operations`, { body: input }),
    reload: () => void mutate(trackPath(track.id)),
  });
  const session = { trackId: track.id, document, queue };
  sessions.set(track.id, session);
  void queue.load();
  return session;
}

/**
 * The session of a track, the same one for as long as this tab lives; null without a track. Takes
 * in what a later reading of the track brings, tries again when the network is back, and asks
 * before a closing tab would leave edits unsent.
 */
export function useTrackSession(track: TrackView | null): TrackSession | null {
  const [session, setSession] = useState(() => track && openSession(track));
  if ((session?.trackId ?? null) !== (track?.id ?? null)) setSession(track && openSession(track));
  const queue = session?.queue;

  useEffect(() => {
    if (track && session?.trackId === track.id) session.queue.adopt(track);
  }, [session, track]);

  useEffect(() => {
    if (!queue) return;
    const warn = (event: BeforeUnloadEvent) => {
      if (queue.getState().unsent > 0) event.preventDefault();
    };
    window.addEventListener("online", queue.retry);
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("online", queue.retry);
      window.removeEventListener("beforeunload", warn);
    };
  }, [queue]);

  return session;
}
