"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useOpenEditor } from "@/components/editor/editor-context";
import { useInspectorTab } from "@/components/editor/inspector/inspector";
import { useCommand } from "@/components/editor/keys/keys-context";
import { cn } from "@/components/ui/cn";
import { type PictureSize, type SafeArea, safeAreas } from "@/lib/subtitles/style";
import { useExactShown, useSafeAreasShown } from "./picture-view";
import { movedPoint } from "./point";
import { useStyling } from "./use-styling";

/** What lies over the picture while somebody works on how subtitles look. */
export function PictureTools({ picture }: { picture: PictureSize }) {
  const areas = useSafeAreasShown();
  const editor = useOpenEditor();
  const [tab] = useInspectorTab();
  const exact = useExactShown();
  useCommand("view.safe-areas", () => areas.set(!areas.on));
  useCommand("view.exact-preview", () => exact.set(!exact.on), { enabled: editor !== null });
  return (
    <>
      {areas.on ? <SafeAreaLines picture={picture} /> : null}
      {editor && tab === "style" && !editor.readOnly ? <PointHandle key={editor.track.id} /> : null}
    </>
  );
}

/** The lines within which nothing hides subtitles. */
function SafeAreaLines({ picture }: { picture: PictureSize }) {
  const t = useTranslations("style.areas");
  return (
    <div data-testid="safe-areas" className="pointer-events-none absolute inset-0">
      {safeAreas(picture).map((area, i) => (
        <div
          key={area.name}
          style={insets(area)}
          className="absolute border border-caption/80 border-dashed outline outline-stage/50"
        >
          <span
            className={cn(
              "absolute top-0 bg-stage/70 px-1 text-caption text-xs",
              // Areas lie in each other: their names in one corner would cover each other.
              i % 2 === 0 ? "left-0" : "right-0",
            )}
          >
            {t(area.name)}
          </span>
        </div>
      ))}
    </div>
  );
}

const insets = (area: SafeArea) => ({
  top: `${area.topPercent}%`,
  bottom: `${area.bottomPercent}%`,
  left: `${area.leftPercent}%`,
  right: `${area.rightPercent}%`,
});

const keySteps: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** What an arrow key moves the point by, in percent; with Shift ten times as much. */
const keyStep = 0.5;

/** The point on which subtitles stand, to be dragged, or moved by the arrow keys. */
function PointHandle() {
  const t = useTranslations("style");
  const { style, preview, commit } = useStyling();
  const drag = useRef<{ x: number; y: number } | null>(null);
  const point = style.position;
  if (!point) return null;
  const moved = (event: PointerEvent) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    const from = drag.current;
    if (!box || !from) return null;
    const x = ((event.clientX - from.x - box.left) / box.width) * 100;
    const y = ((event.clientY - from.y - box.top) / box.height) * 100;
    return movedPoint({ xPercent: x, yPercent: y }, 0, 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? keyStep * 10 : keyStep;
    commit({ position: movedPoint(point, step[0] * by, step[1] * by) });
  };
  return (
    <button
      type="button"
      aria-label={t("handle")}
      title={t("handle")}
      aria-description={`${point.xPercent} %, ${point.yPercent} %`}
      style={{ left: `${point.xPercent}%`, top: `${point.yPercent}%` }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const own = event.currentTarget.getBoundingClientRect();
        drag.current = {
          x: event.clientX - own.left - own.width / 2,
          y: event.clientY - own.top - own.height / 2,
        };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const position = moved(event);
        if (position) preview({ position });
      }}
      onPointerUp={(event) => {
        const position = moved(event);
        drag.current = null;
        if (position) commit({ position });
      }}
      onPointerCancel={() => {
        drag.current = null;
        commit({});
      }}
      className="absolute flex size-8 -translate-1/2 cursor-move touch-none items-center justify-center rounded-full outline-offset-2 focus-visible:outline-2 focus-visible:outline-accent"
    >
      <span className="size-4 rounded-full border-2 border-caption bg-accent shadow-popup" />
    </button>
  );
}
