"use client";

import { Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import type { SharedVideoView } from "@/lib/sharing/schema";
import { targetName } from "@/lib/translation/targets";

interface SharedLanguagesProps {
  tracks: SharedVideoView["tracks"];
  trackId: string;
  onTrack: (trackId: string) => void;
}

/** The languages that a link shows. */
export function SharedLanguages({ tracks, trackId, onTrack }: SharedLanguagesProps) {
  const t = useTranslations("sharing.page");
  const locale = useLocale();
  const [only] = tracks;
  return (
    <div className="flex min-h-11 items-center border-b px-4 py-1">
      {tracks.length === 1 && only ? (
        <h2 className="font-medium">{targetName(only.language, locale)}</h2>
      ) : (
        <Select
          size="sm"
          label={t("languages")}
          icon={<Languages aria-hidden="true" className="size-4 text-ink-muted" />}
          value={trackId}
          onValueChange={onTrack}
          options={tracks.map(({ id, language }) => ({
            value: id,
            label: targetName(language, locale),
          }))}
          className="min-w-32 max-w-48"
        />
      )}
    </div>
  );
}
