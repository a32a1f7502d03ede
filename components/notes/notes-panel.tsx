"use client";

import { MessageSquareText, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useEditor, useSelection } from "@/components/editor/editor-context";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import { Button } from "@/components/ui/button";
import { RequestError } from "@/components/ui/request-error";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { toast } from "@/components/ui/toaster";
import { addNote, useNotes } from "@/lib/client/use-notes";
import { useNow } from "@/lib/client/use-quantities";
import type { NoteView } from "@/lib/notes/schema";
import { allows } from "@/lib/sharing/roles";
import { NoteForm } from "./note-form";
import { NoteItem } from "./note-item";
import { type NoteFilter, noteFilters, placedNotes } from "./note-list";
import { noteRequest } from "./note-request";

/** What people remark on the cues of the open track. */
export function NotesPanel() {
  const { session } = useEditor();
  const t = useTranslations("notes");
  const { notes, error, reload } = useNotes(session.trackId);
  const [filter, setFilter] = useState<NoteFilter>("open");
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented
          label={t("filter")}
          name="notes-filter"
          segments={noteFilters.map((value) => ({ value, label: t(value) }))}
          value={filter}
          onValueChange={setFilter}
        />
        <AddNote />
      </div>
      {notes ? (
        <Notes notes={notes} filter={filter} />
      ) : error ? (
        <RequestError error={error} title={t("loadFailed")} onRetry={reload} className="py-8" />
      ) : (
        <div aria-hidden="true" className="flex flex-col gap-2">
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </div>
      )}
    </div>
  );
}

function Notes({ notes, filter }: { notes: readonly NoteView[]; filter: NoteFilter }) {
  const { session } = useEditor();
  const t = useTranslations("notes");
  const nowMs = useNow(60_000);
  const chosen = useSelection(({ cueId }) => cueId);
  const placed = placedNotes(notes, filter, (id) => session.document.cue(id)?.startMs);
  if (placed.length === 0) {
    const title =
      notes.length === 0 || filter === "all"
        ? t("none")
        : filter === "open"
          ? t("noneOpen")
          : t("noneResolved");
    return (
      <EmptyState
        icon={MessageSquareText}
        title={title}
        {...(notes.length === 0 && { description: t("noneHint") })}
        className="py-8"
      />
    );
  }
  return (
    <ul aria-label={t("title")} className="flex flex-col gap-2">
      {placed.map((each) => (
        <NoteItem
          key={each.note.id}
          placed={each}
          nowMs={nowMs}
          current={each.note.cueId === chosen}
        />
      ))}
    </ul>
  );
}

/** A note on the chosen cue, by button or key. */
function AddNote() {
  const { session } = useEditor();
  const t = useTranslations("notes");
  const chosen = useSelection(({ cueId }) => cueId);
  const [cueId, setCueId] = useState<string | null>(null);
  useEffect(() => {
    const look = () => {
      if (chosen !== null && noteRequest.take()) setCueId(chosen);
    };
    look();
    return noteRequest.subscribe(look);
  }, [chosen]);
  if (!allows(session.role, "editor"))
    return <p className="text-ink-muted text-sm">{t("readOnly")}</p>;
  if (cueId === null) {
    return (
      <Button
        size="sm"
        disabled={chosen === null}
        title={chosen === null ? t("addHint") : undefined}
        onClick={() => setCueId(chosen)}
      >
        <Plus aria-hidden="true" />
        {t("add")}
        <CommandKeys id="notes.add" />
      </Button>
    );
  }
  return (
    <div className="w-full">
      <NoteForm
        saveLabel={t("save")}
        onSave={async (text) => {
          const startMs = session.document.cue(cueId)?.startMs ?? 0;
          await addNote(session.trackId, { cueId, startMs, text });
          toast.success(t("added"));
        }}
        onClose={() => setCueId(null)}
      />
    </div>
  );
}
