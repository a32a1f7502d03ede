"use client";

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import useSWR, { mutate } from "swr";
import type { Cue } from "@/lib/subtitles/model";
import type { TrackView } from "@/lib/tracks/schema";
import type { ApiError } from "./api";
import type { QueueState } from "./edits/edit-queue";
import type { TrackSession } from "./edits/track-session";
import { openSession, sessionWork, trackPath } from "./open-sessions";
import { swrOptions } from "./swr";

export type { OpenConflict, QueueState } from "./edits/edit-queue";
export type { HistoryResult } from "./edits/history";
export type { TrackSession } from "./edits/track-session";

/** One track as the server has it. A session follows what happens to it by itself. */
export function useTrack(trackId: string | null) {
  const {
    data,
    error,
    mutate: reread,
  } = useSWR<{ track: TrackView }, ApiError>(trackId === null ? null : trackPath(trackId), {
    ...swrOptions,
    revalidateOnFocus: trackId !== null && sessionWork(trackId) === undefined,
  });
  return { track: data?.track, error, reload: () => reread() };
}

/**
 * The session of a track, the same one for as long as this tab lives; null without a track. Follows
 * what others do while it is shown, tries again when the network or the person is back, and asks
 * before a closing tab would leave edits unsent.
 */
export function useTrackSession(track: TrackView): TrackSession;
export function useTrackSession(track: TrackView | null): TrackSession | null;
export function useTrackSession(track: TrackView | null): TrackSession | null {
  const [session, setSession] = useState(() => track && openSession(track));
  if ((session?.trackId ?? null) !== (track?.id ?? null)) setSession(track && openSession(track));
  const trackId = session?.trackId;

  useEffect(() => {
    const work = track && session?.trackId === track.id ? sessionWork(track.id) : undefined;
    if (track && work?.isOf(track)) work.adopt(track);
  }, [session, track]);

  useEffect(() => (trackId === undefined ? undefined : sessionWork(trackId)?.attend()), [trackId]);

  return session;
}

/** A cue as it is shown; undefined: it isn't there. */
export function useCue(session: TrackSession, cueId: string): Cue | undefined {
  const { document } = session;
  const subscribe = useCallback(
    (listener: () => void) => document.subscribeCue(cueId, listener),
    [document, cueId],
  );
  const read = () => document.cue(cueId);
  return useSyncExternalStore(subscribe, read, read);
}

/** The ids of the cues in order; the same array until they come, go or change places. */
export function useCueIds({ document }: TrackSession): readonly string[] {
  const read = () => document.ids;
  return useSyncExternalStore(document.subscribeList, read, read);
}

/** All cues in order, read again with every change: for what judges the whole track. */
export function useCues({ document }: TrackSession): readonly Cue[] {
  const read = () => document.cues();
  return useSyncExternalStore(document.subscribeContent, read, read);
}

/** The newest revision that is shown whole, beside what is on its way. */
export function useRevision({ document, queue }: TrackSession): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [document.subscribeContent(listener), queue.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [document, queue],
  );
  const read = () => document.revision;
  return useSyncExternalStore(subscribe, read, read);
}

/** How saving stands, in one word and with what there is to say about it. */
export interface SaveState extends QueueState {
  /** What matters most of it. `offline`: the server can't be reached, see `retryAtMs`. */
  kind: "saved" | "saving" | "offline" | "conflict" | "signed_out" | "read_only" | "stopped";
}

/** How saving stands. */
export function useSaveState({ queue }: Pick<TrackSession, "queue">): SaveState {
  const state = useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
  return { ...state, kind: saveKind(state) };
}

function saveKind({ status, conflicts, unsent, error }: QueueState): SaveState["kind"] {
  if (status === "waiting") return error?.code === "rate_limited" ? "stopped" : "offline";
  if (status !== "idle" && status !== "sending") return status;
  if (conflicts.length > 0) return "conflict";
  return status === "sending" || unsent > 0 ? "saving" : "saved";
}

/** Whether there is something to take back or to make again. */
export function useHistory({ history }: TrackSession): { canUndo: boolean; canRedo: boolean } {
  const canUndo = useSyncExternalStore(
    history.subscribe,
    () => history.canUndo,
    () => false,
  );
  const canRedo = useSyncExternalStore(
    history.subscribe,
    () => history.canRedo,
    () => false,
  );
  return { canUndo, canRedo };
}

/** Has a track read again, e.g. after a job has made it anew. */
export const rereadTrack = (trackId: string): Promise<unknown> => mutate(trackPath(trackId));
