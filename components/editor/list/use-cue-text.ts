"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { toast } from "@/components/ui/toaster";
import { newId } from "@/lib/ids";
import type { Cue } from "@/lib/subtitles/model";
import { useEditor } from "../editor-context";
import { CueText } from "./cue-text";

/** Ties a cue's text to its field while that is on the page. */
export function useCueText(
  cue: Cue,
  field: RefObject<HTMLTextAreaElement | null>,
): RefObject<CueText | null> {
  const { session, writing } = useEditor();
  const t = useTranslations("editor.text");
  const text = useRef<CueText | null>(null);
  const onLost = useEffectEvent((gone: Cue, written: string) => {
    const putIn = () => {
      const again = { ...gone, id: newId(), text: written };
      session.edit({ kind: "insertCue", cue: again });
    };
    toast.warning(t("gone"), {
      duration: Number.POSITIVE_INFINITY,
      action: { label: t("putIn"), onClick: putIn },
    });
  });
  const opened = useEffectEvent(() => cue);
  const { id } = cue;

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    const written = new CueText({
      session,
      cue: opened(),
      field: element,
      onLost: (gone, lost) => onLost(gone, lost),
    });
    text.current = written;
    const stops = [
      session.document.subscribeCue(id, written.changed),
      writing.begin({ cueId: id, commit: written.commit, caret: () => written.caret }),
    ];
    const onHidden = () => document.visibilityState === "hidden" && written.commit();
    document.addEventListener("visibilitychange", onHidden);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      for (const stop of stops) stop();
      written.end();
    };
  }, [field, session, writing, id]);
  return text;
}
