"use client";

import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { useQuantities } from "@/lib/client/use-quantities";
import { formatClock } from "@/lib/subtitles/time";
import type { VideoView } from "@/lib/videos/schema";

/** What the file is: length, picture, codecs, size. */
export function VideoFacts({ video, className }: { video: VideoView; className?: string }) {
  const t = useTranslations("studio.video");
  const locale = useLocale();
  const quantities = useQuantities();
  const fps = video.fps
    ? t("fps", { fps: video.fps.toLocaleString(locale, { maximumFractionDigits: 2 }) })
    : null;
  const codecs = [video.videoCodec, video.audioCodec].filter(Boolean).join(" · ");
  const facts: [string, string | null][] = [
    [t("length"), video.durationMs === null ? null : formatClock(video.durationMs)],
    [
      t("picture"),
      video.width && video.height
        ? [`${video.width} × ${video.height}`, fps].filter(Boolean).join(" · ")
        : null,
    ],
    [t("codecs"), codecs === "" ? null : codecs.toUpperCase()],
    [t("size"), quantities.bytes(video.sizeBytes)],
    [t("file"), video.fileName],
  ];
  return (
    <dl className={cn("flex flex-wrap gap-x-8 gap-y-2 px-1 text-sm", className)}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name} className="flex min-w-0 flex-col">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
