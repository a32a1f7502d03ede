"use client";

import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { cn } from "@/components/ui/cn";
import { textRuns } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import type { PictureSize } from "@/lib/subtitles/style";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";
import type { ActiveCues } from "./active-cues";
import { type CaptionLook, captionLook } from "./caption-look";
import { stackShifts } from "./caption-stack";

const none: readonly Cue[] = [];
const nothing = () => none;
const noChanges = () => () => {};
const itsOwn = (cue: Cue) => cue.styleOverrides;

/** How a track and its cues look. */
export interface TrackLook {
  /** Null: the usual look. */
  track: SubtitleStyle | null;
  /** What a cue has of its own, where that isn't what it says itself. */
  ownOf?: (cue: Cue) => StyleOverrides | undefined;
}

/** How a track looks, followed. `get` answers the same object until something changes. */
export interface CaptionStyle {
  get: () => TrackLook;
  /** Left out where it never changes. */
  subscribe?: (listener: () => void) => () => void;
}

interface CaptionOverlayProps {
  active: ActiveCues;
  lang: string;
  style: CaptionStyle;
  /** The shape of the picture that the overlay lies on. */
  picture: PictureSize;
}

/** Subtitles on the picture. Renders only when the cues on it change, in the same frame. */
export function CaptionOverlay({ active, lang, style, picture }: CaptionOverlayProps) {
  const cues = useSyncExternalStore(active.subscribe, active.get, nothing);
  const { track, ownOf = itsOwn } = useSyncExternalStore(
    style.subscribe ?? noChanges,
    style.get,
    style.get,
  );
  const overlay = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = overlay.current;
    if (!element || element.childElementCount < 2) return;
    const observer = new ResizeObserver(() => stack(element));
    observer.observe(element);
    stack(element);
    return () => observer.disconnect();
  });
  return (
    <div
      ref={overlay}
      // The cue list has the same text in order; read aloud from here it would come twice.
      aria-hidden="true"
      lang={lang}
      data-testid="captions"
      className="pointer-events-none absolute inset-0 overflow-hidden"
    >
      {cues.map((cue) =>
        cue.text.trim() === "" ? null : (
          <CaptionText
            key={cue.id}
            text={cue.text}
            look={captionLook(track, ownOf(cue), picture)}
          />
        ),
      )}
    </div>
  );
}

/** Moves blocks off each other: how high they are is known only once they are on the page. */
function stack(overlay: HTMLElement): void {
  const blocks = [...overlay.children].filter((block) => block instanceof HTMLElement);
  for (const block of blocks) block.style.translate = "";
  const shifts = stackShifts(
    blocks.map((block) => {
      const { top, bottom } = block.getBoundingClientRect();
      const lines = (block.firstElementChild ?? block).getBoundingClientRect();
      const { edge } = block.dataset;
      return {
        ...{ top, bottom, left: lines.left, right: lines.right },
        edge: edge === "top" || edge === "bottom" ? edge : null,
      };
    }),
  );
  for (const [i, block] of blocks.entries()) {
    if (shifts[i]) block.style.translate = `0 ${shifts[i]}px`;
  }
}

function CaptionText({ text, look }: { text: string; look: CaptionLook }) {
  return (
    <p
      data-edge={look.edge ?? undefined}
      style={look.block}
      className="absolute text-balance break-keep [overflow-wrap:anywhere]"
    >
      <span style={look.letters} className="whitespace-pre-line box-decoration-clone">
        {textRuns(text).map((run, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name but their place
            key={i}
            className={cn(
              run.bold && "font-bold",
              run.italic && "[font-style:italic]",
              run.underline && "underline",
            )}
          >
            {run.text}
          </span>
        ))}
      </span>
    </p>
  );
}
