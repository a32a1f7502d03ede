"use client";

import { Clapperboard, SearchX, Upload, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { DropTarget } from "@/components/upload/drop-target";
import { pledgedBeside } from "@/components/upload/pledged";
import { UploadRow } from "@/components/upload/upload-row";
import { routes } from "@/lib/client/routes";
import { useNow } from "@/lib/client/use-quantities";
import { useUploads } from "@/lib/client/use-uploads";
import { useVideos } from "@/lib/client/use-videos";
import type { VideoStatus } from "@/lib/videos/schema";
import { gridStyle, VideoCard, VideoGridSkeleton } from "./video-card";

const statuses = [
  "ready",
  "preparing",
  "uploading",
  "failed",
] as const satisfies readonly VideoStatus[];

const owners = ["own", "shared"] as const;
type Of = (typeof owners)[number];

const searchParsers = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(statuses),
  of: parseAsStringLiteral(owners).withDefault("own"),
};

/** The person's videos, what is on its way, and a place to drop more. */
export function VideosPage() {
  const [filter, setFilter] = useQueryStates(searchParsers);
  const list = useVideos(filter);
  const { uploads, add, ...commands } = useUploads();
  const nowMs = useNow(30_000);
  const onItsWay = uploads.filter((item) => item.phase !== "done");
  useReloadWhenDone(uploads.length - onItsWay.length, list.reload);

  const sending = new Set(onItsWay.map((item) => item.videoId));
  const videos = list.videos?.filter((video) => !sending.has(video.id));
  const clear = () => void setFilter({ q: null, status: null });
  return (
    <VideosFrame
      filter={
        <VideoFilterBar
          q={filter.q}
          status={filter.status}
          of={filter.of}
          onOf={(of) => void setFilter({ of })}
          onQuery={(q) => void setFilter({ q: q || null }, { limitUrlUpdates: debounce(250) })}
          onStatus={(status) => void setFilter({ status })}
        />
      }
    >
      {onItsWay.length > 0 && filter.of === "own" ? (
        <Panel className="mb-8">
          <ul>
            {onItsWay.map((item) => (
              <UploadRow
                key={item.id}
                item={item}
                pledged={pledgedBeside(item, uploads)}
                commands={commands}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      <VideoList
        list={list}
        videos={videos}
        nowMs={nowMs}
        filtered={filter.q !== "" || filter.status !== null}
        uploading={onItsWay.length > 0}
        of={filter.of}
        onClear={clear}
      />
      <DropTarget onFiles={(files) => void add(files)} />
    </VideosFrame>
  );
}

/** An upload that ended is a new video in the list. */
function useReloadWhenDone(doneCount: number, reload: () => unknown) {
  const before = useRef(doneCount);
  useEffect(() => {
    if (doneCount > before.current) reload();
    before.current = doneCount;
  }, [doneCount, reload]);
}

interface VideoListProps {
  list: ReturnType<typeof useVideos>;
  videos: ReturnType<typeof useVideos>["videos"];
  nowMs: number;
  filtered: boolean;
  uploading: boolean;
  of: Of;
  onClear: () => void;
}

function VideoList({ list, videos, nowMs, filtered, uploading, of, onClear }: VideoListProps) {
  const t = useTranslations("studio.videos");
  const reload = () => void list.reload();
  if (list.error && !videos) {
    return (
      <Panel>
        <RequestError error={list.error} title={t("loadFailed")} onRetry={reload} />
      </Panel>
    );
  }
  if (!videos) return <VideoGridSkeleton />;
  if (videos.length === 0 && !list.hasMore) {
    if (uploading && !filtered && of === "own") return null;
    return (
      <Panel className="border-dashed">
        <NoVideos filtered={filtered} of={of} onClear={onClear} />
      </Panel>
    );
  }
  return (
    <>
      <ul aria-busy={list.searching || undefined} className={gridStyle}>
        {videos.map((video) => (
          <VideoCard key={video.id} video={video} nowMs={nowMs} onChanged={reload} />
        ))}
      </ul>
      {list.hasMore ? (
        <Button className="mx-auto mt-8 flex" pending={list.loadingMore} onClick={list.loadMore}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

function NoVideos({ filtered, of, onClear }: Pick<VideoListProps, "filtered" | "of" | "onClear">) {
  const t = useTranslations("studio.videos");
  const shared = useTranslations("sharing.list");
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title={t("noneFound")}
        action={<Button onClick={onClear}>{t("clearFilter")}</Button>}
      />
    );
  }
  if (of === "shared") {
    return (
      <EmptyState
        icon={Users}
        title={shared("none")}
        description={shared("noneHint")}
        className="sm:py-24"
      />
    );
  }
  return (
    <EmptyState
      icon={Clapperboard}
      title={t("none")}
      description={t("noneDescription")}
      className="sm:py-24"
      action={
        <ButtonLink variant="accent" size="lg" href={routes.upload()}>
          <Upload aria-hidden="true" />
          {t("uploadFirst")}
        </ButtonLink>
      }
    />
  );
}

interface VideoFilterBarProps {
  q: string;
  status: VideoStatus | null;
  of: Of;
  onOf: (of: Of) => void;
  onQuery: (q: string) => void;
  onStatus: (status: VideoStatus | null) => void;
}

function VideoFilterBar({ q, status, of, onOf, onQuery, onStatus }: VideoFilterBarProps) {
  const t = useTranslations("studio.videos");
  const shared = useTranslations("sharing.list");
  return (
    <search className="flex w-full flex-wrap gap-2 sm:w-auto">
      {/* On a phone the search has a line of its own. */}
      <div className="flex max-sm:basis-full">
        <Segmented
          label={shared("filter")}
          name="videos-of"
          segments={owners.map((value) => ({ value, label: shared(value) }))}
          value={of}
          onValueChange={onOf}
          className="self-center"
        />
      </div>
      <SearchField
        label={t("search")}
        value={q}
        onSearch={onQuery}
        maxLength={200}
        className="min-w-0 sm:w-64"
      />
      <Select
        label={t("filter")}
        value={status ?? "all"}
        onValueChange={(value) => onStatus(value === "all" ? null : value)}
        options={[
          { value: "all" as const, label: t("all") },
          ...statuses.map((value) => ({ value, label: t(`filterStatus.${value}`) })),
        ]}
        className="min-w-32"
      />
    </search>
  );
}

function VideosFrame({ filter, children }: { filter: ReactNode; children: ReactNode }) {
  const t = useTranslations("studio.videos");
  return (
    <PageFrame>
      <PageHeader
        title={t("title")}
        actions={filter}
        className="[&>div:last-child]:max-sm:w-full"
      />
      {children}
    </PageFrame>
  );
}

/** The list before anything is known of it. */
export function VideosPageSkeleton() {
  return (
    <VideosFrame
      filter={
        <div className="flex w-full flex-wrap items-center gap-2 sm:w-auto">
          <Skeleton className="h-8 w-36 pointer-coarse:h-11 max-sm:basis-full" />
          <Skeleton className="h-9 w-full sm:w-98" />
        </div>
      }
    >
      <VideoGridSkeleton />
    </VideosFrame>
  );
}
