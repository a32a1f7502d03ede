import { CircleCheck, Pause, Play } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { CSSProperties } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import styles from "./demo.module.css";
import { HarborScene } from "./harbor-scene";
import { waveformPath } from "./waveform";

/** Shares of the twelve seconds that the picture lasts. */
const spans = [
  [0.03, 0.24],
  [0.265, 0.48],
  [0.51, 0.725],
  [0.76, 0.97],
] as const;
const startTimes = ["00:00.360", "00:03.180", "00:06.120", "00:09.120"];

const order = (index: number) => ({ "--i": index }) as CSSProperties;

/** The product at work, made of its own parts. Plays by style sheet alone and can be paused. */
export async function Demo() {
  const t = await getTranslations("marketing.demo");
  const cues = [t("cue1"), t("cue2"), t("cue3"), t("cue4")];
  return (
    <figure
      aria-label={t("label")}
      className={cn(
        styles.demo,
        "overflow-hidden rounded-base border border-line-strong bg-surface",
      )}
    >
      <div
        aria-hidden="true"
        className="flex h-11 items-center justify-between gap-3 border-b px-3 text-base sm:px-4"
      >
        <span className="truncate font-medium">{t("fileName")}</span>
        <span className="flex items-center gap-3 text-ink-muted text-sm">
          <Badge>{t("language")}</Badge>
          <span className="hidden items-center gap-1.5 sm:inline-flex">
            <CircleCheck className="size-4 text-success" />
            {t("saved")}
          </span>
        </span>
      </div>
      <div className="grid md:grid-cols-[minmax(0,1.9fr)_minmax(0,1fr)]">
        <Stage cues={cues} pauseLabel={t("pause")} />
        <CueRows cues={cues} title={t("cues")} />
      </div>
      <Timeline cues={cues} />
    </figure>
  );
}

function Stage({ cues, pauseLabel }: { cues: string[]; pauseLabel: string }) {
  return (
    <div className="relative aspect-video bg-stage">
      <HarborScene id="demo" className="absolute inset-0 size-full" />
      <div
        aria-hidden="true"
        className="absolute inset-x-0 bottom-11 grid items-end sm:bottom-[11%] justify-items-center px-4 text-center"
      >
        {cues.map((cue, index) => (
          <p
            key={cue}
            style={order(index)}
            data-still={index === 1 || undefined}
            className={cn(
              styles.cue,
              "[grid-area:1/1] whitespace-pre-line text-balance font-semibold text-caption text-lg leading-snug sm:text-2xl",
              "[text-shadow:0_0_2px_#000,0_0_3px_#000,0_1px_4px_rgb(0_0_0/0.8)]",
            )}
          >
            {cue}
          </p>
        ))}
      </div>
      <div className="absolute inset-x-0 bottom-0 flex h-11 items-center gap-2 bg-gradient-to-t from-black/60 to-transparent px-2 text-caption text-sm">
        <label
          className={cn(
            styles.pause,
            "hit-area relative inline-flex size-8 cursor-pointer items-center justify-center rounded-base hover:bg-caption/15 has-focus-visible:outline-2 has-focus-visible:outline-caption",
          )}
        >
          <input type="checkbox" className="peer absolute inset-0 opacity-0" />
          <Pause aria-hidden="true" className="size-4 fill-current peer-checked:hidden" />
          <Play aria-hidden="true" className="hidden size-4 fill-current peer-checked:block" />
          <span className="sr-only">{pauseLabel}</span>
        </label>
        <span aria-hidden="true" className="tabular-nums">
          <span className={styles.clock} /> / 00:12
        </span>
      </div>
    </div>
  );
}

function CueRows({ cues, title }: { cues: string[]; title: string }) {
  return (
    <div aria-hidden="true" className="flex flex-col border-t text-base md:border-t-0 md:border-l">
      <p className="border-b px-4 py-2 text-ink-muted text-sm">{title}</p>
      {cues.map((cue, index) => (
        <div
          key={cue}
          style={order(index)}
          data-still={index === 1 || undefined}
          className={cn(styles.row, "relative flex-1 border-b px-4 py-2.5 last:border-b-0")}
        >
          <p className="relative text-ink-muted text-xs tabular-nums">{startTimes[index]}</p>
          <p className="relative mt-0.5 whitespace-pre-line">{cue}</p>
        </div>
      ))}
    </div>
  );
}

function Timeline({ cues }: { cues: string[] }) {
  return (
    <div aria-hidden="true" className="relative border-t bg-canvas px-3 py-2 sm:px-4">
      <div className="relative">
        <svg
          viewBox="0 0 480 44"
          preserveAspectRatio="none"
          aria-hidden="true"
          className="h-11 w-full stroke-ink-faint"
        >
          <path d={waveformPath(240, 44, spans)} strokeWidth="1" fill="none" />
        </svg>
        <div className="relative mt-1 h-6">
          {spans.map(([start, end], index) => (
            <span
              key={start}
              className="absolute inset-y-0 overflow-hidden text-ellipsis whitespace-nowrap rounded-base border border-line-strong bg-surface px-1.5 text-ink-muted text-xs leading-[1.375rem]"
              style={{ left: `${start * 100}%`, width: `${(end - start) * 100}%` }}
            >
              {cues[index]}
            </span>
          ))}
        </div>
        <div className={cn(styles.playhead, "absolute inset-0")}>
          <span className="absolute inset-y-0 left-0 w-px bg-accent" />
          <span className="absolute -top-1 -left-1 size-2 rounded-full bg-accent" />
        </div>
      </div>
    </div>
  );
}
