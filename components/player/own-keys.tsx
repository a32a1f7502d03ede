"use client";

import { type ComponentType, useEffect, useEffectEvent } from "react";
import { Kbd } from "@/components/ui/kbd";
import type { Player } from "./player";
import { focusPlace, type PlayerCommand, playerCommand } from "./player-keys";

/** What keys do beside playing. */
export interface PlayerPage {
  /** Left out while there are no subtitles. */
  captions: (() => void) | undefined;
  fullscreen: () => void;
  shortcuts: (() => void) | undefined;
}

/** A control of the player that has a key. */
export type KeyedControl = "toggle" | "mute" | "captions" | "fullscreen" | "shortcuts";

/** Who reads the keys: the player itself, or the page around it that has a map of all keys. */
export interface PlayerKeys {
  /** Renders nothing. */
  Keys: ComponentType<{ player: Player; page: PlayerPage }>;
  /** The key of a control, as it is now. */
  Hint: ComponentType<{ control: KeyedControl; className: string }>;
}

/** The player's own keys, for pages that have no others. */
export const ownKeys: PlayerKeys = { Keys: OwnKeys, Hint: OwnHint };

const names: Record<KeyedControl, string> = {
  toggle: "Space",
  mute: "M",
  captions: "C",
  fullscreen: "F",
  shortcuts: "?",
};

function OwnHint({ control, className }: { control: KeyedControl; className: string }) {
  return <Kbd className={className}>{names[control]}</Kbd>;
}

/** Keys wherever on the page the focus is, except behind a dialog. */
function OwnKeys({ player, page }: { player: Player; page: PlayerPage }): null {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector("[role=dialog], [role=alertdialog]")) {
      return;
    }
    const command = playerCommand(event, focusPlace(event.target));
    if (!command) return;
    event.preventDefault();
    run(command, player, page);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
  return null;
}

function run(command: PlayerCommand, player: Player, page: PlayerPage): void {
  switch (command.kind) {
    case "toggle":
      player.toggle();
      break;
    case "seekBy":
      player.seekBy(command.ms);
      break;
    case "frames":
      player.stepFrames(command.count);
      break;
    case "rate":
      player.stepRate(command.steps);
      break;
    case "mute":
      player.toggleMute();
      break;
    case "captions":
      page.captions?.();
      break;
    case "fullscreen":
      page.fullscreen();
      break;
    case "shortcuts":
      page.shortcuts?.();
      break;
  }
}
