"use client";

import { Check, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { useAction } from "@/components/jobs/job-actions";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";
import { changeNote, removeNote } from "@/lib/client/use-notes";
import { useQuantities } from "@/lib/client/use-quantities";
import type { NoteView } from "@/lib/notes/schema";
import { allows } from "@/lib/sharing/roles";
import { formatPreciseClock } from "@/lib/subtitles/time";
import { NoteForm } from "./note-form";
import type { PlacedNote } from "./note-list";

interface NoteItemProps {
  placed: PlacedNote;
  nowMs: number;
  /** The chosen cue is the one it is about. */
  current: boolean;
}

/** One note: who says what about which cue, and what can be done with it. */
export function NoteItem({ placed, nowMs, current }: NoteItemProps) {
  const { note } = placed;
  const t = useTranslations("notes");
  const quantities = useQuantities();
  const [editing, setEditing] = useState(false);
  const { trackId, role } = useEditor().session;
  return (
    <li
      aria-current={current || undefined}
      className={cn(
        "flex flex-col gap-1.5 rounded-base border px-3 py-2",
        current && "border-accent bg-accent-soft",
        note.resolved && !current && "bg-sunken",
      )}
    >
      <div className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <GoTo placed={placed} />
        <span className="min-w-0 truncate font-medium">{note.author?.name ?? t("unknown")}</span>
        <time dateTime={note.at} title={quantities.exactTime(note.at)} className="text-ink-muted">
          {quantities.when(note.at, nowMs)}
          {note.editedAt ? ` · ${t("edited")}` : null}
        </time>
      </div>
      {editing ? (
        <NoteForm
          initial={note.text}
          saveLabel={t("change")}
          onSave={(text) => changeNote(trackId, note.id, { text })}
          onClose={() => setEditing(false)}
        />
      ) : (
        <p className="whitespace-pre-line">{note.text}</p>
      )}
      {note.resolved ? <Resolved resolved={note.resolved} nowMs={nowMs} /> : null}
      {!allows(role, "editor") || editing ? null : (
        <Actions note={note} onEdit={() => setEditing(true)} />
      )}
    </li>
  );
}

/** Shows the cue in the list and on the picture; of one that is gone, its place. */
function GoTo({ placed: { note, startMs, gone } }: { placed: PlacedNote }) {
  const { dispatch, player } = useEditor();
  const t = useTranslations("notes");
  const time = formatPreciseClock(startMs);
  return (
    <>
      <button
        type="button"
        aria-label={t("goTo", { time })}
        onClick={() => {
          if (!gone) dispatch({ kind: "select", cueId: note.cueId, focus: false });
          player.seek(startMs);
        }}
        className="hit-area rounded-base text-accent tabular-nums underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
      >
        {time}
      </button>
      {gone ? <Badge>{t("gone")}</Badge> : null}
    </>
  );
}

function Resolved({
  resolved,
  nowMs,
}: {
  resolved: NonNullable<NoteView["resolved"]>;
  nowMs: number;
}) {
  const t = useTranslations("notes");
  const when = useQuantities().when(resolved.at, nowMs);
  return (
    <p className="flex items-center gap-1 text-sm text-success">
      <Check aria-hidden="true" className="size-3.5" />
      {resolved.by ? t("resolvedBy", { name: resolved.by.name, when }) : t("resolvedAt", { when })}
    </p>
  );
}

function Actions({ note, onEdit }: { note: NoteView; onEdit: () => void }) {
  const { session } = useEditor();
  const t = useTranslations("notes");
  const resolve = useAction(() =>
    changeNote(session.trackId, note.id, { resolved: note.resolved === null }),
  );
  return (
    <div className="-mx-2 flex flex-wrap gap-1">
      <Button size="sm" variant="quiet" pending={resolve.pending} onClick={() => resolve.run()}>
        {resolve.pending ? null : note.resolved ? (
          <RotateCcw aria-hidden="true" />
        ) : (
          <Check aria-hidden="true" />
        )}
        {note.resolved ? t("reopen") : t("resolve")}
      </Button>
      {note.mine ? (
        <Button size="sm" variant="quiet" aria-label={t("editOf")} onClick={onEdit}>
          {t("edit")}
        </Button>
      ) : null}
      {note.mine || session.role === "owner" ? <Remove noteId={note.id} /> : null}
    </div>
  );
}

function Remove({ noteId }: { noteId: string }) {
  const { session } = useEditor();
  const t = useTranslations("notes");
  const [asking, setAsking] = useState(false);
  const remove = useAction(async () => {
    await removeNote(session.trackId, noteId);
    toast.success(t("removed"));
  });
  return (
    <ConfirmDialog
      open={asking}
      onOpenChange={setAsking}
      title={t("removeTitle")}
      description={t("removeDescription")}
      cancelLabel={t("cancel")}
      confirmLabel={t("remove")}
      pending={remove.pending}
      onConfirm={() => remove.run()}
      trigger={
        <Button size="sm" variant="quiet" aria-label={t("removeOf")}>
          {t("remove")}
        </Button>
      }
    />
  );
}
