"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, memo, useEffect, useRef, useState } from "react";
import { RepeatedGroup } from "@/components/editor/actions/repeated-group";
import { makingOf, useEdits } from "@/components/editor/actions/use-edits";
import { useChosenAfterList, useEditor } from "@/components/editor/editor-context";
import { cn } from "@/components/ui/cn";
import { useCue } from "@/lib/client/use-track";
import type { Cue } from "@/lib/subtitles/model";
import { moveCues, setEnd, setStart } from "@/lib/subtitles/operations/editing";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { TimelineController } from "./controller";
import { nudgedMs } from "./drag-times";
import { xOf } from "./view";

type Part = "start" | "end" | "move";

/** Frames that a key moves: one, with Shift ten. */
const keySteps: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/** The chosen cue can be taken by its edges and in its middle, also by keys. */
export function CueHandles({ timeline }: { timeline: TimelineController }) {
  const { session, readOnly } = useEditor();
  const cue = useCue(session, useChosenAfterList() ?? "");
  if (!cue || readOnly) return null;
  return <Handles timeline={timeline} cue={cue} />;
}

interface HandlesProps {
  timeline: TimelineController;
  cue: Cue;
}

const Handles = memo(function Handles({ timeline, cue }: HandlesProps) {
  const { video } = useEditor();
  const t = useTranslations("timeline");
  const start = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const move = useRef<HTMLDivElement>(null);
  const { id } = cue;
  useEffect(() => {
    const place = () => placeHandles(timeline, id, { start, end, move });
    place();
    return timeline.onDrawn(place);
  }, [timeline, id]);
  const onKeyDown = useNudges(cue);
  const max = Math.max(video.durationMs ?? 0, cue.endMs);
  const [startText, endText] = [cue.startMs, cue.endMs].map(formatPreciseClock);
  return (
    <>
      <Handle
        ref={start}
        label={t("start")}
        value={{ min: 0, max: cue.endMs, now: cue.startMs, text: startText ?? "" }}
        onKeyDown={onKeyDown("start")}
        className="w-6 -translate-x-1/2 cursor-ew-resize"
      />
      <Handle
        ref={move}
        label={t("move")}
        value={{
          ...{ min: 0, max, now: cue.startMs },
          text: t("moved", { start: startText ?? "", end: endText ?? "" }),
        }}
        onKeyDown={onKeyDown("move")}
        className="w-6 -translate-x-1/2"
      />
      <Handle
        ref={end}
        label={t("end")}
        value={{ min: cue.startMs, max, now: cue.endMs, text: endText ?? "" }}
        onKeyDown={onKeyDown("end")}
        className="w-6 -translate-x-1/2 cursor-ew-resize"
      />
    </>
  );
});

type Ref = React.RefObject<HTMLDivElement | null>;

/**
 * Below these widths of a block its handles, 24 px wide each, would lie on each other: times are
 * then set in their fields, by keys, or closer up. px
 */
const leastWidthPx: Record<Part, number> = { start: 50, end: 50, move: 74 };

function placeHandles(timeline: TimelineController, cueId: string, parts: Record<Part, Ref>): void {
  const times = timeline.shownTimes(cueId);
  if (!times) return;
  const { view, rows } = timeline;
  const [startX, endX] = [xOf(view, times.startMs), xOf(view, times.endMs)];
  const left = Math.max(0, startX);
  const right = Math.min(view.widthPx, endX);
  const places: Record<Part, number> = { start: startX, end: endX, move: (left + right) / 2 };
  for (const part of ["start", "end", "move"] as const) {
    const element = parts[part].current;
    if (!element) continue;
    const x = places[part];
    element.style.left = `${x.toFixed(1)}px`;
    element.style.top = `${rows.cuesTop + (part === "move" ? 8 : 2)}px`;
    element.style.height = `${rows.bottom - rows.cuesTop - (part === "move" ? 16 : 4)}px`;
    const crowded = endX - startX < leastWidthPx[part];
    // It keeps the focus that it has, out of sight too, and its keys bring it back.
    const goes = crowded && element !== document.activeElement;
    element.style.display = goes ? "none" : "block";
    element.style.opacity = x < -12 || x > view.widthPx + 12 ? "0" : "1";
  }
}

interface HandleProps {
  ref: Ref;
  label: string;
  value: { min: number; max: number; now: number; text: string };
  onKeyDown: (event: KeyboardEvent) => void;
  className?: string;
}

function Handle({ ref, label, value, onKeyDown, className }: HandleProps) {
  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={value.min}
      aria-valuemax={value.max}
      aria-valuenow={value.now}
      aria-valuetext={value.text}
      onKeyDown={onKeyDown}
      className={cn(
        "absolute touch-none rounded-base focus-visible:outline-2 focus-visible:outline-accent focus-visible:-outline-offset-2",
        className,
      )}
    />
  );
}

/** Keys of the handles: presses that follow each other are one step of the history. */
function useNudges(cue: Cue): (part: Part) => (event: KeyboardEvent) => void {
  const { fps, video } = useEditor();
  const edits = useEdits();
  const [repeated] = useState(() => new RepeatedGroup());

  const nudge = (part: Part, steps: number) => {
    const edge = part === "end" ? cue.endMs : cue.startMs;
    const ms = nudgedMs(edge, steps, fps);
    const { durationMs } = video;
    edits.make(
      (now) => {
        const cues = now.session.document.cues();
        if (part === "move") {
          const bounds = durationMs === null ? {} : { durationMs: Math.max(durationMs, cue.endMs) };
          return moveCues(cues, new Set([cue.id]), ms - edge, bounds);
        }
        const set = part === "start" ? setStart : setEnd;
        return set({ ...makingOf(now), cues, neighbours: "clamp", cueId: cue.id, ms });
      },
      { group: repeated.next(`${part}:${cue.id}`, Date.now()), quiet: true },
    );
  };
  return (part) => (event) => {
    const step = keySteps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    nudge(part, event.shiftKey ? step * 10 : step);
  };
}
