"use client";

import { useEffect, useSyncExternalStore } from "react";
import { useEditor, useSelection } from "@/components/editor/editor-context";
import type { PlaySpan } from "@/components/player/playback";
import { useStored } from "@/lib/client/use-stored";
import { useCue } from "@/lib/client/use-track";

/** How long before a cue its repeat begins, ms. */
export const prerolls = ["0", "500", "1000"] as const;
export type Preroll = (typeof prerolls)[number];

const isPreroll = (value: string): value is Preroll =>
  (prerolls as readonly string[]).includes(value);

/** As this browser remembers it. */
export const usePreroll = () => useStored<Preroll>("preroll", "0", isPreroll);

/** Whether a cue is being repeated. */
export function useIsLooping(): boolean {
  const { player } = useEditor();
  return useSyncExternalStore(
    player.subscribe,
    () => player.getState().loop !== null,
    () => false,
  );
}

/** What is played of the chosen cue; null without one. */
export function useCueSpan(): Omit<PlaySpan, "repeat"> | null {
  const { session } = useEditor();
  const [preroll] = usePreroll();
  const cueId = useSelection((selection) => selection.cueId);
  const cue = useCue(session, cueId ?? "");
  if (!cue) return null;
  return { startMs: Math.max(0, cue.startMs - Number(preroll)), endMs: cue.endMs };
}

/** The repeat goes with the choice and with the cue's times; without a cue it ends. */
export function useFollowingLoop(): void {
  const { player } = useEditor();
  const looping = useIsLooping();
  const span = useCueSpan();
  const { startMs = null, endMs = null } = span ?? {};
  useEffect(() => {
    if (!looping) return;
    player.setLoop(startMs === null || endMs === null ? null : { startMs, endMs });
  }, [player, looping, startMs, endMs]);
  // The next track begins without.
  useEffect(() => () => player.setLoop(null), [player]);
}
