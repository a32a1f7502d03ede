"use client";

import { CircleAlert, Languages, type LucideIcon, TriangleAlert, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { OrderDialog } from "@/components/options/order-dialog";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ButtonLink } from "@/components/ui/link";
import { Spinner } from "@/components/ui/spinner";
import { routes } from "@/lib/client/routes";
import { useReport } from "@/lib/client/use-report";
import { useStored } from "@/lib/client/use-stored";
import { errorTitle } from "@/lib/errors";
import { plainOptions } from "@/lib/jobs/options";
import { finalStatuses, type JobView } from "@/lib/jobs/schema";
import { targetName } from "@/lib/translation/schema";
import type { VideoTrack, VideoView } from "@/lib/videos/schema";

interface TrackNewsProps {
  video: VideoView;
  job: JobView | null;
  tracks: readonly VideoTrack[];
  track: VideoTrack;
  onChanged: () => void;
}

/** What there is to know besides the cues: a job under way or failed, an original that changed. */
export function TrackNews(props: TrackNewsProps) {
  return (
    <>
      <JobNews job={props.job} />
      {props.track.sourceTrackId === null ? null : <StaleNews {...props} />}
    </>
  );
}

const anyText = (value: string): value is string => true;

function JobNews({ job }: { job: JobView | null }) {
  const t = useTranslations("studio.tracks");
  const jobs = useTranslations("studio.jobs.kind");
  const locale = useLocale();
  // What was put away stays away: the attempt that it was about, in this browser.
  const [read, setRead] = useStored("news.read", "", anyText);
  if (!job) return null;
  const attempt = `${job.id}:${job.attempt}`;
  const ended = finalStatuses.includes(job.status);
  if (ended && read === attempt) return null;
  const open = (
    <>
      <ButtonLink size="sm" variant="quiet" href={routes.job(job.id)}>
        {t("workOpen")}
      </ButtonLink>
      {ended ? (
        <IconButton size="sm" label={t("close")} onClick={() => setRead(attempt)}>
          <X aria-hidden="true" />
        </IconButton>
      ) : null}
    </>
  );
  if (!ended) {
    return (
      <Line icon={Spinner} tone="accent" action={open}>
        {t("working", { kind: jobs(job.kind), percent: job.progress })}
      </Line>
    );
  }
  if (job.status === "failed") {
    const reason = errorTitle(job.errorCode ?? "internal", locale);
    return (
      <Line icon={CircleAlert} tone="danger" action={open}>
        {t("workFailed", { reason })}
      </Line>
    );
  }
  const failed = job.languages.filter(({ status }) => status === "failed");
  if (job.status === "cancelled" || failed.length === 0) return null;
  const languages = failed.map(({ language }) => targetName(language, locale)).join(", ");
  return (
    <Line icon={TriangleAlert} tone="warning" action={open}>
      {t("languagesFailed", { languages })}
    </Line>
  );
}

/** Cues whose original says something else by now, and the way to translate them again. */
function StaleNews({ video, job, tracks, track, onChanged }: TrackNewsProps) {
  const t = useTranslations("studio.tracks");
  const locale = useLocale();
  const [ordering, setOrdering] = useState(false);
  const { answer } = useReport(track.id);
  const source = tracks.find(({ id }) => id === track.sourceTrackId);
  const count = answer?.report.counts.translation_stale ?? 0;
  if (count === 0 || !source) return null;
  return (
    <>
      <Line
        icon={Languages}
        tone="warning"
        action={
          <>
            <ButtonLink size="sm" variant="quiet" href={routes.report(track.id)}>
              {t("staleOpen")}
            </ButtonLink>
            <Button size="sm" onClick={() => setOrdering(true)}>
              {t("translateAgain")}
            </Button>
          </>
        }
      >
        {t("stale", { count })}
      </Line>
      {ordering ? (
        <OrderDialog
          open
          onOpenChange={setOrdering}
          title={t("translateAgain")}
          description={t("addDescription", { language: targetName(source.language, locale) })}
          subject={{
            kind: "translate",
            videoId: video.id,
            sourceTrackId: source.id,
            language: source.language,
            existing: tracks.map(({ language }) => language),
          }}
          initial={{
            language: source.language,
            options: { ...(job?.options ?? plainOptions), targets: [track.language] },
          }}
          onOrdered={onChanged}
        />
      ) : null}
    </>
  );
}

const tones = {
  accent: "text-accent",
  warning: "text-warning",
  danger: "text-danger",
} as const;

interface LineProps {
  icon: LucideIcon | typeof Spinner;
  tone: keyof typeof tones;
  action: ReactNode;
  children: ReactNode;
}

function Line({ icon: Icon, tone, action, children }: LineProps) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b bg-sunken py-1.5 pr-2 pl-4 text-sm"
    >
      <Icon aria-hidden="true" className={cn("size-4 shrink-0", tones[tone])} />
      <span className="min-w-0 flex-1 tabular-nums">{children}</span>
      <span className="flex items-center gap-1">{action}</span>
    </div>
  );
}
