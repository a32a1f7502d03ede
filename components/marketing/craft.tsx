import { Check, X } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Section } from "./section";
import { waveformPath } from "./waveform";

/** What sets these subtitles apart, shown rather than told. */
export async function Craft() {
  const t = await getTranslations("marketing.craft");
  return (
    <Section id="craft" title={t("title")} description={t("description")}>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card
          title={t("breaks.title")}
          description={t("breaks.description")}
          className="lg:col-span-2 lg:grid-cols-[1fr_2fr]"
        >
          <div className="grid flex-1 gap-3 sm:grid-cols-2">
            <Subtitle label={t("breaks.badLabel")} text={t("breaks.bad")} good={false} />
            <Subtitle label={t("breaks.goodLabel")} text={t("breaks.good")} good />
          </div>
        </Card>
        <Card title={t("silence.title")} description={t("silence.description")}>
          <SilencePicture speech={t("silence.speech")} quiet={t("silence.quiet")} />
        </Card>
        <Card title={t("timing.title")} description={t("timing.description")}>
          <TimingPicture />
        </Card>
      </div>
    </Section>
  );
}

interface CardProps {
  title: string;
  description: string;
  className?: string;
  children: ReactNode;
}

function Card({ title, description, className, children }: CardProps) {
  return (
    <article
      className={cn(
        "grid content-between gap-6 rounded-base border bg-surface p-6 lg:gap-8",
        className,
      )}
    >
      <div className="flex flex-col gap-2">
        <h3 className="font-semibold text-lg">{title}</h3>
        <p className="text-base text-ink-muted text-pretty">{description}</p>
      </div>
      {children}
    </article>
  );
}

function Subtitle({ label, text, good }: { label: string; text: string; good: boolean }) {
  const Icon = good ? Check : X;
  return (
    <figure className="flex flex-col gap-2">
      <div className="flex min-h-36 items-center justify-center rounded-base bg-stage px-3">
        <p className="whitespace-pre bg-caption-box px-2.5 py-1 text-center font-medium text-base text-caption lg:text-lg">
          {text}
        </p>
      </div>
      <figcaption className="flex items-center gap-1.5 text-ink-muted text-sm">
        <Icon aria-hidden="true" className={cn("size-4", good ? "text-success" : "text-danger")} />
        {label}
      </figcaption>
    </figure>
  );
}

const spoken = [
  [0.04, 0.3],
  [0.62, 0.96],
] as const;

function SilencePicture({ speech, quiet }: { speech: string; quiet: string }) {
  return (
    <div aria-hidden="true" className="flex flex-col gap-2">
      <svg
        viewBox="0 0 320 56"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="h-14 w-full stroke-ink-muted"
      >
        <path d={waveformPath(160, 56, spoken)} strokeWidth="1" fill="none" />
      </svg>
      <div className="relative h-7 text-sm">
        {spoken.map(([start, end]) => (
          <span
            key={start}
            className="absolute inset-y-0 truncate rounded-base bg-accent-soft px-2 text-accent leading-7"
            style={{ left: `${start * 100}%`, width: `${(end - start) * 100}%` }}
          >
            {speech}
          </span>
        ))}
        <span className="absolute inset-y-0 left-[33%] w-[26%] truncate rounded-base border border-dashed px-2 text-center text-ink-muted leading-6.5">
          {quiet}
        </span>
      </div>
    </div>
  );
}

const sampleTimes = [
  ["00:00:03,180", "00:00:05,760"],
  ["00:00:06,120", "00:00:08,700"],
  ["00:00:09,120", "00:00:11,640"],
] as const;

function TimingPicture() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-1.5 text-base tabular-nums">
      {sampleTimes.map(([start, end]) => (
        <div key={start} className="flex items-center gap-3">
          <span className="text-ink">{start}</span>
          <span className="h-px flex-1 bg-line-strong" />
          <span className="text-ink-muted">{end}</span>
        </div>
      ))}
    </div>
  );
}
