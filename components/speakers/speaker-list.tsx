"use client";

import { useTranslations } from "next-intl";
import type { Player } from "@/components/player/player";
import { RequestError } from "@/components/ui/request-error";
import { SpeakerListSkeleton } from "./speaker-list-skeleton";
import { SpeakerRow } from "./speaker-row";
import type { SpeakerStats } from "./speaker-stats";
import { useSpeakersOfVideo } from "./speakers-context";
import { useSample } from "./use-sample";

interface SpeakerListProps {
  stats: readonly SpeakerStats[];
  /** Names that came with a file: they are as the file has them. */
  fromFile: readonly string[];
  player: Player;
}

/** Who speaks, to be named, merged and heard. */
export function SpeakerList({ stats, fromFile, player }: SpeakerListProps) {
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
    return <SpeakerListSkeleton />;
  }
  if (stats.length + fromFile.length === 0) {
    return <p className="px-1 py-4 text-ink-muted">{t("empty")}</p>;
  }
  return (
    <ul className="flex flex-col">
      {stats.map((one) => (
        <SpeakerRow key={one.speaker.key} stats={one} others={stats} sample={sample} />
      ))}
      {fromFile.map((name) => (
        <li key={name} className="border-b px-1 py-2.5 last:border-b-0">
          <p className="truncate font-medium" title={name}>
            {name}
          </p>
          <p className="text-ink-muted text-sm">{t("fromFile")}</p>
        </li>
      ))}
    </ul>
  );
}
