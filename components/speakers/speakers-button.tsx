"use client";

import { Popover } from "@base-ui/react/popover";
import { UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useSyncExternalStore } from "react";
import type { Player } from "@/components/player/player";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { popupStyle } from "@/components/ui/popup-style";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import type { TrackSession } from "@/lib/client/use-track";
import { SpeakerRow } from "./speaker-row";
import { type SpeakerStats, speakerStats } from "./speaker-stats";
import { useSpeakersOfVideo } from "./speakers-context";
import { useSample } from "./use-sample";

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
  const spoken = useMemo(() => cues.some((cue) => cue.speaker !== undefined), [cues]);
  if (!all || !spoken) return null;
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button size="sm" variant="quiet">
            <UsersRound aria-hidden="true" />
            {all.speakers ? t("count", { count: stats.length }) : t("title")}
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
            <List stats={stats} player={player} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function List({ stats, player }: { stats: readonly SpeakerStats[]; player: Player }) {
  const t = useTranslations("speakers");
  const all = useSpeakersOfVideo();
  const sample = useSample(player);
  if (all?.speakers === undefined) {
    if (all?.error) {
      return (
        <RequestError
          error={all.error}
          title={t("loadFailed")}
          onRetry={all.reload}
          className="py-6"
        />
      );
    }
    return (
      <div aria-hidden="true" className="flex flex-col gap-2 p-1">
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
      </div>
    );
  }
  if (stats.length === 0) return <p className="px-1 py-4 text-ink-muted">{t("empty")}</p>;
  return (
    <ul className="flex flex-col">
      {stats.map((one) => (
        <SpeakerRow key={one.speaker.key} stats={one} others={stats} sample={sample} />
      ))}
    </ul>
  );
}
