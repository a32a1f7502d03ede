"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Player } from "@/components/player/player";

export interface Sample {
  /** Which one is heard at the moment. */
  playing: string | null;
  play: (id: string, span: { startMs: number; endMs: number }) => void;
  stop: () => void;
}

/** Plays a stretch of the video and stops at its end. */
export function useSample(player: Player): Sample {
  const [playing, setPlaying] = useState<string | null>(null);
  const unfollow = useRef<(() => void) | undefined>(undefined);
  const stop = useCallback(() => {
    unfollow.current?.();
    unfollow.current = undefined;
    setPlaying(null);
  }, []);
  const halt = useCallback(() => {
    if (unfollow.current) player.pause();
    stop();
  }, [player, stop]);
  useEffect(() => stop, [stop]);
  const play = useCallback<Sample["play"]>(
    (id, { startMs, endMs }) => {
      stop();
      player.seek(startMs);
      player.play();
      setPlaying(id);
      unfollow.current = player.onTime((ms) => {
        if (ms >= endMs) halt();
        // Somebody went elsewhere: the video plays on.
        else if (ms < startMs - 500) stop();
      });
    },
    [player, stop, halt],
  );
  return { playing, play, stop: halt };
}
