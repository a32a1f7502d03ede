"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "@/components/ui/toaster";
import type { Edited, Making } from "@/lib/subtitles/operations/editing";
import { type Editor, useEditor } from "../editor-context";
import { useAnnounce } from "./announcer";

interface EditOptions {
  /** Said to screen readers when it is done. */
  said?: string;
  /** Undone together with what has this name, too. */
  group?: string;
  /** Told when it changes nothing, where a person would wonder why. */
  unchanged?: string;
  /** Nobody needs to be told that there was nothing to do. */
  quiet?: boolean;
}

export interface Edits {
  /** Makes an edit of the track as it is now; says why when it can't be made. */
  make: (edit: (editor: Editor) => Edited, options?: EditOptions) => boolean;
}

/** What edits of an editor's cues are made by. */
export const makingOf = ({ profile, language, fps }: Editor): Making => ({
  profile,
  language,
  ...(fps !== null && { fps }),
});

/** One way for commands, menus and fields to change cues. */
export function useEdits(): Edits {
  const editor = useEditor();
  const t = useTranslations("editor.refusals");
  const announce = useAnnounce();
  return useMemo(
    () => ({
      make: (edit, { said, group, unchanged, quiet = false } = {}) => {
        if (editor.readOnly) {
          toast.info(t("read_only"));
          return false;
        }
        editor.writing.commit();
        const edited = edit(editor);
        if (!edited.ok) {
          const why = edited.reason === "unchanged" ? unchanged : t(edited.reason);
          if (!quiet && why !== undefined) toast.info(why);
          return false;
        }
        const done = editor.session.edit(edited.operation, {
          carry: editor.carry,
          ...(group && { group }),
        });
        if (!done) toast.info(t("cue_not_found"));
        else if (said) announce(said);
        return done;
      },
    }),
    [editor, t, announce],
  );
}
