"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useAnnounce } from "@/components/editor/actions/announcer";
import { useEdits } from "@/components/editor/actions/use-edits";
import { useEditor } from "@/components/editor/editor-context";
import { placesOf } from "@/components/editor/list/places";
import { chosenIds } from "@/components/editor/selection/selection";
import type { Cue } from "@/lib/subtitles/model";
import { pairOf } from "./pairs";
import { useSideBySide } from "./side-by-side-context";
import { acceptSource, copySource } from "./source-edits";
import { stepToStale } from "./stale-cues";

/** What can be done with what stands beside the chosen cues. */
export function useSourceActions() {
  const { session, selection, player, writing, dispatch } = useEditor();
  const { source, stale, beside } = useSideBySide();
  const edits = useEdits();
  const announce = useAnnounce();
  const t = useTranslations("sidebyside");
  return useMemo(() => {
    const { document } = session;
    const cuesOf = (ids: readonly string[]): Cue[] => ids.flatMap((id) => document.cue(id) ?? []);
    const chosen = () => chosenIds(selection.get(), document.ids);
    const other = source ?? beside;
    return {
      chosen,
      /** Keeps translations though their source has changed; left out: those of the chosen cues. */
      accept: (ids: readonly string[] = chosen()) => {
        const waiting = ids.filter((id) => stale?.has(id));
        const said = t("accepted", { count: waiting.length });
        return edits.make(
          () => acceptSource(cuesOf(waiting), (id) => source?.document.cue(id)?.text),
          { said },
        );
      },
      /** Puts the text beside them into the chosen cues. */
      copy: () => {
        if (!other) return false;
        const ids = chosen();
        const said = t("copied", { count: ids.length });
        return edits.make(() => copySource(cuesOf(ids), (cue) => pairOf(cue, other.document)), {
          said,
        });
      },
      step: (step: 1 | -1) => {
        const { cueId } = selection.get();
        const next = stepToStale(stale?.ids() ?? [], cueId, step, placesOf(document.ids));
        const cue = next === undefined ? undefined : document.cue(next);
        if (!cue) return;
        writing.commit();
        dispatch({ kind: "select", cueId: cue.id, focus: false });
        player.seek(cue.startMs);
        announce(t("stale"));
      },
    };
  }, [session, selection, player, writing, dispatch, source, stale, beside, edits, announce, t]);
}
