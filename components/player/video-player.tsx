"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import { useStored } from "@/lib/client/use-stored";
import type { ActiveCues } from "./active-cues";
import { CaptionOverlay, type CaptionStyle } from "./caption-overlay";
import { ownKeys, type PlayerKeys } from "./own-keys";
import type { Player } from "./player";
import { PlayerControls } from "./player-controls";
import { SeekBar } from "./seek-bar";
import { pictureOf, Stage } from "./stage";
import { useFullscreen } from "./use-fullscreen";
import { useIdle } from "./use-idle";
import { useRememberedVolume } from "./use-remembered-volume";

export interface PlayerCaptions {
  active: ActiveCues;
  language: string;
  style: CaptionStyle;
  /** Drawn in place of our own overlay. */
  drawn?: ReactNode;
}

interface VideoPlayerProps {
  player: Player;
  video: {
    title: string;
    playUrl: string;
    thumbnailUrl: string | null;
    durationMs: number | null;
    width: number | null;
    height: number | null;
    fps: number | null;
  };
  /** Null while there are no subtitles to show. */
  captions: PlayerCaptions | null;
  spans: readonly { startMs: number; endMs: number }[];
  /** Left out where there is no list of keys. */
  onShortcuts?: (() => void) | undefined;
  /** Where the page reads the keys; left out: the player does. */
  keys?: PlayerKeys;
  /** What lies over the picture and its subtitles. */
  over?: ReactNode;
}

const isOnOff = (value: string): value is "on" | "off" => value === "on" || value === "off";

/** The video with our subtitles on it, its controls, and its keys on the whole page. */
export function VideoPlayer(props: VideoPlayerProps) {
  const { player, video, captions, spans, onShortcuts, keys = ownKeys, over } = props;
  const t = useTranslations("studio.player");
  const frame = useRef<HTMLElement>(null);
  const element = useRef<HTMLVideoElement>(null);
  const state = useSyncExternalStore(player.subscribe, player.getState, player.getState);
  const fullscreen = useFullscreen();
  const [captionsOn, setCaptionsOn] = useStored("captions", "on", isOnOff);
  const toggleCaptions = () => setCaptionsOn(captionsOn === "on" ? "off" : "on");
  const idle = useIdle(frame, fullscreen.on && !state.paused);
  const { fps } = video;

  useEffect(() => {
    if (element.current) return player.attach(element.current, { fps });
  }, [player, fps]);

  useRememberedVolume(player, state);
  const page = {
    captions: captions ? toggleCaptions : undefined,
    fullscreen: fullscreen.toggle,
    shortcuts: onShortcuts,
  };
  const durationMs = state.durationMs || (video.durationMs ?? 0);

  return (
    <section
      ref={frame}
      aria-label={t("label", { title: video.title })}
      className={cn(
        "flex min-h-0 flex-col",
        fullscreen.on && "fixed inset-0 z-40 bg-stage",
        // The bar lies over the picture there: subtitles stand above it.
        fullscreen.on && !idle && "[--controls:5.75rem]",
        idle && "cursor-none",
      )}
    >
      <keys.Keys player={player} page={page} />
      <Stage video={video} fill={fullscreen.on}>
        {/* Subtitles are ours, drawn over the video; a <track> would show them twice. */}
        {/* biome-ignore lint/a11y/useMediaCaption: see above */}
        <video
          ref={element}
          src={video.playUrl}
          poster={video.thumbnailUrl ?? undefined}
          preload="metadata"
          playsInline
          onClick={() => player.toggle()}
          onDoubleClick={fullscreen.toggle}
          className="size-full object-contain"
        />
        {state.stalled ? (
          <Spinner className="absolute top-1/2 left-1/2 size-8 -translate-1/2 text-caption" />
        ) : null}
        {state.broken ? (
          <p className="absolute inset-0 flex items-center justify-center bg-stage p-6 text-center text-caption">
            {t("broken")}
          </p>
        ) : null}
        {captions && captionsOn === "on"
          ? (captions.drawn ?? (
              <CaptionOverlay
                active={captions.active}
                lang={captions.language}
                style={captions.style}
                picture={pictureOf(video)}
              />
            ))
          : null}
        {over}
      </Stage>
      <div
        className={cn(
          "px-2 pt-1.5 pb-1 transition-opacity duration-150",
          fullscreen.on && "absolute inset-x-0 bottom-0 bg-surface px-4 py-2",
          idle && "pointer-events-none opacity-0 focus-within:opacity-100",
        )}
      >
        <SeekBar player={player} durationMs={durationMs} spans={spans} />
        <PlayerControls
          player={player}
          state={{ ...state, durationMs }}
          captions={captions ? { on: captionsOn === "on", toggle: toggleCaptions } : null}
          fullscreen={fullscreen}
          onShortcuts={onShortcuts}
          Hint={keys.Hint}
        />
      </div>
    </section>
  );
}
