"use client";

import {
  Captions,
  CaptionsOff,
  Keyboard,
  Maximize,
  Minimize,
  Pause,
  Play,
  Volume1,
  Volume2,
  VolumeX,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import { formatClock } from "@/lib/subtitles/time";
import type { KeyedControl, PlayerKeys } from "./own-keys";
import { type Player, type PlayerState, playbackRates } from "./player";

interface PlayerControlsProps {
  player: Player;
  state: PlayerState;
  captions: { on: boolean; toggle: () => void } | null;
  fullscreen: { on: boolean; toggle: () => void };
  onShortcuts?: (() => void) | undefined;
  Hint: PlayerKeys["Hint"];
}

/** Everything below the picture; each control has its key. */
export function PlayerControls({
  player,
  state,
  captions,
  fullscreen,
  onShortcuts,
  Hint,
}: PlayerControlsProps) {
  const t = useTranslations("studio.player");
  return (
    <div className="hit-row flex items-center gap-0.5 sm:gap-1">
      <Control
        label={state.paused ? t("play") : t("pause")}
        control="toggle"
        Hint={Hint}
        onClick={() => player.toggle()}
      >
        {state.paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
      </Control>
      <Volume player={player} state={state} Hint={Hint} />
      <PlayTime player={player} durationMs={state.durationMs} />
      <div className="ml-auto flex items-center gap-0.5 sm:gap-1">
        <Select
          label={t("speed")}
          size="sm"
          className="low:w-15 w-19 border-transparent bg-transparent hover:border-transparent hover:bg-hover"
          value={String(state.rate)}
          onValueChange={(rate) => player.setRate(Number(rate))}
          options={playbackRates.map((rate) => ({ value: String(rate), label: `${rate}×` }))}
        />
        {captions ? (
          <Control
            label={captions.on ? t("captionsOff") : t("captionsOn")}
            control="captions"
            Hint={Hint}
            pressed={captions.on}
            onClick={captions.toggle}
          >
            {captions.on ? <Captions aria-hidden="true" /> : <CaptionsOff aria-hidden="true" />}
          </Control>
        ) : null}
        {onShortcuts ? (
          <span className="hidden sm:contents sm:low:hidden">
            <Control label={t("shortcuts")} control="shortcuts" Hint={Hint} onClick={onShortcuts}>
              <Keyboard aria-hidden="true" />
            </Control>
          </span>
        ) : null}
        <Control
          label={fullscreen.on ? t("fullscreenOff") : t("fullscreenOn")}
          control="fullscreen"
          Hint={Hint}
          onClick={fullscreen.toggle}
        >
          {fullscreen.on ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />}
        </Control>
      </div>
    </div>
  );
}

interface ControlProps {
  label: string;
  control: KeyedControl;
  Hint: PlayerKeys["Hint"];
  pressed?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Control({ label, control, Hint, pressed, onClick, children }: ControlProps) {
  return (
    <Tooltip
      content={
        <>
          {label} <Hint control={control} className="border-canvas/25 bg-transparent text-canvas" />
        </>
      }
    >
      <IconButton label={label} aria-pressed={pressed} onClick={onClick}>
        {children}
      </IconButton>
    </Tooltip>
  );
}

function Volume({ player, state, Hint }: Pick<PlayerControlsProps, "player" | "state" | "Hint">) {
  const t = useTranslations("studio.player");
  const volume = state.muted ? 0 : state.volume;
  const Icon = volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2;
  return (
    <div className="flex items-center">
      <Control
        label={state.muted ? t("unmute") : t("mute")}
        control="mute"
        Hint={Hint}
        onClick={() => player.toggleMute()}
      >
        <Icon aria-hidden="true" />
      </Control>
      <input
        type="range"
        aria-label={t("volume")}
        aria-valuetext={`${Math.round(volume * 100)} %`}
        min={0}
        max={1}
        step={0.05}
        value={volume}
        onChange={(event) => player.setVolume(Number(event.target.value))}
        className="hidden h-6 w-20 cursor-pointer accent-accent pointer-fine:sm:block"
      />
    </div>
  );
}

function PlayTime({ player, durationMs }: { player: Player; durationMs: number }) {
  const now = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      player.onTime((ms) => {
        const text = formatClock(ms);
        if (now.current && now.current.textContent !== text) now.current.textContent = text;
      }),
    [player],
  );
  return (
    <p className="ml-1 whitespace-nowrap text-ink-muted text-sm tabular-nums">
      <span ref={now} className="text-ink">
        0:00
      </span>
      <span className="max-sm:low:hidden">
        {" / "}
        {formatClock(durationMs)}
      </span>
    </p>
  );
}
