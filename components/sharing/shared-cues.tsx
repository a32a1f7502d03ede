"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from "react";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import { cn } from "@/components/ui/cn";
import type { SharedCue, SharedTrackView } from "@/lib/sharing/schema";
import { plainText } from "@/lib/subtitles/markup";
import { formatPreciseClock } from "@/lib/subtitles/time";

interface SharedCuesProps {
  track: SharedTrackView;
  player: Player;
  active: ActiveCues;
}

/** A row of two lines, until it is measured, in px. */
const rowPx = 57;
/** After somebody has scrolled, the list stays where it is for so long, in ms. */
const restMs = 6_000;

/** The cues to read along: press one to hear it. Only those in sight are on the page. */
export function SharedCues({ track, player, active }: SharedCuesProps) {
  const t = useTranslations("sharing.page");
  const { cues, language } = track;
  const view = useRef<HTMLDivElement>(null);
  const scrolledAt = useRef(0);
  const virtualizer = useVirtualizer({
    count: cues.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => cues[index]?.id ?? index,
    overscan: 8,
  });
  const follow = useEffectEvent(() => {
    const now = active.get()[0];
    if (!now || Date.now() - scrolledAt.current < restMs) return;
    const index = cues.findIndex(({ id }) => id === now.id);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "center" });
  });
  useEffect(() => active.subscribe(() => follow()), [active]);
  const scrolled = () => {
    scrolledAt.current = Date.now();
  };
  return (
    // Scrolling with wheel or finger is what stops the list from following.
    <div
      ref={view}
      onWheel={scrolled}
      onTouchMove={scrolled}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none]"
    >
      <ol
        aria-label={t("list")}
        className="relative w-full"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const cue = cues[index];
          return cue ? (
            <li
              key={cue.id}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={cues.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row cue={cue} language={language} player={player} active={active} />
            </li>
          ) : null;
        })}
      </ol>
    </div>
  );
}

interface RowProps {
  cue: SharedCue;
  language: string;
  player: Player;
  active: ActiveCues;
}

function Row({ cue, language, player, active }: RowProps) {
  const t = useTranslations("sharing.page");
  const current = useSyncExternalStore(
    active.subscribe,
    () => active.has(cue.id),
    () => false,
  );
  const text = plainText(cue.text).trim();
  return (
    <button
      type="button"
      aria-current={current || undefined}
      onClick={() => player.seek(cue.startMs)}
      className={cn(
        "relative flex w-full items-start gap-2 border-b py-2 pr-4 pl-4 text-left focus-visible:-outline-offset-2 pointer-coarse:py-3",
        "before:absolute before:inset-y-0 before:left-0 before:w-[3px]",
        current ? "bg-accent-soft before:bg-accent" : "hover:bg-hover",
      )}
    >
      <span className="w-18 shrink-0 pt-px text-ink-muted text-sm tabular-nums">
        {formatPreciseClock(cue.startMs)}
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        {cue.speaker ? <span className="text-ink-muted text-sm">{cue.speaker}</span> : null}
        <span
          lang={language}
          className={cn("whitespace-pre-line", text === "" && "text-ink-faint")}
        >
          {text === "" ? t("empty") : text}
        </span>
      </span>
    </button>
  );
}
