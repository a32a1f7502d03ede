"use client";

import { Captions, Film } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/link";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel, PanelBody } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { useJob } from "@/lib/client/use-job";
import { useQuantities } from "@/lib/client/use-quantities";
import { finalStatuses, type JobView } from "@/lib/jobs/schema";
import { languageName } from "@/lib/speech/schema";
import { CancelJobButton, RetryJobButton } from "./job-actions";
import { JobCredits } from "./job-credits";
import { JobFailure } from "./job-failure";
import { JobProgress } from "./job-progress";
import { JobStatusBadge } from "./job-status";

/** One job: live stages while it runs, then the way to its subtitles or the cause of its failure. */
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
        description={t("pageDescription")}
        actions={<JobStatusBadge status={job.status} />}
      />
      <Panel>
        <PanelBody className="flex flex-col gap-5 sm:p-6">
          <Outcome job={job} onChanged={restart} />
          <JobProgress job={job} />
          <JobFacts job={job} />
          <JobCredits job={job} />
          <div className="flex flex-wrap justify-between gap-2 border-t pt-4">
            <ButtonLink href={routes.video(job.videoId)}>
              <Film aria-hidden="true" />
              {t("openVideo")}
            </ButtonLink>
            {finalStatuses.includes(job.status) ? null : (
              <CancelJobButton job={job} onChanged={restart} />
            )}
          </div>
        </PanelBody>
      </Panel>
    </PageFrame>
  );
}

function Outcome({ job, onChanged }: { job: JobView; onChanged: () => void }) {
  const t = useTranslations("studio.jobs");
  if (job.status === "failed") return <JobFailure job={job} onChanged={onChanged} />;
  if (job.status === "completed") {
    return (
      <Notice text={t("done")} tone="success">
        <ButtonLink variant="accent" href={routes.video(job.videoId)}>
          <Captions aria-hidden="true" />
          {t("openSubtitles")}
        </ButtonLink>
      </Notice>
    );
  }
  if (job.status === "cancelled") {
    return (
      <Notice text={t("cancelled")} tone="neutral">
        <RetryJobButton job={job} onChanged={onChanged} />
      </Notice>
    );
  }
  return null;
}

function Notice({
  text,
  tone,
  children,
}: {
  text: string;
  tone: "success" | "neutral";
  children: ReactNode;
}) {
  return (
    <div
      role="status"
      className={`flex flex-wrap items-center justify-between gap-3 rounded-base p-4 ${tone === "success" ? "bg-success-soft" : "bg-sunken"}`}
    >
      <p className="font-semibold">{text}</p>
      {children}
    </div>
  );
}

/** Language, engine, beginning and length: what the history needs to tell. */
function JobFacts({ job }: { job: JobView }) {
  const t = useTranslations("studio.jobs");
  const locale = useLocale();
  const quantities = useQuantities();
  const asked = job.language === "auto" ? null : languageName(job.language, locale);
  const heard = job.detectedLanguage ? languageName(job.detectedLanguage, locale) : null;
  const facts: [string, string][] = [
    [t("language"), asked ?? (heard ? t("detected", { language: heard }) : t("detecting"))],
    [t("started"), quantities.exactTime(job.createdAt)],
  ];
  if (job.startedAt && job.endedAt) {
    const tookMs = Date.parse(job.endedAt) - Date.parse(job.startedAt);
    facts.push([t("took"), quantities.took(tookMs)]);
  }
  if (job.speechModel) facts.push([t("engine"), job.speechModel]);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-muted">{name}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
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
