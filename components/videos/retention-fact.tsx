"use client";

import { Hourglass } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import type { VideoView } from "@/lib/videos/schema";

const RetentionDialog = lazyPart(() =>
  import("./retention-dialog").then((module) => module.RetentionDialog),
);

/** Below this a countdown warns. */
const soonMs = 3_600_000;

/** How long a video's files stay, counted down; nothing while something works on them. */
export function useCountdown(
  video: VideoView,
): { text: string; exact: string; soon: boolean } | null {
  const t = useTranslations("studio.retention");
  const quantities = useQuantities();
  const counted = video.expiresAt !== null && video.mediaDeletedAt === null;
  const nowMs = useNow(30_000, counted);
  if (!counted || video.expiresAt === null) return null;
  const leftMs = Date.parse(video.expiresAt) - nowMs;
  const left =
    leftMs > 48 * soonMs
      ? t("daysLeft", { days: Math.floor(leftMs / (24 * soonMs)) })
      : quantities.timeLeft(Math.max(0, leftMs));
  const exact = quantities.exactTime(video.expiresAt);
  return { text: t("goesIn", { left }), exact, soon: leftMs < soonMs };
}

/** The countdown beside the way to more time. */
export function RetentionFact({ video, onChanged }: { video: VideoView; onChanged: () => void }) {
  const t = useTranslations("studio.retention");
  const countdown = useCountdown(video);
  const [open, setOpen] = useState(false);
  // How long the files stay is the owner's to pay.
  if (video.role !== "owner") return null;
  if (video.mediaDeletedAt !== null || video.status === "uploading") return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-1 text-sm">
      <Hourglass aria-hidden="true" className="size-4 text-ink-muted" />
      <span className={countdown?.soon ? "text-danger" : "text-ink-muted"} title={countdown?.exact}>
        {countdown?.text ?? t("working")}
      </span>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("extend")}
      </Button>
      {open ? (
        <RetentionDialog video={video} onClose={() => setOpen(false)} onChanged={onChanged} />
      ) : null}
    </div>
  );
}
