"use client";

import { useTranslations } from "next-intl";
import {
  type FocusEvent,
  type MouseEvent,
  memo,
  useEffect,
  useRef,
  useSyncExternalStore,
} from "react";
import { WithSource } from "@/components/side-by-side/source-cell";
import { CueSpeaker } from "@/components/speakers/cue-speaker";
import { cn } from "@/components/ui/cn";
import { afterPaint } from "@/lib/client/after-paint";
import { useCue } from "@/lib/client/use-track";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { formatPreciseClock } from "@/lib/subtitles/time";
import { useEditor, useSelection } from "../editor-context";
import { useFinder } from "../find/find-context";
import { marked } from "../find/match-list";
import { CueTextField } from "./cue-text-field";
import { CueTimes } from "./cue-times";
import { RowFigures } from "./row-figures";
import { RowMarks } from "./row-marks";

interface CueRowProps {
  cueId: string;
  /** Its place in the list, from 0. */
  index: number;
}

/** One cue: press it to go there, press it again (or Enter) to write. */
export const CueRow = memo(function CueRow({ cueId, index }: CueRowProps) {
  const { session, active } = useEditor();
  const cue = useCue(session, cueId);
  const current = useSyncExternalStore(
    active.subscribe,
    () => active.has(cueId),
    () => false,
  );
  const selected = useSelection((selection) => selection.cueId === cueId);
  const ranged = useSelection(({ range }) => range.has(cueId));
  const editing = useSelection((selection) => selection.cueId === cueId && selection.editing);
  if (!cue) return null;
  return (
    <div
      data-cue-row={cueId}
      className={cn(
        "relative flex items-start gap-2 border-b py-1 pr-1.5 pl-2 pointer-coarse:py-2.5",
        "before:absolute before:inset-y-0 before:left-0 before:w-[3px]",
        current ? "bg-accent-soft before:bg-accent" : "has-[button:hover]:bg-hover",
        (selected || ranged) && !current && "bg-sunken",
        ranged && "before:bg-accent",
      )}
    >
      {editing ? (
        <Writing cue={cue} index={index} />
      ) : (
        <Reading cue={cue} index={index} current={current} selected={selected} ranged={ranged} />
      )}
    </div>
  );
});

const numberStyle = "w-9 shrink-0 text-right text-ink-faint text-xs leading-5 tabular-nums";

/** Apart from its row, which is marked anew whenever the video comes to it. */
const Writing = memo(function Writing({ cue, index }: { cue: Cue; index: number }) {
  const { session, player, selection, dispatch } = useEditor();
  const row = useRef<HTMLDivElement>(null);
  const onClose = (to: "next" | "row") => {
    const { ids } = session.document;
    const next = to === "next" ? ids[ids.indexOf(cue.id) + 1] : undefined;
    if (next === undefined) return dispatch({ kind: "close", focus: true });
    dispatch({ kind: "edit", cueId: next });
    afterPaint(() => player.seek(session.document.cue(next)?.startMs ?? player.timeMs));
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    const inside = row.current?.contains(relatedTarget ?? document.activeElement);
    // The window lost the focus, not the row: the person comes back to it. And where another text
    // is open by now, this one was left for it.
    if (!inside && selection.get().cueId === cue.id) dispatch({ kind: "close", focus: false });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the fields inside are the controls
    <div ref={row} onBlur={onBlur} className="flex min-w-0 flex-1 items-start gap-2 py-1">
      <span className={numberStyle}>{index + 1}</span>
      <CueTimes cue={cue} className="flex w-23 shrink-0 flex-col gap-1" />
      <WithSource cue={cue} as="div">
        <div className="min-w-0 flex-1 pr-1">
          <CueTextField cue={cue} onClose={onClose} />
        </div>
      </WithSource>
    </div>
  );
});

interface ReadingProps {
  cue: Cue;
  index: number;
  current: boolean;
  selected: boolean;
  ranged: boolean;
}

function Reading({ cue, index, current, selected, ranged }: ReadingProps) {
  const t = useTranslations("editor.list");
  const press = usePress(cue);
  const button = useFocusRequest(cue.id);
  const tabStop = useSelection(({ cueId }) => cueId === cue.id || (cueId === null && index === 0));
  return (
    <>
      <button
        ref={button}
        type="button"
        data-player-keys
        tabIndex={tabStop ? 0 : -1}
        aria-current={current ? "true" : undefined}
        onClick={press}
        // Space plays and Enter opens; the browser would press the button, too.
        onKeyUp={(event) => event.key === " " && event.preventDefault()}
        className="flex min-w-0 flex-1 items-start gap-2 rounded-base text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
      >
        <span className={numberStyle}>{index + 1}</span>
        <Times cue={cue} />
        <WithSource cue={cue}>
          <CueWords cue={cue} />
        </WithSource>
        {selected || ranged ? <span className="sr-only">{t("chosen")}</span> : null}
      </button>
      <RowFigures cue={cue} />
      <RowMarks cue={cue} selected={selected} />
    </>
  );
}

/** Goes there; the second time it opens. With Shift and Ctrl several are chosen. */
function usePress(cue: Cue) {
  const { session, selection, dispatch, player, readOnly } = useEditor();
  return (event: MouseEvent) => {
    const { cueId, range } = selection.get();
    const focus = false;
    if (event.shiftKey) {
      return dispatch({ kind: "extend", cueId: cue.id, ids: session.document.ids, focus });
    }
    if (event.ctrlKey || event.metaKey) return dispatch({ kind: "toggle", cueId: cue.id });
    if (cueId === cue.id && range.size === 0 && !readOnly) {
      return dispatch({ kind: "edit", cueId: cue.id });
    }
    dispatch({ kind: "select", cueId: cue.id, focus });
    player.seek(cue.startMs);
  };
}

/** The row takes the focus when a key has chosen it. */
function useFocusRequest(cueId: string) {
  const button = useRef<HTMLButtonElement>(null);
  const request = useSelection((selection) =>
    selection.cueId === cueId ? selection.focusRequest : 0,
  );
  useEffect(() => {
    if (request > 0) button.current?.focus({ preventScroll: true });
  }, [request]);
  return button;
}

function Times({ cue }: { cue: Cue }) {
  return (
    <span className="flex w-19 shrink-0 flex-col text-ink-muted text-sm tabular-nums leading-5">
      <span>{formatPreciseClock(cue.startMs)}</span>
      <span className="text-ink-faint">{formatPreciseClock(cue.endMs)}</span>
    </span>
  );
}

function CueWords({ cue }: { cue: Cue }) {
  const { language } = useEditor();
  const t = useTranslations("editor.list");
  const plain = plainText(cue.text).trim();
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <CueSpeaker speaker={cue.speaker} />
      <span
        lang={cue.language ?? language}
        className={cn("whitespace-pre-line leading-5", plain === "" && "text-ink-faint")}
      >
        {plain === "" ? t("emptyText") : <FoundWords text={plain} />}
      </span>
    </span>
  );
}

/** A text with what is looked for marked in it. */
function FoundWords({ text }: { text: string }) {
  const finder = useFinder();
  return finder ? marked(text, finder.find(text)) : text;
}
