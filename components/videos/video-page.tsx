"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState } from "react";
import { AnnouncerProvider } from "@/components/editor/actions/announcer";
import { EditorProvider, type OpenTrack } from "@/components/editor/editor-context";
import { FindProvider } from "@/components/editor/find/find-context";
import { KeysProvider } from "@/components/editor/keys/keys-context";
import { ListPane } from "@/components/editor/list-pane";
import { ActiveCues } from "@/components/player/active-cues";
import { Player } from "@/components/player/player";
import { QualityProvider } from "@/components/quality/quality-context";
import { SideBySideProvider } from "@/components/side-by-side/side-by-side-context";
import { SpeakersProvider } from "@/components/speakers/speakers-context";
import { RequestError } from "@/components/ui/request-error";
import { routes } from "@/lib/client/routes";
import { useJob } from "@/lib/client/use-job";
import { rereadSpeakers } from "@/lib/client/use-speakers";
import { type TrackSession, useTrack, useTrackSession } from "@/lib/client/use-track";
import { useVideo } from "@/lib/client/use-videos";
import type { JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import type { VideoView } from "@/lib/videos/schema";
import { NoSpeech, SidePanel, TrackSkeleton } from "./side-panel";
import { TracksHead } from "./tracks-head";
import { useOpenTrack } from "./use-open-track";
import { VideoFrame } from "./video-frame";
import { VideoPageSkeleton } from "./workbench";

export { VideoPageSkeleton } from "./workbench";

/** One video: the picture, its subtitles beside it, and whatever stands between the two. */
export function VideoPage({ videoId }: { videoId: string }) {
  const t = useTranslations("studio.video");
  const { video, error, reload } = useVideo(videoId);
  // What is no longer shared leaves the screen.
  const gone = error?.code === "not_found";
  if (!video || gone) {
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
  return (
    <AnnouncerProvider>
      <KeysProvider>
        <SpeakersProvider videoId={video.id}>
          <FindProvider>
            <LoadedVideo video={video} onChanged={() => void reload()} />
          </FindProvider>
        </SpeakersProvider>
      </KeysProvider>
    </AnnouncerProvider>
  );
}

/** One tree for every state: the picture goes on playing when its subtitles arrive. */
function LoadedVideo({ video, onChanged }: { video: VideoView; onChanged: () => void }) {
  const [player] = useState(() => new Player());
  const job = useFreshJob(video, () => {
    onChanged();
    rereadSpeakers(video.id);
    // A job may have made a new version of the track that is open.
    void reload();
  });
  const tracks = useOpenTrack(video, job);
  const trackId = tracks.track?.id ?? null;
  // Those of a track that a job has just stored aren't among what was read before.
  useEffect(() => {
    if (trackId !== null) rereadSpeakers(video.id);
  }, [trackId, video.id]);
  const { track, error, reload } = useTrack(trackId);
  // A track that was emptied by hand is still being edited; one that came empty is not.
  const captioned = track && (track.cues.length > 0 || track.revision > 0) ? track : null;
  const session = useTrackSession(captioned);
  const active = useActiveCues(player, session);
  const reread = useReread(reload);
  const { openAt } = tracks;
  const asked = openAt.cueId !== null || openAt.ms !== null;
  // The address says where to open, else the person's last visit does.
  const place = asked ? openAt : (captioned?.place ?? openAt);
  const open = useMemo<OpenTrack | null>(
    () =>
      captioned && session && active && session.trackId === captioned.id
        ? {
            ...{ video, track: captioned, session, player, active, reread },
            tracks: tracks.tracks,
            openTrack: tracks.open,
            openCueId: place.cueId,
          }
        : null,
    [video, captioned, session, player, active, reread, tracks.tracks, tracks.open, place.cueId],
  );
  const head = tracks.track ? (
    <TracksHead
      video={video}
      job={job}
      tracks={tracks.tracks}
      track={tracks.track}
      onTrack={(id) => tracks.open(id)}
      onChanged={onChanged}
    />
  ) : null;
  return (
    <EditorProvider open={open}>
      <SideBySideProvider>
        <QualityProvider>
          <VideoFrame
            video={video}
            player={player}
            open={open}
            onChanged={onChanged}
            side={
              <>
                {head}
                {open ? (
                  <ListPane key={trackId} openMs={place.ms} />
                ) : trackId === null ? (
                  <SidePanel video={video} job={job} onChanged={onChanged} />
                ) : error ? (
                  <TrackError error={error} onRetry={reread} />
                ) : track ? (
                  <NoSpeech video={video} job={job} onChanged={onChanged} />
                ) : (
                  <TrackSkeleton />
                )}
              </>
            }
          />
        </QualityProvider>
      </SideBySideProvider>
    </EditorProvider>
  );
}

function useReread(reload: () => Promise<unknown>): () => void {
  return useCallback(() => void reload(), [reload]);
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
