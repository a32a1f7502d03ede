"use client";

import { Pencil, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { NoteMark } from "@/components/notes/note-mark";
import { StaleMark } from "@/components/side-by-side/stale-mark";
import { CueSpeakerMenu } from "@/components/speakers/cue-speaker";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { Cue } from "@/lib/subtitles/model";
import { useSpeaker } from "../actions/use-speaker";
import { useEditor } from "../editor-context";
import { RowPeople } from "./row-people";

interface RowMarksProps {
  cue: Cue;
  selected: boolean;
}

/** What there is to know and to do about one cue, at the end of its row. */
export function RowMarks({ cue, selected }: RowMarksProps) {
  const { dispatch, readOnly } = useEditor();
  const t = useTranslations("editor.list");
  const conflicted = useConflicted(cue.id);
  return (
    <span className="hit-row flex shrink-0 items-center">
      {conflicted ? (
        <span className="relative z-1 text-warning" title={t("conflicted")}>
          <TriangleAlert aria-hidden="true" className="size-4" />
          <span className="sr-only">{t("conflicted")}</span>
        </span>
      ) : null}
      <StaleMark cueId={cue.id} />
      <RowPeople cueId={cue.id} />
      <NoteMark cueId={cue.id} />
      {selected && !readOnly ? <RowSpeaker cue={cue} /> : null}
      {readOnly ? null : (
        <IconButton
          label={t("edit")}
          size="sm"
          tabIndex={-1}
          onClick={() => dispatch({ kind: "edit", cueId: cue.id })}
          className={cn(
            "relative z-1 opacity-0 transition-opacity focus-visible:opacity-100 [div:hover>*>&]:opacity-100",
            selected && "opacity-100",
          )}
        >
          <Pencil aria-hidden="true" />
        </IconButton>
      )}
    </span>
  );
}

/** Somebody else has changed it, too, and the person has to choose. */
function useConflicted(cueId: string): boolean {
  const { queue } = useEditor().session;
  return useSyncExternalStore(
    queue.subscribe,
    () => queue.getState().conflicts.some((conflict) => conflict.cueId === cueId),
    () => false,
  );
}

function RowSpeaker({ cue }: { cue: Cue }) {
  const { session } = useEditor();
  const choose = useSpeaker(cue.id);
  return <CueSpeakerMenu session={session} cue={cue} onChoose={choose} className="relative z-1" />;
}
