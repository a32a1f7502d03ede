"use client";

import { FileX, Film } from "lucide-react";
import NextLink from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { useQuantities } from "@/lib/client/use-quantities";
import { errorTitle } from "@/lib/errors";
import { finalStatuses } from "@/lib/jobs/statuses";
import { formatClock } from "@/lib/subtitles/time";
import type { VideoView } from "@/lib/videos/schema";
import { useCountdown } from "./retention-fact";
import { VideoMenu } from "./video-menu";
import { VideoStatusBadge } from "./video-status";

interface VideoCardProps {
  video: VideoView;
  nowMs: number;
  onChanged: () => void;
}

/** A video in the list: picture above its name, or beside it on a phone. */
export function VideoCard({ video, nowMs, onChanged }: VideoCardProps) {
  const t = useTranslations("studio.videos");
  const locale = useLocale();
  const quantities = useQuantities();
  const countdown = useCountdown(video);
  const running = video.job !== null && !finalStatuses.includes(video.job.status);
  const failure =
    video.status === "failed"
      ? (video.errorCode ?? "internal")
      : video.job?.status === "failed"
        ? (video.job.errorCode ?? "internal")
        : null;
  return (
    <li className="group relative flex gap-3 rounded-base sm:flex-col sm:gap-2.5">
      <div className="relative aspect-video w-36 shrink-0 self-start overflow-hidden rounded-base border bg-stage sm:w-full">
        <Thumbnail video={video} />
        {video.durationMs ? (
          <span className="absolute right-1.5 bottom-1.5 rounded-base bg-caption-box px-1.5 font-medium text-caption text-xs leading-5 tabular-nums">
            {formatClock(video.durationMs)}
          </span>
        ) : null}
        {running && video.job ? (
          <Progress
            value={video.job.progress}
            label={t("progressOf", { title: video.title })}
            className="absolute inset-x-0 bottom-0 h-1 rounded-none"
          />
        ) : null}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex items-start gap-1">
          <h2 className="line-clamp-2 min-w-0 flex-1 font-medium">
            <NextLink
              href={routes.video(video.id)}
              className="rounded-base after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-base focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-4 group-hover:underline group-hover:decoration-line-strong group-hover:underline-offset-4"
            >
              {video.title}
            </NextLink>
          </h2>
          <VideoMenu
            video={video}
            onRenamed={onChanged}
            onDeleted={onChanged}
            className="relative z-1 -my-1"
          />
        </div>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-muted text-sm">
          <VideoStatusBadge video={video} />
          {running && video.job ? (
            <span className="tabular-nums">{video.job.progress} %</span>
          ) : (
            <span>
              {quantities.bytes(video.sizeBytes)} ·{" "}
              <time dateTime={video.createdAt} title={quantities.exactTime(video.createdAt)}>
                {quantities.when(video.createdAt, nowMs)}
              </time>
            </span>
          )}
        </div>
        {video.ownerName !== null ? <SharedBy video={video} /> : null}
        {video.mediaDeletedAt !== null ? (
          <p className="line-clamp-2 text-ink-muted text-sm">
            {video.tracks.length > 0 ? t("mediaDeleted") : t("fileless")}
          </p>
        ) : failure ? (
          <p className="line-clamp-2 text-danger text-sm">{errorTitle(failure, locale)}</p>
        ) : null}
        {countdown ? (
          <p
            title={countdown.exact}
            className={countdown.soon ? "text-danger text-sm" : "text-ink-muted text-sm"}
          >
            {countdown.text}
          </p>
        ) : null}
      </div>
    </li>
  );
}

/** Whose it is, and what one may do with it. */
function SharedBy({ video }: { video: VideoView }) {
  const t = useTranslations("sharing");
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-muted text-sm">
      <span className="min-w-0 truncate">{t("list.by", { name: video.ownerName ?? "" })}</span>
      <Badge tone={video.role === "editor" ? "accent" : "neutral"}>{t(`role.${video.role}`)}</Badge>
    </p>
  );
}

function Thumbnail({ video }: { video: VideoView }) {
  if (!video.thumbnailUrl) {
    const Icon = video.mediaDeletedAt === null ? Film : FileX;
    return (
      <div className="flex size-full items-center justify-center bg-sunken">
        <Icon aria-hidden="true" strokeWidth={1.5} className="size-7 text-ink-faint" />
      </div>
    );
  }
  return (
    // The picture is private and already of its final size: Next's optimiser can't fetch it.
    // biome-ignore lint/performance/noImgElement: see above
    <img
      src={video.thumbnailUrl}
      alt=""
      loading="lazy"
      decoding="async"
      className="size-full object-contain"
    />
  );
}

export const gridStyle =
  "grid grid-cols-1 gap-x-5 gap-y-5 sm:grid-cols-2 sm:gap-y-8 lg:grid-cols-3 xl:grid-cols-4";

/** As many cards as fill the first view, in their final size. */
export function VideoGridSkeleton() {
  return (
    <div aria-hidden="true" className={gridStyle}>
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((card) => (
        <div key={card} className="flex gap-3 sm:flex-col sm:gap-2.5">
          <Skeleton className="aspect-video w-36 shrink-0 sm:w-full" />
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="h-5.5 w-3/4" />
            <Skeleton className="h-6 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  );
}
