"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { TrackSession } from "@/lib/client/use-track";

/** How many edits of this tab the server hasn't got. */
export function useUnsent({ queue }: TrackSession): number {
  const read = () => queue.getState().unsent;
  return useSyncExternalStore(queue.subscribe, read, read);
}

/** The newest revision that the cues on the screen include. */
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
