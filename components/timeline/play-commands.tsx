"use client";

import { useEditor } from "@/components/editor/editor-context";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import type { CommandId } from "@/components/editor/keys/command-table";
import { useCommand } from "@/components/editor/keys/keys-context";
import type { KeyedControl, PlayerKeys, PlayerPage } from "@/components/player/own-keys";
import type { Player } from "@/components/player/player";
import { useCueSpan, useFollowingLoop, useIsLooping } from "./use-loop";

/** What a press of the keys for a little back and forth moves, ms. */
const littleMs = 500;
/** What the bare arrow keys move, ms. */
const jumpMs = 5_000;

/** Says what the commands of the player do, with and without an open track. Renders nothing. */
function PlayCommands({ player, page }: { player: Player; page: PlayerPage }): null {
  const toggle = () => player.toggle();
  useCommand("play.toggle", toggle);
  useCommand("play.toggle-writing", toggle);
  useCommand("play.shuttle-back", () => player.shuttle(-1));
  useCommand("play.shuttle-forward", () => player.shuttle(1));
  useCommand("play.back", () => player.seekBy(-littleMs));
  useCommand("play.forward", () => player.seekBy(littleMs));
  useCommand("play.jump-back", () => player.seekBy(-jumpMs));
  useCommand("play.jump-forward", () => player.seekBy(jumpMs));
  useCommand("play.back-frame", () => player.stepFrames(-1));
  useCommand("play.forward-frame", () => player.stepFrames(1));
  useCommand("play.slower", () => player.stepRate(-1));
  useCommand("play.faster", () => player.stepRate(1));
  useCommand("play.mute", () => player.toggleMute());
  useCommand("view.captions", () => page.captions?.(), { enabled: page.captions !== undefined });
  useCommand("view.fullscreen", page.fullscreen);
  return null;
}

const commandOf: Record<KeyedControl, CommandId> = {
  toggle: "play.toggle",
  mute: "play.mute",
  captions: "view.captions",
  fullscreen: "view.fullscreen",
  shortcuts: "help.keys",
};

/** The player's keys as the editor's map has them. */
export const commandKeys: PlayerKeys = {
  Keys: PlayCommands,
  Hint: ({ control, className }) => <CommandKeys id={commandOf[control]} className={className} />,
};

/** What plays the chosen cue. Renders nothing. */
export function CuePlayCommands(): null {
  const { player } = useEditor();
  const span = useCueSpan();
  const looping = useIsLooping();
  useFollowingLoop();
  useCommand("play.cue", () => span && player.playSpan({ ...span, repeat: false }), {
    enabled: span !== null,
  });
  const loop = () => {
    if (looping) player.setLoop(null);
    else if (span) player.playSpan({ ...span, repeat: true });
  };
  useCommand("play.loop-cue", loop, { enabled: looping || span !== null });
  return null;
}
