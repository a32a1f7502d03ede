"use client";

import { Maximize2, Plus, Repeat, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { makingOf, useEdits } from "@/components/editor/actions/use-edits";
import { useEditor } from "@/components/editor/editor-context";
import { CommandKeys, useAriaKeys } from "@/components/editor/keys/command-keys";
import type { CommandId } from "@/components/editor/keys/command-table";
import { useCommand, useCommandState, useRunCommand } from "@/components/editor/keys/keys-context";
import { frameAt } from "@/components/player/frame-times";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import { newId } from "@/lib/ids";
import { insertCue } from "@/lib/subtitles/operations/editing";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { TimelineController } from "./controller";
import { prerolls, useIsLooping, usePreroll } from "./use-loop";
import { fitted, inSight, xOf, zoomed } from "./view";

/** How much closer a press of a button looks. */
const zoomStep = 1.6;

/** What the timeline shows and repeats, above it. Fingers have their own ways. */
export function TimelineTools({ timeline }: { timeline: TimelineController }) {
  const t = useTranslations("timeline");
  useZoomCommands(timeline);
  return (
    <div
      role="toolbar"
      aria-label={t("label")}
      className="hit-row flex min-h-9 shrink-0 items-center gap-0.5 border-b px-2 max-lg:hidden"
    >
      <PreciseTime />
      <div className="ml-2 flex items-center gap-0.5">
        <AddHere />
        <Loop />
      </div>
      <div className="ml-auto flex items-center gap-0.5">
        <ToolButton
          id="view.timeline-out"
          label={t("zoomOut")}
          icon={<ZoomOut aria-hidden="true" />}
        />
        <ToolButton
          id="view.timeline-in"
          label={t("zoomIn")}
          icon={<ZoomIn aria-hidden="true" />}
        />
        <ToolButton
          id="view.timeline-fit"
          label={t("fit")}
          icon={<Maximize2 aria-hidden="true" />}
        />
      </div>
    </div>
  );
}

function useZoomCommands(timeline: TimelineController): void {
  const zoom = (factor: number) => {
    const { view } = timeline;
    const { timeMs } = timeline.parts.player;
    // Around the playhead where it is in sight: that is what is looked at.
    const x = inSight(view, timeMs) ? xOf(view, timeMs) : view.widthPx / 2;
    timeline.setView(zoomed(view, factor, x), { byPerson: true });
  };
  useCommand("view.timeline-in", () => zoom(zoomStep));
  useCommand("view.timeline-out", () => zoom(1 / zoomStep));
  useCommand("view.timeline-fit", () => timeline.setView(fitted(timeline.view)));
}

interface ToolButtonProps {
  id: CommandId;
  label: string;
  icon: React.ReactNode;
  pressed?: boolean;
}

function ToolButton({ id, label, icon, pressed }: ToolButtonProps) {
  const run = useRunCommand();
  const keys = useAriaKeys(id);
  const { can } = useCommandState(id);
  return (
    <Tooltip
      content={
        <>
          {label}
          <CommandKeys id={id} className="border-canvas/25 bg-transparent text-canvas" />
        </>
      }
    >
      <IconButton
        size="sm"
        label={label}
        aria-keyshortcuts={keys}
        aria-pressed={pressed}
        disabled={!can}
        onClick={() => run(id)}
        className={cn(pressed && "text-accent not-disabled:hover:text-accent")}
      >
        {icon}
      </IconButton>
    </Tooltip>
  );
}

/** Where the playhead is, to the ms and the frame. Written by hand: it changes with each frame. */
function PreciseTime() {
  const { player, fps } = useEditor();
  const t = useTranslations("timeline");
  const time = useRef<HTMLSpanElement>(null);
  const frame = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      player.onTime((ms) => {
        if (time.current) time.current.textContent = formatPreciseClock(ms);
        if (!frame.current || fps === null) return;
        frame.current.textContent = t("frame", { frame: frameAt(ms + 0.5, fps) });
      }),
    [player, fps, t],
  );
  return (
    <p className="flex items-baseline gap-2 pl-1 text-sm tabular-nums">
      <span className="sr-only">{t("now")}</span>
      <span ref={time} className="min-w-20 font-medium" />
      {fps === null ? null : <span ref={frame} className="min-w-28 text-ink-muted max-xl:hidden" />}
    </p>
  );
}

/** A new cue where the playhead is. */
function AddHere() {
  const { player, video, readOnly, dispatch } = useEditor();
  const t = useTranslations("timeline");
  const edits = useEdits();
  const add = () => {
    const id = newId();
    const { durationMs } = video;
    const done = edits.make(
      (now) =>
        insertCue({
          ...makingOf(now),
          ...{ cues: now.session.document.cues(), place: { atMs: player.timeMs }, id },
          ...(durationMs !== null && { durationMs }),
        }),
      { said: t("added") },
    );
    if (done) dispatch({ kind: "edit", cueId: id });
  };
  return (
    <Button size="sm" variant="quiet" disabled={readOnly} onClick={add}>
      <Plus aria-hidden="true" />
      {t("add")}
    </Button>
  );
}

function Loop() {
  const t = useTranslations("timeline");
  const looping = useIsLooping();
  const [preroll, setPreroll] = usePreroll();
  return (
    <>
      <ToolButton
        id="play.loop-cue"
        label={t("loop")}
        pressed={looping}
        icon={<Repeat aria-hidden="true" />}
      />
      {looping ? (
        <Select
          label={t("preroll")}
          size="sm"
          value={preroll}
          onValueChange={setPreroll}
          options={prerolls.map((value) => ({ value, label: t(`prerollChoice.${value}`) }))}
        />
      ) : null}
    </>
  );
}
