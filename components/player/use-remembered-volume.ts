"use client";

import { useEffect, useRef } from "react";
import { useStored } from "@/lib/client/use-stored";
import type { Player, PlayerState } from "./player";

type Volume = `${number}` | `${number} muted`;

const isVolume = (text: string): text is Volume => {
  const [, volume] = /^([01](?:\.\d+)?)(?: muted)?$/.exec(text) ?? [];
  return volume !== undefined && Number(volume) <= 1;
};

/** How loud it was last, in this browser, is how loud it begins. */
export function useRememberedVolume(
  player: Player,
  { volume, muted }: Pick<PlayerState, "volume" | "muted">,
): void {
  const [stored, store] = useStored<Volume>("volume", "1", isVolume);
  useEffect(() => {
    const [number, mark] = stored.split(" ");
    player.setVolume(Number(number));
    player.setMuted(mark !== undefined);
  }, [player, stored]);

  const known = useRef<Volume | null>(null);
  useEffect(() => {
    const now: Volume = muted ? `${hundredths(volume)} muted` : `${hundredths(volume)}`;
    // What it is at first is nobody's choice.
    if (known.current !== null && known.current !== now) store(now);
    known.current = now;
  }, [volume, muted, store]);
}

const hundredths = (volume: number): number => Math.round(volume * 100) / 100;
