"use client";

import { useEffect, useMemo } from "react";
import { useOpenEditor } from "@/components/editor/editor-context";
import type { ActiveCues } from "@/components/player/active-cues";
import { bilingualCues } from "./bilingual-cues";
import { useSideBySide } from "./side-by-side-context";

/** What is on the picture when two languages are asked for; null: one language as ever. */
export function useBilingual(): ActiveCues | null {
  const editor = useOpenEditor();
  const { bilingual, beside, source } = useSideBySide();
  const session = editor?.session;
  const player = editor?.player;
  const other = bilingual ? (beside ?? source) : null;
  const active = useMemo(
    () => (session && other ? bilingualCues(session.document, other.document) : null),
    [session, other],
  );
  useEffect(() => {
    if (!active || !player || !session || !other) return;
    active.setTime(player.timeMs);
    const stops = [
      player.onTime(active.setTime),
      session.document.subscribeContent(active.refresh),
      other.document.subscribeTexts(active.refresh),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [active, player, session, other]);
  return active;
}
