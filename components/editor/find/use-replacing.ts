"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toaster";
import type { TrackSession } from "@/lib/client/edits/track-session";
import { openSession } from "@/lib/client/open-sessions";
import { replaceMatches } from "@/lib/subtitles/search";
import { useAnnounce } from "../actions/announcer";
import { useResultText } from "../actions/use-history-commands";
import { useEditor } from "../editor-context";
import { type FindState, type Place, placeKey, searchOf } from "./find-state";
import type { SearchedTrack } from "./use-matches";

/** Replaces one match, or all that aren't left out: one step to undo in each language. */
export function useReplacing(state: FindState) {
  const { session, writing, readOnly } = useEditor();
  const t = useTranslations("editor.find");
  const done = useTranslations("editor.done");
  const announce = useAnnounce();
  const takingBack = useTakingBack();

  const targetOf = ({ view }: SearchedTrack) => (view ? openSession(view) : session);
  const replaceIn = (track: SearchedTrack, choose: (cueId: string, match: number) => boolean) => {
    const target = targetOf(track);
    if (track.view) target.queue.adopt(track.view);
    const replaced = replaceMatches({
      cues: target.document.cues(),
      search: searchOf(state),
      template: state.template,
      choose,
    });
    if (!replaced.ok || !replaced.operation || !target.edit(replaced.operation)) return 0;
    if (replaced.tooLong.length > 0) toast.info(t("tooLong", { count: replaced.tooLong.length }));
    return replaced.count;
  };
  return {
    readOnly,
    replaceOne: (tracks: readonly SearchedTrack[], place: Place): boolean => {
      writing.commit();
      const track = tracks.find(({ id }) => id === place.trackId);
      const count = track
        ? replaceIn(track, (cueId, match) => cueId === place.cueId && match === place.match)
        : 0;
      if (count > 0) announce(done("replaced", { count }));
      return count > 0;
    },
    replaceAll: (tracks: readonly SearchedTrack[], leftOut: ReadonlySet<string>): void => {
      writing.commit();
      let count = 0;
      const steps: ReplacedStep[] = [];
      for (const track of tracks) {
        const wanted = (cueId: string, match: number) =>
          !leftOut.has(placeKey({ trackId: track.id, cueId, match }));
        const target = targetOf(track);
        const before = target.history.openGroup;
        count += replaceIn(track, wanted);
        const groupId = target.history.openGroup;
        if (groupId !== undefined && groupId !== before) steps.push({ target, groupId });
      }
      toast.success(done("replaced", { count }), {
        ...(steps.length > 0 && {
          action: { label: t("undo"), onClick: () => void takingBack(steps) },
        }),
      });
    },
  };
}

/** What was replaced in one language: a step there. */
interface ReplacedStep {
  target: TrackSession;
  groupId: string;
}

/** Takes steps back that are still the last ones of their languages. */
function useTakingBack() {
  const { writing } = useEditor();
  const t = useTranslations("editor.find");
  const say = useResultText();
  return async (steps: readonly ReplacedStep[]): Promise<void> => {
    writing.commit();
    for (const { target, groupId } of steps) {
      const { history } = target;
      // Another step must not go in its stead.
      if (history.openGroup === groupId) say("undo", await target.undo(), { history });
      else toast.info(t("notLast"));
    }
  };
}
