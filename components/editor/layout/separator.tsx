"use client";

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { PaneName } from "./panes";
import type { Panes } from "./use-panes";

interface SeparatorProps {
  panes: Panes;
  pane: PaneName;
  /** What it makes larger and smaller, for screen readers. */
  label: string;
  /** The edge of its pane that it stands on. */
  edge: "left" | "top";
  className?: string;
}

/** How far an arrow key moves it, in px; with Shift four times as far. */
const stepPx = 16;

/** Drags the edge of a pane; arrow keys do the same, a double press resets. */
export function Separator({ panes, pane, label, edge, className }: SeparatorProps) {
  const from = useRef<{ at: number; size: number } | null>(null);
  const { min, max } = panes.limits(pane);
  const size = panes.sizes[pane];
  const upright = edge === "left";
  const place = (event: PointerEvent) => (upright ? event.clientX : event.clientY);

  const move = (event: PointerEvent, settled: boolean) => {
    if (!from.current) return;
    panes.resize(pane, from.current.size + from.current.at - place(event), settled);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule can't be moved
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      onKeyDown={(event) => resizeByKey(event, panes, pane, upright)}
      onDoubleClick={() => panes.reset(pane)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        from.current = { at: place(event), size };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => move(event, false)}
      onPointerUp={(event) => {
        move(event, true);
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
        panes.resize(pane, size, true);
      }}
      className={cn(
        "absolute z-10 hidden touch-none transition-colors duration-100 hover:bg-accent/40 active:bg-accent/60 lg:block",
        upright
          ? "inset-y-0 -left-1 w-2 cursor-col-resize"
          : "inset-x-0 -top-1 h-2 cursor-row-resize",
        className,
      )}
    />
  );
}

/** Arrows make a pane larger and smaller, Home and End as small and large as can be. */
function resizeByKey(event: KeyboardEvent, panes: Panes, pane: PaneName, upright: boolean): void {
  const step = event.shiftKey ? stepPx * 4 : stepPx;
  const { min, max } = panes.limits(pane);
  const next = {
    [upright ? "ArrowLeft" : "ArrowUp"]: panes.sizes[pane] + step,
    [upright ? "ArrowRight" : "ArrowDown"]: panes.sizes[pane] - step,
    Home: min,
    End: max,
  }[event.key];
  if (event.key === "Enter") panes.reset(pane);
  else if (next === undefined) return;
  else panes.resize(pane, next, true);
  event.preventDefault();
}
