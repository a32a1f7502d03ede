"use client";

import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { PresentPerson } from "@/lib/tracks/sync-schema";
import type { TrackChange } from "./edits/track-feed";
import type { TrackSession } from "./edits/track-session";
import { sessionWork, thisTab } from "./open-sessions";

const nobody: readonly PresentPerson[] = [];
const never = () => () => {};

/** Who has the track open beside this tab; the same array until that changes. */
export function usePeople(session: TrackSession): readonly PresentPerson[] {
  const work = sessionWork(session.trackId);
  return useSyncExternalStore(
    work?.subscribePeople ?? never,
    () => work?.others(thisTab().id) ?? nobody,
    () => nobody,
  );
}

/** Calls `listener` when something beside the cues has changed and is to be read again. */
export function useTrackChanged(
  session: TrackSession,
  listener: (what: TrackChange) => void,
): void {
  const { trackId } = session;
  const tell = useEffectEvent(listener);
  useEffect(() => sessionWork(trackId)?.subscribeChanged((what) => tell(what)), [trackId]);
}
