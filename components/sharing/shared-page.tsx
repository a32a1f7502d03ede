"use client";

import { FileX, Link2Off } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { ActiveCues } from "@/components/player/active-cues";
import { Player } from "@/components/player/player";
import { VideoPlayer } from "@/components/player/video-player";
import { BrandMark } from "@/components/ui/brand-mark";
import { ButtonLink } from "@/components/ui/link";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { useQuantities } from "@/lib/client/use-quantities";
import { useSharedTrack, useSharedVideo } from "@/lib/client/use-shared";
import type { SharedTrackView, SharedVideoView } from "@/lib/sharing/schema";
import { cueIndex } from "@/lib/subtitles/active-cues";
import { JoinButton } from "./join-button";
import { SharedCues } from "./shared-cues";
import { SharedLanguages } from "./shared-languages";

interface SharedPageProps {
  /** Null: what stands in the address can't be one. */
  token: string | null;
  signedIn: boolean;
}

/** What a link opens: the video and its subtitles, to watch and to read. */
export function SharedPage({ token, signedIn }: SharedPageProps) {
  return token === null ? <Closed /> : <Opened token={token} signedIn={signedIn} />;
}

function Opened({ token, signedIn }: { token: string; signedIn: boolean }) {
  const t = useTranslations("sharing.page");
  const { video, error, reload } = useSharedVideo(token);
  if (error?.code === "not_found") return <Closed />;
  if (video) return <OpenVideo token={token} video={video} signedIn={signedIn} />;
  if (!error) return <SharedPageSkeleton />;
  return (
    <main id="content" tabIndex={-1} className="flex min-h-dvh flex-col outline-none">
      <RequestError
        level={1}
        error={error}
        title={t("loadFailed")}
        onRetry={reload}
        className="flex-1"
      />
    </main>
  );
}

/** One page for a link that has ended, was revoked or never was. */
function Closed() {
  const t = useTranslations("sharing.page");
  return (
    <main id="content" tabIndex={-1} className="flex min-h-dvh flex-col outline-none">
      <EmptyState
        level={1}
        icon={Link2Off}
        title={t("gone")}
        description={t("goneHint")}
        className="flex-1"
        action={<ButtonLink href={routes.home()}>{t("home")}</ButtonLink>}
      />
    </main>
  );
}

interface OpenVideoProps {
  token: string;
  video: SharedVideoView;
  signedIn: boolean;
}

function OpenVideo({ token, video, signedIn }: OpenVideoProps) {
  const [player] = useState(() => new Player());
  const [chosen, setChosen] = useState<string | null>(null);
  const trackId = video.tracks.find(({ id }) => id === chosen)?.id ?? video.tracks[0]?.id ?? null;
  const { track, error, reload } = useSharedTrack(token, trackId);
  const active = useShownCues(player, track);
  const t = useTranslations("sharing.page");
  return (
    <div className="flex h-dvh flex-col">
      <Header token={token} video={video} signedIn={signedIn} />
      <main
        id="content"
        tabIndex={-1}
        className="flex min-h-0 flex-1 flex-col outline-none lg:flex-row"
      >
        <div className="shrink-0 lg:min-w-0 lg:flex-1 lg:overflow-y-auto lg:p-4">
          <div className="mx-auto flex flex-col overflow-hidden bg-surface lg:rounded-base lg:border">
            <Picture video={video} player={player} track={track} active={active} />
          </div>
        </div>
        <section
          aria-label={t("list")}
          className="flex min-h-0 flex-1 flex-col border-t bg-surface lg:w-[27rem] lg:flex-none lg:border-t-0 lg:border-l xl:w-[32rem]"
        >
          {trackId === null ? null : (
            <SharedLanguages tracks={video.tracks} trackId={trackId} onTrack={setChosen} />
          )}
          {track && active ? (
            <SharedCues key={track.id} track={track} player={player} active={active} />
          ) : trackId === null ? (
            <EmptyState icon={FileX} title={t("noTracks")} description={t("noTracksHint")} />
          ) : error ? (
            <RequestError error={error} title={t("trackFailed")} onRetry={reload} />
          ) : (
            <ListSkeleton />
          )}
        </section>
      </main>
    </div>
  );
}

function Header({ token, video, signedIn }: OpenVideoProps) {
  const t = useTranslations("sharing.page");
  const common = useTranslations("common");
  const quantities = useQuantities();
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
      <NextLink
        href={routes.home()}
        aria-label={common("homeLabel")}
        className="hit-area rounded-base"
      >
        <BrandMark />
      </NextLink>
      <div className="flex min-w-0 flex-1 flex-col">
        <h1 className="truncate font-semibold text-md" title={video.title}>
          {video.title}
        </h1>
        <p className="truncate text-ink-muted text-sm">
          {t("readOnly")} · {t("until", { date: quantities.exactTime(video.expiresAt) })}
        </p>
      </div>
      {video.role === "editor" ? <JoinButton token={token} signedIn={signedIn} /> : null}
    </header>
  );
}

interface PictureProps {
  video: SharedVideoView;
  player: Player;
  track: SharedTrackView | undefined;
  active: ActiveCues | null;
}

function Picture({ video, player, track, active }: PictureProps) {
  const t = useTranslations("sharing.page");
  const { playUrl } = video;
  const playable = useMemo(() => (playUrl ? { ...video, playUrl } : null), [video, playUrl]);
  const style = useMemo(() => {
    const look = { track: track?.style ?? null };
    return { get: () => look };
  }, [track]);
  if (!playable) {
    return (
      <div
        role="status"
        className="flex aspect-video items-center justify-center gap-3 bg-stage p-6 text-center text-caption"
      >
        {video.mediaDeleted ? <FileX aria-hidden="true" className="size-6" /> : <Spinner />}
        {video.mediaDeleted ? t("mediaDeleted") : t("preparing")}
      </div>
    );
  }
  return (
    <VideoPlayer
      player={player}
      video={playable}
      captions={active && track ? { active, language: track.language, style } : null}
      spans={track?.cues ?? []}
    />
  );
}

/** What is on the picture: moved by the player's clock. */
function useShownCues(player: Player, track: SharedTrackView | undefined): ActiveCues | null {
  const active = useMemo(() => (track ? new ActiveCues(cueIndex(track.cues)) : null), [track]);
  useEffect(() => (active ? player.onTime(active.setTime) : undefined), [player, active]);
  return active;
}

function ListSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col">
      {["a", "b", "c", "d", "e", "f"].map((row) => (
        <div key={row} className="flex h-14 gap-3 border-b px-4 py-2.5">
          <Skeleton className="h-4.5 w-16" />
          <Skeleton className="h-9 flex-1" />
        </div>
      ))}
    </div>
  );
}

/** The page before anything is known, in its final shape. */
export function SharedPageSkeleton() {
  return (
    <div aria-hidden="true" className="flex h-dvh flex-col">
      <div className="flex h-14 shrink-0 items-center gap-3 border-b px-4">
        <Skeleton className="size-7" />
        <Skeleton className="h-6 w-64" />
      </div>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <div className="shrink-0 lg:flex-1 lg:p-4">
          <Skeleton className="aspect-video max-h-[46dvh] w-full rounded-none lg:max-h-[calc(100dvh-15rem)] lg:rounded-base" />
        </div>
        <div className="flex-1 border-t lg:w-[27rem] lg:flex-none lg:border-t-0 lg:border-l xl:w-[32rem]">
          <ListSkeleton />
        </div>
      </div>
    </div>
  );
}
