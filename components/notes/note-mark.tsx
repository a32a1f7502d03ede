"use client";

import { MessageSquareText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { useInspectorTab } from "@/components/editor/inspector/inspector";
import { useNotes } from "@/lib/client/use-notes";
import { openNotesOf } from "./note-list";

/** At a row: that its cue has open notes; pressed, it shows them. */
export function NoteMark({ cueId }: { cueId: string }) {
  const { session, dispatch } = useEditor();
  const t = useTranslations("notes");
  const { notes } = useNotes(session.trackId);
  const [, setTab] = useInspectorTab();
  const count = notes ? openNotesOf(notes, cueId) : 0;
  if (count === 0) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t("markOpen", { count })}
      title={t("markOpen", { count })}
      onClick={() => {
        dispatch({ kind: "select", cueId, focus: false });
        setTab("notes");
      }}
      className="hit-area relative z-1 inline-flex h-6 items-center gap-0.5 rounded-base px-1 text-accent text-xs tabular-nums"
    >
      <MessageSquareText aria-hidden="true" className="size-4" />
      {count > 1 ? count : null}
    </button>
  );
}
