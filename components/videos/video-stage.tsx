"use client";

import { FileX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import { Stage } from "@/components/player/stage";
import { useCueSpans } from "@/components/player/use-cue-spans";
import { VideoPlayer } from "@/components/player/video-player";
import { ExactCaptions } from "@/components/style/exact-captions";
import { PictureTools } from "@/components/style/picture-tools";
import { useExactShown, useOpenStyle, usePicture } from "@/components/style/picture-view";
import { commandKeys } from "@/components/timeline/play-commands";
import { Spinner } from "@/components/ui/spinner";
import type { TrackSession } from "@/lib/client/use-track";
import { errorTitle } from "@/lib/errors";
import type { VideoView } from "@/lib/videos/schema";

interface VideoStageProps {
  video: VideoView;
  player: Player;
  captions: { active: ActiveCues; language: string } | null;
  session: TrackSession | null;
  onShortcuts: () => void;
}

/** The player, or on the same surface why there is nothing to play, yet or any more. */
export function VideoStage({ video, player, captions, session, onShortcuts }: VideoStageProps) {
  const t = useTranslations("studio.video");
  const locale = useLocale();
  const { playUrl } = video;
  const picture = usePicture(video);
  const style = useOpenStyle(picture);
  const exact = useExactShown();
  const spans = useCueSpans(session);
  const drawn = exact.on && captions ? <ExactCaptions picture={picture} /> : undefined;
  const playable = useMemo(() => (playUrl ? { ...video, playUrl } : null), [video, playUrl]);
  if (playable) {
    return (
      <VideoPlayer
        player={player}
        video={playable}
        captions={captions && { ...captions, style, drawn }}
        spans={spans}
        onShortcuts={onShortcuts}
        keys={commandKeys}
        over={<PictureTools picture={picture} />}
      />
    );
  }
  if (video.mediaDeletedAt !== null) {
    return (
      <Message video={video}>
        <FileX aria-hidden="true" strokeWidth={1.5} className="size-7 opacity-80" />
        <p className="font-semibold">
          {video.tracks.length > 0 ? t("mediaDeleted") : t("fileless")}
        </p>
        <p className="opacity-80">{t("mediaDeletedHint")}</p>
      </Message>
    );
  }
  if (video.status === "failed") {
    return (
      <Message video={video}>
        <p className="font-semibold">{t("unusable")}</p>
        <p className="opacity-80">{errorTitle(video.errorCode ?? "internal", locale)}</p>
      </Message>
    );
  }
  return (
    <Message video={video}>
      <Spinner className="size-6" />
      <p className="font-semibold">
        {video.status === "uploading"
          ? t("uploading")
          : video.previewPending
            ? t("previewPending")
            : t("preparing")}
      </p>
      {video.previewPending ? <p className="opacity-80">{t("previewHint")}</p> : null}
    </Message>
  );
}

function Message({ video, children }: { video: VideoView; children: ReactNode }) {
  return (
    <Stage video={{ width: null, height: null }}>
      {video.thumbnailUrl ? (
        // The picture is private: Next's optimiser can't fetch it.
        // biome-ignore lint/performance/noImgElement: see above
        <img
          src={video.thumbnailUrl}
          alt=""
          className="absolute inset-0 size-full object-contain opacity-25"
        />
      ) : null}
      <div
        role="status"
        className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-6 text-center text-caption"
      >
        {children}
      </div>
    </Stage>
  );
}
