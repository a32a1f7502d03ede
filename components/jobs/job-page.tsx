"use client";

import { Captions, Film } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ReportSummary } from "@/components/report/report-summary";
import { cn } from "@/components/ui/cn";
import { lazyPart } from "@/components/ui/lazy-part";
import { ButtonLink } from "@/components/ui/link";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel, PanelBody } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { useJob } from "@/lib/client/use-job";
import type { JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import { targetName } from "@/lib/translation/targets";
import { CancelJobButton, RetryJobButton } from "./job-actions";
import { outcomeOf } from "./job-costs";
import { JobCredits } from "./job-credits";
import { JobFacts } from "./job-facts";
import { JobLanguages } from "./job-languages";
import { JobProgress } from "./job-progress";
import { JobStatusBadge } from "./job-status";
import { RunAgain } from "./run-again";

const JobFailure = lazyPart(
  () => import("./job-failure").then((module) => module.JobFailure),
  <Skeleton className="h-40 w-full" />,
);

/** One job: live stages while it runs, then its subtitles and how good they are, or why it failed. */
export function JobPage({ jobId }: { jobId: string }) {
  const t = useTranslations("studio.jobs");
  const { job, error, restart } = useJob(jobId);
  if (error) {
    return (
      <RequestError
        level={1}
        error={error}
        title={t("loadFailedOne")}
        onRetry={restart}
        back={{ href: routes.jobs(), label: t("back") }}
        className="flex-1"
      />
    );
  }
  if (!job) return <JobPageSkeleton />;
  return (
    <PageFrame width="text">
      <PageHeader
        title={job.videoTitle}
        description={t(`kind.${job.kind}`)}
        actions={<JobStatusBadge status={job.status} />}
      />
      <div className="flex flex-col gap-4">
        <Panel>
          <PanelBody className="flex flex-col gap-5 sm:p-6">
            <Outcome job={job} onChanged={restart} />
            <JobProgress job={job} />
            <JobFacts job={job} />
            <JobCredits job={job} />
            <JobFoot job={job} onChanged={restart} />
          </PanelBody>
        </Panel>
        <JobLanguages job={job} onChanged={restart} />
        <Quality job={job} />
      </div>
    </PageFrame>
  );
}

interface PartProps {
  job: JobView;
  onChanged: () => void;
}

function JobFoot({ job, onChanged }: PartProps) {
  const t = useTranslations("studio.jobs");
  return (
    <div className="flex flex-wrap justify-between gap-2 border-t pt-4">
      <ButtonLink href={routes.video(job.videoId)}>
        <Film aria-hidden="true" />
        {t("openVideo")}
      </ButtonLink>
      {finalStatuses.includes(job.status) ? (
        <RunAgain job={job} />
      ) : (
        <CancelJobButton job={job} onChanged={onChanged} />
      )}
    </div>
  );
}

/** The report of what is said in the video, or else of the first translation. */
function Quality({ job }: { job: JobView }) {
  const locale = useLocale();
  const [track] = job.tracks;
  if (!track || !finalStatuses.includes(job.status) || outcomeOf(job) === "silent") return null;
  return <ReportSummary trackId={track.id} language={targetName(track.language, locale)} />;
}

function Outcome({ job, onChanged }: PartProps) {
  const t = useTranslations("studio.jobs");
  if (job.status === "failed") return <JobFailure job={job} onChanged={onChanged} />;
  if (job.status === "completed") return <Completed job={job} />;
  if (job.status === "cancelled") {
    return (
      <Notice text={t("cancelled")} tone="neutral">
        <RetryJobButton job={job} onChanged={onChanged} />
      </Notice>
    );
  }
  return null;
}

const doneText = {
  caption: "done",
  translate: "doneTranslations",
  align: "doneTimed",
} as const satisfies Record<JobView["kind"], string>;

function Completed({ job }: { job: JobView }) {
  const t = useTranslations("studio.jobs");
  const outcome = outcomeOf(job);
  const [track] = job.tracks;
  if (outcome === "silent") return <Notice text={t("doneSilent")} tone="neutral" />;
  const failed = job.languages.filter(({ status }) => status === "failed").length;
  return (
    <Notice
      text={outcome === "partly" ? t("donePartly", { count: failed }) : t(doneText[job.kind])}
      tone={outcome === "partly" ? "warning" : "success"}
    >
      <ButtonLink variant="accent" href={routes.video(job.videoId, track && { track: track.id })}>
        <Captions aria-hidden="true" />
        {t("openSubtitles")}
      </ButtonLink>
    </Notice>
  );
}

const noticeStyle = {
  success: "bg-success-soft",
  warning: "bg-warning-soft",
  neutral: "bg-sunken",
} as const;

interface NoticeProps {
  text: string;
  tone: keyof typeof noticeStyle;
  children?: ReactNode;
}

function Notice({ text, tone, children }: NoticeProps) {
  return (
    <div
      role="status"
      className={cn(
        "flex flex-wrap items-center justify-between gap-3 rounded-base p-4",
        noticeStyle[tone],
      )}
    >
      <p className="font-semibold">{text}</p>
      {children}
    </div>
  );
}

/** The job page before the first word of the server, in its final size. */
export function JobPageSkeleton() {
  return (
    <PageFrame width="text">
      <div className="mb-6 flex items-end justify-between gap-6">
        <div className="flex flex-col gap-1">
          <Skeleton className="h-7.5 w-64" />
          <Skeleton className="h-5.5 w-40" />
        </div>
        <Skeleton className="h-6 w-20" />
      </div>
      <Panel>
        <PanelBody className="flex flex-col gap-5 sm:p-6">
          <Skeleton className="h-9 w-20" />
          <Skeleton className="h-2 w-full" />
          <Skeleton className="h-40 w-full" />
          <Skeleton className="h-12 w-2/3" />
        </PanelBody>
      </Panel>
    </PageFrame>
  );
}
