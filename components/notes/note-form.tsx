"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useAction } from "@/components/jobs/job-actions";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/input";
import { maxNoteText } from "@/lib/notes/limits";

interface NoteFormProps {
  initial?: string;
  saveLabel: string;
  /** Over when it is stored; the form stays open with its text when it fails. */
  onSave: (text: string) => Promise<void>;
  onClose: () => void;
}

/** Writes a note: Ctrl or Command with Enter stores it, Escape leaves it. */
export function NoteForm({ initial = "", saveLabel, onSave, onClose }: NoteFormProps) {
  const t = useTranslations("notes");
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(initial);
  const save = useAction(async () => {
    await onSave(text.trim());
    onClose();
  });
  useEffect(() => field.current?.focus(), []);
  const empty = text.trim() === "";
  const onKeyDown = (event: KeyboardEvent) => {
    // Within a composition the keys are the input method's.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onClose();
    else if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    else if (!empty) save.run();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) save.run();
      }}
      className="flex flex-col gap-2"
    >
      <label htmlFor={id} className="sr-only">
        {t("text")}
      </label>
      <Textarea
        id={id}
        ref={field}
        value={text}
        placeholder={t("placeholder")}
        maxLength={maxNoteText}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        rows={3}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={empty} pending={save.pending}>
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}
