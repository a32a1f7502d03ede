"use client";

import { Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { targetName } from "@/lib/translation/targets";
import type { VideoTrack } from "@/lib/videos/schema";

interface TrackSwitchProps {
  tracks: readonly VideoTrack[];
  trackId: string;
  onTrack: (trackId: string) => void;
}

/** The languages of a video: what is said first, then its translations and how they stand. */
export function TrackSwitch({ tracks, trackId, onTrack }: TrackSwitchProps) {
  const t = useTranslations("studio.tracks");
  const locale = useLocale();
  const [only] = tracks;
  if (tracks.length === 1 && only) {
    return <span className="truncate font-medium">{targetName(only.language, locale)}</span>;
  }
  return (
    <Select
      size="sm"
      label={t("choose")}
      icon={<Languages aria-hidden="true" className="size-4 text-ink-muted" />}
      value={trackId}
      onValueChange={onTrack}
      options={tracks.map((track) => ({
        value: track.id,
        label: targetName(track.language, locale),
        hint:
          track.sourceTrackId === null
            ? t("source")
            : isBehind(track, tracks)
              ? `${t("translation")} · ${t("edited")}`
              : t("translation"),
      }))}
      className="min-w-32 max-w-48"
    />
  );
}

/** The original was edited after the translation: which cues that concerns, its report tells. */
export function isBehind(track: VideoTrack, tracks: readonly VideoTrack[]): boolean {
  const source = tracks.find(({ id }) => id === track.sourceTrackId);
  return source !== undefined && source.updatedAt > track.updatedAt;
}
