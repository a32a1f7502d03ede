"use client";

import { Popover } from "@base-ui/react/popover";
import { UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useSyncExternalStore } from "react";
import type { Player } from "@/components/player/player";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { lazyPart } from "@/components/ui/lazy-part";
import { popupStyle } from "@/components/ui/popup-style";
import type { TrackSession } from "@/lib/client/use-track";
import { SpeakerListSkeleton } from "./speaker-list-skeleton";
import { fileNames, speakerStats } from "./speaker-stats";
import { useSpeakersOfVideo } from "./speakers-context";

const SpeakerList = lazyPart(
  () => import("./speaker-list").then((module) => module.SpeakerList),
  <SpeakerListSkeleton />,
);

interface SpeakersButtonProps {
  session: TrackSession;
  player: Player;
}

/** Opens the list of who speaks; not there for tracks in which nobody was told apart. */
export function SpeakersButton({ session, player }: SpeakersButtonProps) {
  const t = useTranslations("speakers");
  const all = useSpeakersOfVideo();
  const { document } = session;
  const read = () => document.voices();
  const cues = useSyncExternalStore(document.subscribeVoices, read, read);
  const stats = useMemo(() => speakerStats(cues, all?.speakers ?? []), [cues, all?.speakers]);
  const fromFile = useMemo(() => fileNames(cues, all?.speakers ?? []), [cues, all?.speakers]);
  const spoken = useMemo(() => cues.some((cue) => cue.speaker !== undefined), [cues]);
  if (!all || !spoken) return null;
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button size="sm" variant="quiet">
            <UsersRound aria-hidden="true" />
            {all.speakers ? t("count", { count: stats.length + fromFile.length }) : t("title")}
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50">
          <Popover.Popup
            className={cn(popupStyle, "flex w-96 max-w-[calc(100vw-1rem)] flex-col gap-2 p-3")}
          >
            <div className="px-1">
              <Popover.Title className="font-semibold">{t("title")}</Popover.Title>
              <Popover.Description className="text-ink-muted text-sm">
                {t("description")}
              </Popover.Description>
            </div>
            <SpeakerList stats={stats} fromFile={fromFile} player={player} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
