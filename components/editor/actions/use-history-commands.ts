"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { toast } from "@/components/ui/toaster";
import type { EditHistory, HistoryResult } from "@/lib/client/edits/history";
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
    // Before the row that has it goes away.
    const focus = Boolean(document.activeElement?.closest("[data-cue-row]"));
    say(direction, await session[direction](), { focus });
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

interface SaidOptions {
  /** The focus is in the list, and goes to the place. */
  focus?: boolean;
  /** The track's that it was done on, when it isn't the open one. */
  history?: EditHistory;
}

/** Says what an undo has done, or why it hasn't, and shows the place. */
export function useResultText() {
  const { session, selection, dispatch } = useEditor();
  const t = useTranslations("editor.history");
  const announce = useAnnounce();
  return (
    direction: "undo" | "redo",
    result: HistoryResult,
    { focus = false, history = session.history }: SaidOptions = {},
  ) => {
    if (result.ok) {
      announce(t(direction === "undo" ? "undone" : "redone", { count: result.cueIds.length }));
      const there = result.cueIds.find((id) => session.document.cue(id) !== undefined);
      const { cueId, editing } = selection.get();
      if (there !== undefined && there !== cueId && !editing) {
        dispatch({ kind: "select", cueId: there, focus });
      }
      return;
    }
    if (result.reason === "changed") {
      toast.warning(t("changed"), {
        description: t("changedHint"),
        action: { label: t("skip"), onClick: () => history.passOver(direction) },
      });
    } else if (result.reason === "nothing") announce(t("nothing"));
    else toast.info(t(result.reason));
  };
}
