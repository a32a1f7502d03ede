"use client";

import { LocateFixed } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useSyncExternalStore } from "react";
import { useChosenAfterList, useEditor } from "@/components/editor/editor-context";
import { placesOf } from "@/components/editor/list/places";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { useCue, useCueIds } from "@/lib/client/use-track";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { TimelineController } from "./controller";
import { CueHandles } from "./cue-handles";
import { CuePlayCommands } from "./play-commands";
import { Scrollbar } from "./scrollbar";
import { TimelineTools } from "./timeline-tools";
import { useTimeline } from "./use-timeline";
import { useWaveform, type WaveformNews } from "./use-waveform";
import { scrolled } from "./view";

/** The whole video over time: its sound, its cuts and its cues, which are taken by the pointer. */
export function Timeline() {
  const { video, readOnly } = useEditor();
  const t = useTranslations("timeline");
  const { timeline, area, canvas, playhead, thumb } = useTimeline();
  const sound = useWaveform(timeline, video);
  const descriptionId = useId();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <CuePlayCommands />
      <TimelineTools timeline={timeline} />
      {/* biome-ignore lint/a11y/useSemanticElements: no list of fields */}
      <div
        ref={area}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys
        tabIndex={0}
        aria-label={t("area")}
        aria-describedby={descriptionId}
        onKeyDown={(event) => scrollByKey(event, timeline)}
        className="relative min-h-0 flex-1 touch-pan-y select-none overflow-hidden [contain:strict] focus-visible:outline-2 focus-visible:outline-accent focus-visible:-outline-offset-2"
      >
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus */}
        <canvas ref={canvas} aria-hidden="true" className="absolute inset-0 size-full" />
        <CueHandles timeline={timeline} />
        <div
          ref={playhead}
          aria-hidden="true"
          className="pointer-events-none invisible absolute inset-y-0 -left-px w-0.5 bg-danger before:absolute before:top-0 before:left-1/2 before:size-2.5 before:-translate-x-1/2 before:rounded-b-full before:bg-danger"
        />
        <SoundNews news={sound} />
        <ComeBack timeline={timeline} />
      </div>
      <Scrollbar timeline={timeline} thumb={thumb} />
      <p id={descriptionId} className="sr-only">
        {t(readOnly ? "keysReadOnly" : "keys")} <ChosenCue />
      </p>
    </div>
  );
}

/** Arrows scroll a tenth of what is in sight; nothing else on the page hears of them. */
function scrollByKey(event: KeyboardEvent, timeline: TimelineController): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target !== event.currentTarget)
    return;
  const { view } = timeline;
  const px: Record<string, number> = {
    ArrowLeft: -view.widthPx / 10,
    ArrowRight: view.widthPx / 10,
    PageUp: -view.widthPx * 0.9,
    PageDown: view.widthPx * 0.9,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const by = px[event.key];
  if (by === undefined) return;
  event.preventDefault();
  timeline.setView(scrolled(view, by), { byPerson: true });
}

function ChosenCue() {
  const { session } = useEditor();
  const t = useTranslations("timeline");
  const cue = useCue(session, useChosenAfterList() ?? "");
  const ids = useCueIds(session);
  if (!cue) return null;
  return t("chosen", {
    number: (placesOf(ids).get(cue.id) ?? 0) + 1,
    start: formatPreciseClock(cue.startMs),
    end: formatPreciseClock(cue.endMs),
  });
}

function SoundNews({ news }: { news: WaveformNews }) {
  const t = useTranslations("timeline.sound");
  if (news === "ready") return null;
  return (
    <p
      role="status"
      className="pointer-events-none absolute inset-x-0 top-7 flex items-center justify-center gap-2 px-4 text-center text-ink-muted text-sm max-lg:hidden"
    >
      {news === "absent" ? null : <Spinner className="size-4" />}
      {t(news)}
    </p>
  );
}

/** Shown while the playhead is elsewhere. */
function ComeBack({ timeline }: { timeline: TimelineController }) {
  const t = useTranslations("timeline");
  const { away, dragging } = useSyncExternalStore(
    timeline.subscribe,
    timeline.getState,
    timeline.getState,
  );
  if (!away || dragging) return null;
  return (
    <Button
      size="sm"
      className="absolute right-3 bottom-14 shadow-popup max-lg:right-1 max-lg:bottom-2"
      onClick={() => timeline.comeBack()}
    >
      <LocateFixed aria-hidden="true" />
      <span className="max-lg:sr-only">{t("comeBack")}</span>
    </Button>
  );
}
