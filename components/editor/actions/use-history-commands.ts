"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { toast } from "@/components/ui/toaster";
import type { HistoryResult } from "@/lib/client/edits/history";
import { useEditor } from "../editor-context";
import { useCommand } from "../keys/keys-context";
import { useAnnounce } from "./announcer";

/** Undo, redo and saving at once. */
export function useHistoryCommands(): void {
  const { session, writing, readOnly } = useEditor();
  const { history, queue } = session;
  const say = useResultText();
  const canUndo = useSyncExternalStore(
    history.subscribe,
    () => history.canUndo,
    () => false,
  );
  const canRedo = useSyncExternalStore(
    history.subscribe,
    () => history.canRedo,
    () => false,
  );
  const step = async (direction: "undo" | "redo") => {
    writing.commit();
    say(direction, await session[direction]());
  };
  // What is being written is a step, too, that the history doesn't know yet.
  const unsaved = useSyncExternalStore(
    writing.subscribe,
    () => writing.open !== null,
    () => false,
  );
  useCommand("edit.undo", () => void step("undo"), { enabled: (canUndo || unsaved) && !readOnly });
  useCommand("edit.redo", () => void step("redo"), { enabled: canRedo && !readOnly });
  useCommand("edit.save", () => {
    writing.commit();
    queue.retry();
    queue.flush();
  });
}

/** Says what an undo has done, or why it hasn't, and shows the place. */
function useResultText() {
  const { session, selection, dispatch } = useEditor();
  const t = useTranslations("editor.history");
  const announce = useAnnounce();
  return (direction: "undo" | "redo", result: HistoryResult) => {
    if (result.ok) {
      announce(t(direction === "undo" ? "undone" : "redone", { count: result.cueIds.length }));
      const there = result.cueIds.find((id) => session.document.cue(id) !== undefined);
      const { cueId, editing } = selection.get();
      if (there !== undefined && there !== cueId && !editing) {
        dispatch({ kind: "select", cueId: there, focus: false });
      }
      return;
    }
    if (result.reason === "changed") {
      toast.warning(t("changed"), {
        description: t("changedHint"),
        action: { label: t("skip"), onClick: () => session.history.passOver(direction) },
      });
    } else if (result.reason === "nothing") announce(t("nothing"));
    else toast.info(t(result.reason));
  };
}
