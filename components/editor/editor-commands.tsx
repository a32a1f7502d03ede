"use client";

import { useState } from "react";
import { QualityCommands } from "@/components/quality/quality-commands";
import { SourceCommands } from "@/components/side-by-side/source-commands";
import { lazyPart } from "@/components/ui/lazy-part";
import { usePresence } from "@/lib/client/use-presence";
import { useCueCommands } from "./actions/use-cue-commands";
import { useHistoryCommands } from "./actions/use-history-commands";
import { useTimeCommands } from "./actions/use-time-commands";
import { useEditor, useSelection } from "./editor-context";
import { useFindCommands } from "./find/find-context";
import { useCommand } from "./keys/keys-context";

const ShiftDialog = lazyPart(() =>
  import("./dialogs/shift-dialog").then((module) => module.ShiftDialog),
);
const StretchDialog = lazyPart(() =>
  import("./dialogs/stretch-dialog").then((module) => module.StretchDialog),
);

/** Says what the commands of the open track do, and shows the dialogs that they open. */
export function EditorCommands() {
  const { readOnly, writing } = useEditor();
  const [dialog, setDialog] = useState<"shift" | "stretch" | null>(null);
  const open = (name: "shift" | "stretch") => {
    writing.commit();
    setDialog(name);
  };
  useCommand("time.shift-dialog", () => open("shift"), { enabled: !readOnly });
  useCommand("time.stretch-dialog", () => open("stretch"), { enabled: !readOnly });
  const onClose = () => setDialog(null);
  return (
    <>
      <CueCommands />
      {dialog === "shift" ? <ShiftDialog onClose={onClose} /> : null}
      {dialog === "stretch" ? <StretchDialog onClose={onClose} /> : null}
      <QualityCommands />
      <SourceCommands />
    </>
  );
}

/** What follows the selection, apart from what doesn't. */
function CueCommands() {
  useCueCommands();
  useTimeCommands();
  useHistoryCommands();
  useFindCommands();
  useBeingHere();
  return null;
}

/** Tells others where one is, and keeps the place to come back to. */
function useBeingHere(): void {
  const { session, player } = useEditor();
  const cueId = useSelection((selection) => selection.cueId);
  const writing = useSelection(({ editing }) => editing);
  usePresence(session, { cueId, writing, ms: () => player.timeMs });
}
