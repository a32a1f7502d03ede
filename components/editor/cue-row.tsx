"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Dispatch, memo, useEffect, useRef, useSyncExternalStore } from "react";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import { CueSpeaker, CueSpeakerMenu } from "@/components/speakers/cue-speaker";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { TrackSession } from "@/lib/client/use-track";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { CueListAction } from "./cue-list-state";
import { CueOrigin } from "./cue-origin";
import { CueTextEditor } from "./cue-text-editor";

interface CueRowProps {
  session: TrackSession;
  active: ActiveCues;
  player: Player;
  profile: RuleProfile;
  language: string;
  cueId: string;
  nextCueId: string | undefined;
  selected: boolean;
  /** The one row that the Tab key reaches. */
  tabStop: boolean;
  editing: boolean;
  /** Changes when the row must take the focus; 0 for a row that needn't. */
  focusRequest: number;
  conflicted: boolean;
  dispatch: Dispatch<CueListAction>;
}

/** One cue: press it to go there, press it again (or Enter) to write. */
export const CueRow = memo(function CueRow(props: CueRowProps) {
  const { session, active, cueId, selected, editing } = props;
  const cue = useSyncExternalStore(
    (listener) => session.document.subscribeCue(cueId, listener),
    () => session.document.cue(cueId),
    () => session.document.cue(cueId),
  );
  const current = useSyncExternalStore(
    active.subscribe,
    () => active.has(cueId),
    () => false,
  );
  if (!cue) return null;
  return (
    <div
      className={cn(
        "relative flex items-start gap-2 border-b py-2 pr-1.5 pl-4 pointer-coarse:py-3",
        "before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:transition-colors before:duration-100",
        current ? "bg-accent-soft before:bg-accent" : "has-[button:hover]:bg-hover",
        selected && !current && "bg-sunken",
      )}
    >
      {editing ? (
        <Writing {...props} cue={cue} />
      ) : (
        <Reading {...props} cue={cue} current={current} />
      )}
    </div>
  );
});

function StartTime({ startMs }: Pick<Cue, "startMs">) {
  return (
    <span className="w-18 shrink-0 pt-px text-ink-muted text-sm tabular-nums">
      {formatPreciseClock(startMs)}
    </span>
  );
}

function Writing(props: CueRowProps & { cue: Cue }) {
  const { session, player, profile, language, cue, nextCueId, dispatch } = props;
  const onClose = (to: "next" | "row" | "elsewhere") => {
    if (to !== "next" || !nextCueId) return dispatch({ kind: "close", focus: to !== "elsewhere" });
    dispatch({ kind: "edit", cueId: nextCueId });
    player.seek(session.document.cue(nextCueId)?.startMs ?? player.timeMs);
  };
  return (
    <>
      <StartTime startMs={cue.startMs} />
      <div className="min-w-0 flex-1 pr-2.5">
        <CueTextEditor
          session={session}
          cue={cue}
          profile={profile}
          language={language}
          onClose={onClose}
        />
      </div>
    </>
  );
}

function Reading(props: CueRowProps & { cue: Cue; current: boolean }) {
  const { player, cue, current, selected, tabStop, focusRequest, dispatch } = props;
  const t = useTranslations("studio.editor");
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focusRequest > 0) button.current?.focus({ preventScroll: true });
  }, [focusRequest]);
  const open = () => dispatch({ kind: "edit", cueId: cue.id });
  return (
    <>
      <button
        ref={button}
        type="button"
        data-player-keys
        tabIndex={tabStop ? 0 : -1}
        aria-current={current ? "true" : undefined}
        onClick={() => {
          if (selected) return open();
          dispatch({ kind: "select", cueId: cue.id, focus: false });
          player.seek(cue.startMs);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          open();
        }}
        // Space plays; the browser would press the button when the key goes up.
        onKeyUp={(event) => event.key === " " && event.preventDefault()}
        className="flex min-w-0 flex-1 items-start gap-2 rounded-base text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
      >
        <StartTime startMs={cue.startMs} />
        <CueText cue={cue} language={props.language} conflicted={props.conflicted} />
      </button>
      {selected ? (
        <>
          <CueSpeakerMenu session={props.session} cue={cue} className="relative z-1 -my-1" />
          <CueOrigin
            trackId={props.session.trackId}
            cueId={cue.id}
            className="relative z-1 -my-1"
          />
        </>
      ) : null}
      <IconButton
        label={t("edit")}
        size="sm"
        tabIndex={-1}
        onClick={open}
        className={cn(
          "relative z-1 -my-1 opacity-0 transition-opacity focus-visible:opacity-100 [div:hover>&]:opacity-100",
          selected && "opacity-100",
        )}
      >
        <Pencil aria-hidden="true" />
      </IconButton>
    </>
  );
}

interface CueTextProps {
  cue: Cue;
  language: string;
  conflicted: boolean;
}

function CueText({ cue, language, conflicted }: CueTextProps) {
  const t = useTranslations("studio.editor");
  const plain = plainText(cue.text).trim();
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <CueSpeaker speaker={cue.speaker} />
      <span lang={language} className={cn("whitespace-pre-line", plain === "" && "text-ink-faint")}>
        {plain === "" ? t("emptyText") : plain}
      </span>
      {conflicted ? (
        <span className="font-medium text-sm text-warning">{t("conflict.here")}</span>
      ) : null}
    </span>
  );
}
