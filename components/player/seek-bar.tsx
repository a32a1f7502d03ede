"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { formatClock } from "@/lib/subtitles/time";
import type { Player } from "./player";

const keySteps: Record<string, number> = {
  ArrowLeft: -5_000,
  ArrowDown: -5_000,
  ArrowRight: 5_000,
  ArrowUp: 5_000,
  PageDown: -30_000,
  PageUp: 30_000,
};

interface SeekBarProps {
  player: Player;
  durationMs: number;
  /** Drawn as a quiet band where somebody speaks. */
  spans: readonly { startMs: number; endMs: number }[];
}

/** Where the video is, where it can go, and where there are subtitles. */
export function SeekBar({ player, durationMs, spans }: SeekBarProps) {
  const t = useTranslations("studio.player");
  const bar = useRef<HTMLDivElement>(null);
  const [hoverMs, setHoverMs] = useState<number | null>(null);

  useEffect(() => {
    if (durationMs <= 0) return;
    let spoken = -1;
    return player.onTime((ms) => {
      const element = bar.current;
      if (!element) return;
      element.style.setProperty("--played", String(Math.min(1, ms / durationMs)));
      element.style.setProperty("--loaded", String(Math.min(1, player.bufferedMs / durationMs)));
      const second = Math.floor(ms / 1000);
      if (second === spoken) return;
      spoken = second;
      element.setAttribute("aria-valuenow", String(second));
      element.setAttribute("aria-valuetext", formatClock(ms));
    });
  }, [player, durationMs]);

  const msAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return share * durationMs;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    if (step !== undefined) player.seekBy(event.shiftKey ? Math.sign(step) * 1_000 : step);
    else if (event.key === "Home") player.seek(0);
    else if (event.key === "End") player.seek(durationMs);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={bar}
      role="slider"
      tabIndex={0}
      aria-label={t("seek")}
      aria-valuemin={0}
      aria-valuemax={Math.floor(durationMs / 1000)}
      aria-valuenow={0}
      aria-valuetext={formatClock(0)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0 || durationMs <= 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        player.seek(msAt(event));
      }}
      onPointerMove={(event) => {
        if (durationMs <= 0) return;
        setHoverMs(msAt(event));
        if (event.currentTarget.hasPointerCapture(event.pointerId)) player.seek(msAt(event));
      }}
      onPointerLeave={() => setHoverMs(null)}
      className="group/seek relative flex h-6 cursor-pointer touch-none items-center rounded-base pointer-coarse:h-11"
    >
      <div className="relative h-1 w-full overflow-hidden rounded-full bg-hover transition-[height] duration-100 group-hover/seek:h-1.5">
        <div className="absolute inset-0 origin-left scale-x-(--loaded,0) bg-line-strong" />
        <div className="absolute inset-0 origin-left scale-x-(--played,0) bg-accent" />
      </div>
      <CueBand spans={spans} durationMs={durationMs} />
      <div className="pointer-events-none absolute inset-x-0">
        <div className="relative left-[calc(var(--played,0)*100%)] size-3 -translate-x-1/2 rounded-full bg-accent ring-2 ring-surface" />
      </div>
      {hoverMs !== null ? (
        <div
          className="pointer-events-none absolute bottom-full mb-1 -translate-x-1/2 rounded-base bg-ink px-1.5 py-0.5 text-canvas text-xs tabular-nums"
          style={{
            left: `clamp(1.25rem, ${(hoverMs / durationMs) * 100}%, calc(100% - 1.25rem))`,
          }}
        >
          {formatClock(hoverMs)}
        </div>
      ) : null}
    </div>
  );
}

/** One drawing for all cues: twenty thousand elements would be too many. */
function CueBand({ spans, durationMs }: Omit<SeekBarProps, "player">) {
  if (durationMs <= 0 || spans.length === 0) return null;
  const path = spans
    .map(({ startMs, endMs }) => `M${startMs} 0H${Math.min(endMs, durationMs)}V1H${startMs}Z`)
    .join("");
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${durationMs} 1`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-x-0 bottom-1 h-0.5 w-full pointer-coarse:bottom-2.5"
    >
      <path d={path} className="fill-ink-faint opacity-50" />
    </svg>
  );
}
