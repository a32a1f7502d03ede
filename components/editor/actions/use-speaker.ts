"use client";

import { setSpeakers } from "@/lib/subtitles/operations/editing";
import { useEditor } from "../editor-context";
import { chosenIds } from "../selection/selection";
import { useEdits } from "./use-edits";

/** Gives a cue to a speaker, and with it all others that are chosen at the time. */
export function useSpeaker(cueId: string): (speaker: string | null) => void {
  const { session, selection } = useEditor();
  const edits = useEdits();
  return (speaker) => {
    const chosen = new Set(chosenIds(selection.get(), session.document.ids));
    const ids = chosen.has(cueId) ? chosen : new Set([cueId]);
    edits.make((now) => setSpeakers(now.session.document.cues(), ids, speaker));
  };
}
