"use client";

import { type PointerEvent, type RefObject, useRef } from "react";
import type { TimelineController } from "./controller";
import { possible, toMs } from "./view";

interface ScrollbarProps {
  timeline: TimelineController;
  thumb: RefObject<HTMLDivElement | null>;
}

/**
 * Where in the video the timeline is. For pointers only: the timeline's keys do the same, and a
 * second thing to tab to would be in the way.
 */
export function Scrollbar({ timeline, thumb }: ScrollbarProps) {
  const grabMs = useRef(0);
  const msOf = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return ((event.clientX - box.left) / Math.max(1, box.width)) * timeline.view.extentMs;
  };
  const go = (fromMs: number) =>
    timeline.setView(possible({ ...timeline.view, fromMs }), { byPerson: true });
  return (
    <div
      aria-hidden="true"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const { view } = timeline;
        const ms = msOf(event);
        const half = (toMs(view) - view.fromMs) / 2;
        const onThumb = ms >= view.fromMs && ms <= toMs(view);
        grabMs.current = onThumb ? ms - view.fromMs : half;
        event.currentTarget.setPointerCapture(event.pointerId);
        if (!onThumb) go(ms - half);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) {
          go(msOf(event) - grabMs.current);
        }
      }}
      className="relative h-3 shrink-0 touch-none border-t bg-surface max-lg:hidden"
    >
      <div
        ref={thumb}
        className="absolute inset-y-0.5 min-w-4 rounded-full bg-line-strong transition-colors hover:bg-control-line"
      />
    </div>
  );
}
