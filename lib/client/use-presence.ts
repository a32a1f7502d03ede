"use client";

import { useEffect, useEffectEvent } from "react";
import type { PresenceInput } from "@/lib/tracks/sync-schema";
import { api } from "./api";
import type { TrackSession } from "./edits/track-session";
import { thisTab, trackPath } from "./open-sessions";

/** The server forgets who hasn't been heard of for 30 s. */
const heartbeatMs = 10_000;
/** Going through cues by key tells of the last one. */
const settleMs = 250;

interface Presence {
  /** The cue that the person is at. */
  cueId: string | null;
  writing: boolean;
  /** Where the video stands, in ms; asked for when it is told. */
  ms: () => number;
}

/** Tells others where the person is, and the server where to open the track the next time. */
export function usePresence(session: TrackSession, { cueId, writing, ms }: Presence): void {
  const { trackId } = session;
  const tell = useEffectEvent((leaving: boolean) => {
    const body: PresenceInput = {
      clientId: thisTab().id,
      ...{ cueId, writing, leaving },
      ms: Math.max(0, Math.round(ms())),
    };
    // Of no weight: the next one tells the same.
    api(`${trackPath(trackId)}/presence`, { body, keepalive: leaving }).catch(() => {});
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew when these change
  useEffect(() => {
    const timer = setTimeout(() => tell(false), settleMs);
    return () => clearTimeout(timer);
  }, [trackId, cueId, writing]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: leaves one track for another
  useEffect(() => {
    const beat = setInterval(
      () => document.visibilityState === "visible" && tell(false),
      heartbeatMs,
    );
    const leave = () => tell(true);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(beat);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [trackId]);
}
