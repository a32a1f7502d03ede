"use client";

import { useMemo } from "react";
import { useOpenEditor } from "@/components/editor/editor-context";
import type { CaptionStyle, TrackLook } from "@/components/player/caption-overlay";
import { pictureOf } from "@/components/player/stage";
import type { TrackDocument } from "@/lib/client/edits/track-document";
import { useStored } from "@/lib/client/use-stored";
import type { Cue } from "@/lib/subtitles/model";
import { type PictureSize, usualStyle } from "@/lib/subtitles/style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { draftedOverrides, draftedTrack, type StyleDraft, styleDraft } from "./style-draft";

const isOnOff = (value: string): value is "on" | "off" => value === "on" || value === "off";

/** Something on the picture that can be shown, in this browser. */
export interface Shown {
  on: boolean;
  set: (on: boolean) => void;
}

function useShown(key: string): Shown {
  const [value, set] = useStored(key, "off", isOnOff);
  return { on: value === "on", set: (on) => set(on ? "on" : "off") };
}

/** The lines within which nothing hides subtitles. */
export const useSafeAreasShown = () => useShown("editor.safeAreas");

/** Subtitles drawn by libass, as they will be in a file. */
export const useExactShown = () => useShown("editor.exact");

/** The shape of the open video's picture. */
export function usePicture(video: { width: number | null; height: number | null }): PictureSize {
  const { width, height } = video;
  return useMemo(() => pictureOf({ width, height }), [width, height]);
}

const usualLook: TrackLook = { track: null };
const usual: CaptionStyle = { get: () => usualLook };

/** How the open track looks at this moment: edits on their way, and what is being tried out. */
export function useOpenStyle(picture: PictureSize): CaptionStyle {
  const document = useOpenEditor()?.session.document;
  return useMemo(() => (document ? liveStyle(document, picture) : usual), [document, picture]);
}

function liveStyle(document: TrackDocument, picture: PictureSize): CaptionStyle {
  const base = usualStyle(picture);
  let known: { style: SubtitleStyle | null; draft: StyleDraft | null; look: TrackLook } | undefined;
  return {
    get: () => {
      const draft = styleDraft.get();
      const { style } = document;
      if (known?.style !== style || known.draft !== draft) {
        const track = draftedTrack(style, draft, base);
        const ownOf = (cue: Cue) => draftedOverrides(cue.styleOverrides, cue.id, draft);
        known = { style, draft, look: { track, ownOf } };
      }
      return known.look;
    },
    subscribe: (listener) => {
      const stops = [document.subscribeContent(listener), styleDraft.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
