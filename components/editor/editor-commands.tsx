"use client";

import { useCueCommands } from "./actions/use-cue-commands";
import { useHistoryCommands } from "./actions/use-history-commands";
import { useTimeCommands } from "./actions/use-time-commands";

/** Says what the commands of the open track do. Renders nothing. */
export function EditorCommands(): null {
  useCueCommands();
  useTimeCommands();
  useHistoryCommands();
  return null;
}
