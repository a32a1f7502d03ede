"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Dispatch, memo, useEffect, useRef, useSyncExternalStore } from "react";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { TrackSession } from "@/lib/client/use-track";
import { plainText } from "@/lib/subtitles/markup";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { CueListAction } from "./cue-list-state";
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
  const { session, active, player, cueId, selected, editing, dispatch, conflicted } = props;
  const t = useTranslations("studio.editor");
  const { document: track } = session;
  const cue = useSyncExternalStore(
    (listener) => track.subscribeCue(cueId, listener),
    () => track.cue(cueId),
    () => track.cue(cueId),
  );
  const current = useSyncExternalStore(
    active.subscribe,
    () => active.has(cueId),
    () => false,
  );
  const button = useRef<HTMLButtonElement>(null);
  const { focusRequest } = props;
  useEffect(() => {
    if (focusRequest > 0) button.current?.focus({ preventScroll: true });
  }, [focusRequest]);

  if (!cue) return null;
  const open = () => dispatch({ kind: "edit", cueId });
  const frame = cn(
    "relative flex items-start gap-2 border-b py-2 pr-1.5 pl-4 pointer-coarse:py-3",
    "before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:transition-colors before:duration-100",
    current ? "bg-accent-soft before:bg-accent" : "has-[button:hover]:bg-hover",
    selected && !current && "bg-sunken",
  );
  const time = (
    <span className="w-18 shrink-0 pt-px text-ink-muted text-sm tabular-nums">
      {formatPreciseClock(cue.startMs)}
    </span>
  );

  if (editing) {
    return (
      <div className={frame}>
        {time}
        <div className="min-w-0 flex-1 pr-2.5">
          <CueTextEditor
            session={session}
            cue={cue}
            profile={props.profile}
            language={props.language}
            onClose={(to) => {
              if (to === "elsewhere") dispatch({ kind: "close", focus: false });
              else if (to === "row" || !props.nextCueId) dispatch({ kind: "close", focus: true });
              else {
                dispatch({ kind: "edit", cueId: props.nextCueId });
                player.seek(track.cue(props.nextCueId)?.startMs ?? player.timeMs);
              }
            }}
          />
        </div>
      </div>
    );
  }

  const text = plainText(cue.text).trim();
  return (
    <div className={frame}>
      <button
        ref={button}
        type="button"
        data-player-keys
        tabIndex={props.tabStop ? 0 : -1}
        aria-current={current ? "true" : undefined}
        onClick={() => {
          if (selected) return open();
          dispatch({ kind: "select", cueId, focus: false });
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
        {time}
        <span
          lang={props.language}
          className={cn("min-w-0 flex-1 whitespace-pre-line", text === "" && "text-ink-faint")}
        >
          {text === "" ? t("emptyText") : text}
          {conflicted ? (
            <span className="block font-medium text-sm text-warning">{t("conflict.here")}</span>
          ) : null}
        </span>
      </button>
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
    </div>
  );
});
