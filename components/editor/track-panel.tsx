"use client";

import { Crosshair, LocateFixed } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useReducer,
  useState,
  useSyncExternalStore,
} from "react";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import { SpeakersButton } from "@/components/speakers/speakers-button";
import { SpeakersProvider } from "@/components/speakers/speakers-context";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { TrackSession } from "@/lib/client/use-track";
import { ruleProfile } from "@/lib/subtitles/rules";
import { ConflictDialog } from "./conflict-dialog";
import { CueList } from "./cue-list";
import { type CueListAction, cueListReducer, listStateAt } from "./cue-list-state";
import { type FollowMode, nextFollow } from "./follow";
import { SaveStatus } from "./save-status";

interface TrackPanelProps {
  session: TrackSession;
  videoId: string;
  active: ActiveCues;
  player: Player;
  language: string;
  /** The track may have changed beyond what this page has seen. */
  onStale: () => void;
  /** The cue, or else the time in ms, that the address asks for. */
  openAt?: { cueId: string | null; ms: number | null };
}

/** The cues beside the video: follow, press, write. */
export function TrackPanel(props: TrackPanelProps) {
  return (
    <SpeakersProvider videoId={props.videoId}>
      <Panel {...props} />
    </SpeakersProvider>
  );
}

function Panel({ session, active, player, language, onStale, openAt }: TrackPanelProps) {
  const t = useTranslations("studio.editor");
  const { queue, document: track } = session;
  const { conflicts } = useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
  const [state, reduce] = useReducer(cueListReducer, openAt?.cueId ?? null, listStateAt);
  const [follow, setFollow] = useState<FollowMode>("on");
  const dispatch = useCallback((action: CueListAction) => {
    reduce(action);
    // Whoever goes to a cue wants to see what comes after it.
    if (action.kind === "select") setFollow((mode) => nextFollow(mode, "returned"));
  }, []);
  const openedAt = useEffectEvent(() => {
    const cue = openAt?.cueId ? track.cue(openAt.cueId) : undefined;
    const ms = cue?.startMs ?? openAt?.ms ?? null;
    if (ms !== null) player.seek(ms);
  });
  useEffect(() => openedAt(), []);
  const [asking, setAsking] = useState(false);
  const conflict = conflicts[0];

  // Asks at once, but never into somebody's typing.
  const conflictCount = conflicts.length;
  const { editing } = state;
  useEffect(() => {
    if (conflictCount > 0 && !editing) setAsking(true);
  }, [conflictCount, editing]);

  const keep = async (choice: "mine" | "theirs") => {
    if (!conflict) return;
    await queue.resolve(conflict.cueId, choice);
    onStale();
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 border-b py-1 pr-2 pl-4">
        <SaveStatus queue={queue} onConflicts={() => setAsking(true)} />
        <div className="flex items-center gap-1">
          <SpeakersButton session={session} player={player} />
          <Button
            size="sm"
            variant="quiet"
            aria-pressed={follow === "on"}
            onClick={() => setFollow(nextFollow(follow, "switched"))}
            className={cn(follow === "on" && "text-accent not-disabled:hover:text-accent")}
          >
            {follow === "on" ? (
              <LocateFixed aria-hidden="true" />
            ) : (
              <Crosshair aria-hidden="true" />
            )}
            {t("follow")}
          </Button>
        </div>
      </div>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <CueList
          session={session}
          active={active}
          player={player}
          profile={ruleProfile(language, { sameLanguage: true })}
          language={language}
          state={state}
          dispatch={dispatch}
          follow={follow}
          onFollow={(event) => setFollow((mode) => nextFollow(mode, event))}
          conflictedIds={new Set(conflicts.map((open) => open.cueId))}
        />
        {follow === "paused" ? (
          <Button
            size="sm"
            className="absolute bottom-3 left-1/2 z-10 -translate-x-1/2 shadow-popup"
            onClick={() => setFollow(nextFollow(follow, "returned"))}
          >
            <LocateFixed aria-hidden="true" />
            {t("backToCurrent")}
          </Button>
        ) : null}
      </div>
      <ConflictDialog
        conflict={conflict}
        startMs={track.cue(conflict?.cueId ?? "")?.startMs ?? 0}
        language={language}
        open={asking}
        onOpenChange={setAsking}
        onKeep={(choice) => void keep(choice)}
      />
    </div>
  );
}
