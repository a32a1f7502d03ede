"use client";

import { LocateFixed } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { ApprovedNotice } from "@/components/review/approved-notice";
import { StaleBar } from "@/components/side-by-side/stale-bar";
import { Button } from "@/components/ui/button";
import { useEditor } from "./editor-context";
import { FindPanel } from "./find/find-panel";
import { useCommand } from "./keys/keys-context";
import { CueList } from "./list/cue-list";
import { CueMenu } from "./list/cue-menu";
import { ListTools } from "./list/list-tools";
import { useFollow } from "./list/use-follow";

interface ListPaneProps {
  /** A time in ms that the video opens at; null: the chosen cue, if any, says where. */
  openMs: number | null;
}

/** The cues beside the video: follow, press, write. */
export function ListPane({ openMs }: ListPaneProps) {
  const { session, selection, player } = useEditor();
  const t = useTranslations("editor.list");
  const { mode, on } = useFollow();
  // Whoever goes to a cue wants to see what comes after it.
  useEffect(() => {
    let { cueId } = selection.get();
    return selection.subscribe(() => {
      const before = cueId;
      cueId = selection.get().cueId;
      if (cueId !== null && cueId !== before) on("returned");
    });
  }, [selection, on]);
  useCommand("view.follow", () => on("switched"));
  const openedAt = useEffectEvent(() => {
    const cue = session.document.cue(selection.get().cueId ?? "");
    const ms = cue?.startMs ?? openMs;
    if (ms !== null) player.seek(ms);
  });
  useEffect(() => openedAt(), []);
  return (
    <>
      <ApprovedNotice />
      <ListTools />
      <StaleBar />
      <FindPanel />
      <CueMenu>
        <div className="relative flex min-h-0 flex-1 flex-col">
          <CueList />
          {mode === "paused" ? (
            <Button
              size="sm"
              className="absolute bottom-3 left-1/2 z-10 -translate-x-1/2 shadow-popup"
              onClick={() => on("returned")}
            >
              <LocateFixed aria-hidden="true" />
              {t("backToCurrent")}
            </Button>
          ) : null}
        </div>
      </CueMenu>
    </>
  );
}
