"use client";

import { ArrowLeft } from "lucide-react";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { ExportMenu } from "@/components/editor/export-menu";
import { ShortcutsDialog } from "@/components/editor/shortcuts-dialog";
import { TrackPanel } from "@/components/editor/track-panel";
import { ActiveCues } from "@/components/player/active-cues";
import { Player } from "@/components/player/player";
import { buttonStyle } from "@/components/ui/button-style";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { useJob } from "@/lib/client/use-job";
import { type TrackSession, useTrack, useTrackSession } from "@/lib/client/use-track";
import { useVideo } from "@/lib/client/use-videos";
import { finalStatuses, type JobView } from "@/lib/jobs/schema";
import type { TrackView } from "@/lib/tracks/schema";
import type { VideoView } from "@/lib/videos/schema";
import { RetentionFact } from "./retention-fact";
import { NoSpeech, SidePanel, TrackSkeleton } from "./side-panel";
import { TracksHead } from "./tracks-head";
import { useOpenTrack } from "./use-open-track";
import { VideoFacts } from "./video-facts";
import { VideoMenu } from "./video-menu";
import { VideoStage } from "./video-stage";

const noCues: TrackView["cues"] = [];

/** One video: the picture, its subtitles beside it, and whatever stands between the two. */
export function VideoPage({ videoId }: { videoId: string }) {
  const t = useTranslations("studio.video");
  const { video, error, reload } = useVideo(videoId);
  if (!video) {
    if (!error) return <VideoPageSkeleton />;
    return (
      <RequestError
        level={1}
        error={error}
        title={t("loadFailed")}
        back={{ href: routes.videos(), label: t("back") }}
        onRetry={() => void reload()}
        className="flex-1"
      />
    );
  }
  return <LoadedVideo video={video} onChanged={() => void reload()} />;
}

/** One tree for every state: the picture goes on playing when its subtitles arrive. */
function LoadedVideo({ video, onChanged }: { video: VideoView; onChanged: () => void }) {
  const [player] = useState(() => new Player());
  const job = useFreshJob(video, () => {
    onChanged();
    // A job may have made a new version of the track that is open.
    void reload();
  });
  const tracks = useOpenTrack(video, job);
  const trackId = tracks.track?.id ?? null;
  const { track, error, reload } = useTrack(trackId);
  const captioned = track && track.cues.length > 0 ? track : null;
  const session = useTrackSession(captioned);
  const active = useActiveCues(player, session);
  const onStale = () => void reload();
  const bar = tracks.track ? (
    <TracksHead
      video={video}
      job={job}
      tracks={tracks.tracks}
      track={tracks.track}
      revision={track?.revision ?? 0}
      session={session}
      onTrack={tracks.open}
      onChanged={onChanged}
      onStale={onStale}
    />
  ) : null;
  const edited =
    captioned && session && active ? { language: captioned.language, session, active } : null;
  return (
    <Workbench
      video={video}
      player={player}
      onChanged={onChanged}
      captions={edited}
      cues={captioned?.cues ?? noCues}
      actions={
        edited ? (
          <ExportMenu
            trackId={edited.session.trackId}
            queue={edited.session.queue}
            originalUrl={video.downloadUrl}
            spoken={captioned?.cues.some((cue) => cue.speaker !== undefined) ?? false}
          />
        ) : null
      }
      side={
        <>
          {bar}
          {edited ? (
            <TrackPanel
              {...edited}
              key={trackId}
              videoId={video.id}
              player={player}
              onStale={onStale}
              openAt={tracks.openAt}
            />
          ) : trackId === null ? (
            <SidePanel video={video} job={job} onChanged={onChanged} />
          ) : error ? (
            <TrackError error={error} onRetry={onStale} />
          ) : track ? (
            <NoSpeech video={video} job={job} onChanged={onChanged} />
          ) : (
            <TrackSkeleton />
          )}
        </>
      }
    />
  );
}

/** What is on the picture: moved by the player's clock, and by the person's typing. */
function useActiveCues(player: Player, session: TrackSession | null): ActiveCues | null {
  const [active, setActive] = useState<{ session: TrackSession; cues: ActiveCues } | null>(null);
  if (session && active?.session !== session) {
    setActive({ session, cues: new ActiveCues(session.document) });
  }
  const cues = active?.cues;
  useEffect(() => {
    if (!session || !cues) return;
    const stopTime = player.onTime(cues.setTime);
    const stopTexts = session.document.subscribeTexts(cues.refresh);
    return () => {
      stopTime();
      stopTexts();
    };
  }, [player, session, cues]);
  return active?.session === session ? (cues ?? null) : null;
}

/** The job as the live stream tells it, while it runs; its end brings the video up to date. */
function useFreshJob(video: VideoView, onEnded: () => void): JobView | null {
  const known = video.job;
  const running = known !== null && !finalStatuses.includes(known.status);
  const { job: live } = useJob(running ? known.id : null);
  const fresh = live && known && live.id === known.id && live.seq >= known.seq ? live : known;
  const ended = running && fresh !== null && finalStatuses.includes(fresh.status);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the job ends
  useEffect(() => {
    if (ended) onEnded();
  }, [ended]);
  return fresh;
}

function TrackError(props: Omit<Parameters<typeof RequestError>[0], "title">) {
  const t = useTranslations("studio.video");
  return <RequestError {...props} title={t("trackFailed")} />;
}

interface WorkbenchProps {
  video: VideoView;
  player: Player;
  onChanged: () => void;
  captions: { active: ActiveCues; language: string } | null;
  cues: TrackView["cues"];
  actions: ReactNode;
  side: ReactNode;
}

/** The page's shape in all its states: the picture never moves. */
function Workbench({ video, player, onChanged, captions, cues, actions, side }: WorkbenchProps) {
  const t = useTranslations("studio.video");
  const router = useRouter();
  const [shortcuts, setShortcuts] = useState(false);
  return (
    <div className="flex h-[calc(100dvh-3.5rem)] flex-col">
      <header className="flex min-h-13 shrink-0 items-center gap-2 border-b px-2 py-1.5 sm:px-4">
        <NextLink
          href={routes.videos()}
          aria-label={t("back")}
          className={buttonStyle({ variant: "quiet", shape: "icon" })}
        >
          <ArrowLeft aria-hidden="true" />
        </NextLink>
        <h1 className="min-w-0 truncate font-semibold text-md" title={video.title}>
          {video.title}
        </h1>
        <div className="ml-auto flex shrink-0 items-center gap-1.5">
          {actions}
          <VideoMenu
            video={video}
            onRenamed={onChanged}
            onDeleted={() => router.push(routes.videos())}
          />
        </div>
      </header>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <div className="shrink-0 lg:min-w-0 lg:flex-1 lg:overflow-y-auto lg:p-4">
          <div className="mx-auto flex flex-col overflow-hidden bg-surface lg:rounded-base lg:border">
            <VideoStage
              video={video}
              player={player}
              captions={captions}
              cues={cues}
              onShortcuts={() => setShortcuts(true)}
            />
          </div>
          <VideoFacts video={video} className="mt-4 hidden lg:flex" />
          <div className="max-lg:border-b max-lg:p-2 lg:mt-4">
            <RetentionFact video={video} onChanged={onChanged} />
          </div>
        </div>
        <section
          aria-label={t("subtitles")}
          className="flex min-h-0 flex-1 flex-col border-t bg-surface lg:w-[27rem] lg:flex-none lg:border-t-0 lg:border-l xl:w-[32rem]"
        >
          {side}
        </section>
      </div>
      <ShortcutsDialog open={shortcuts} onOpenChange={setShortcuts} />
    </div>
  );
}

/** The video page before anything is known, in its final shape. */
export function VideoPageSkeleton() {
  return (
    <div aria-hidden="true" className="flex h-[calc(100dvh-3.5rem)] flex-col">
      <div className="flex h-13 shrink-0 items-center gap-3 border-b px-4">
        <Skeleton className="size-7" />
        <Skeleton className="h-6 w-64" />
        <Skeleton className="ml-auto h-9 w-28" />
      </div>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <div className="shrink-0 lg:flex-1 lg:p-4">
          <Skeleton className="aspect-video max-h-[46dvh] w-full rounded-none lg:max-h-[calc(100dvh-15rem)] lg:rounded-base" />
        </div>
        <div className="flex-1 border-t lg:w-[27rem] lg:flex-none lg:border-t-0 lg:border-l xl:w-[32rem]">
          <TrackSkeleton />
        </div>
      </div>
    </div>
  );
}
