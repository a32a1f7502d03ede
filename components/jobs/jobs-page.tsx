"use client";

import { Upload, Workflow } from "lucide-react";
import NextLink from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { RequestError } from "@/components/ui/request-error";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { useJobs } from "@/lib/client/use-jobs";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import { errorTitle } from "@/lib/errors";
import { finalStatuses, type JobStatus, type JobView } from "@/lib/jobs/schema";
import { languageName } from "@/lib/speech/schema";
import { JobStatusBadge } from "./job-status";

const statuses = [
  "pending",
  "processing",
  "completed",
  "failed",
  "cancelled",
] as const satisfies readonly JobStatus[];

/** Every job of the person, newest first. */
export function JobsPage() {
  const t = useTranslations("studio.jobs");
  const [status, setStatus] = useQueryState("status", parseAsStringLiteral(statuses));
  const { jobs, error, hasMore, loadingMore, loadMore, reload } = useJobs(status);
  return (
    <JobsFrame
      actions={
        <Select
          label={t("filter")}
          value={status ?? "all"}
          onValueChange={(value) => void setStatus(value === "all" ? null : value)}
          options={[
            { value: "all" as const, label: t("all") },
            ...statuses.map((value) => ({ value, label: t(`status.${value}`) })),
          ]}
          className="min-w-36"
        />
      }
    >
      {error && !jobs ? (
        <Panel>
          <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
        </Panel>
      ) : !jobs ? (
        <JobsSkeleton />
      ) : jobs.length === 0 ? (
        <Panel>
          <NoJobs filtered={status !== null} onClear={() => void setStatus(null)} />
        </Panel>
      ) : (
        <>
          <JobsTable jobs={jobs} />
          {hasMore ? (
            <Button className="mx-auto mt-4 flex" pending={loadingMore} onClick={loadMore}>
              {t("more")}
            </Button>
          ) : null}
        </>
      )}
    </JobsFrame>
  );
}

function JobsFrame({ actions, children }: { actions: ReactNode; children: ReactNode }) {
  const t = useTranslations("studio.jobs");
  return (
    <PageFrame>
      <PageHeader title={t("title")} actions={actions} />
      {children}
    </PageFrame>
  );
}

function NoJobs({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations("studio.jobs");
  return (
    <EmptyState
      icon={Workflow}
      title={filtered ? t("noneFiltered") : t("none")}
      description={filtered ? undefined : t("noneDescription")}
      action={
        filtered ? (
          <Button onClick={onClear}>{t("showAll")}</Button>
        ) : (
          <ButtonLink variant="primary" href={routes.upload()}>
            <Upload aria-hidden="true" />
            {t("uploadVideo")}
          </ButtonLink>
        )
      }
    />
  );
}

function JobsTable({ jobs }: { jobs: readonly JobView[] }) {
  const t = useTranslations("studio.jobs");
  const nowMs = useNow(30_000);
  return (
    <Panel className="overflow-hidden">
      <table className="w-full text-left">
        <thead className="border-b text-ink-muted text-sm max-sm:sr-only">
          <tr className="[&>th]:h-9 [&>th]:px-4 [&>th]:font-medium">
            <th scope="col">{t("video")}</th>
            <th scope="col" className="w-40">
              {t("state")}
            </th>
            <th scope="col" className="w-32 max-md:hidden">
              {t("language")}
            </th>
            <th scope="col" className="w-32 max-md:hidden">
              {t("when")}
            </th>
            <th scope="col" className="w-28 text-right max-lg:hidden">
              {t("took")}
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function JobRow({ job, nowMs }: { job: JobView; nowMs: number }) {
  const t = useTranslations("studio.jobs");
  const locale = useLocale();
  const quantities = useQuantities();
  const running = !finalStatuses.includes(job.status);
  const language = job.detectedLanguage ?? (job.language === "auto" ? null : job.language);
  const languageText = language ? languageName(language, locale) : t("auto");
  return (
    <tr className="relative border-b last:border-b-0 hover:bg-hover [&>td]:px-4 [&>td]:py-3">
      <td className="align-top">
        <NextLink
          href={routes.job(job.id)}
          className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {job.videoTitle}
        </NextLink>
        {job.status === "failed" ? (
          <p className="text-danger text-sm">{errorTitle(job.errorCode ?? "internal", locale)}</p>
        ) : null}
        <p className="text-ink-muted text-sm md:hidden">
          {languageText} · {quantities.when(job.createdAt, nowMs)}
        </p>
      </td>
      <td className="align-top max-sm:w-28 max-sm:pl-0!">
        <div className="flex flex-col items-start gap-2 max-sm:items-end">
          <JobStatusBadge status={job.status} />
          {running ? (
            <div className="flex w-full items-center gap-2">
              <Progress
                value={job.progress}
                label={t("progressOf", { title: job.videoTitle })}
                className="h-1 flex-1"
              />
              <span className="text-ink-muted text-xs tabular-nums">{job.progress} %</span>
            </div>
          ) : null}
        </div>
      </td>
      <td className="align-top text-ink-muted max-md:hidden">{languageText}</td>
      <td className="align-top text-ink-muted max-md:hidden">
        <time dateTime={job.createdAt} title={quantities.exactTime(job.createdAt)}>
          {quantities.when(job.createdAt, nowMs)}
        </time>
      </td>
      <td className="text-right align-top text-ink-muted max-lg:hidden">
        {job.startedAt && job.endedAt
          ? quantities.took(Date.parse(job.endedAt) - Date.parse(job.startedAt))
          : "–"}
      </td>
    </tr>
  );
}

function JobsSkeleton() {
  return (
    <Panel aria-hidden="true">
      <div className="h-9 border-b max-sm:hidden" />
      {["a", "b", "c", "d", "e"].map((row) => (
        <div key={row} className="flex h-13 items-center gap-4 border-b px-4 last:border-b-0">
          <Skeleton className="h-5 w-1/3" />
          <Skeleton className="ml-auto h-6 w-20" />
          <Skeleton className="h-5 w-24 max-md:hidden" />
        </div>
      ))}
    </Panel>
  );
}

/** The history before anything is known of it. */
export function JobsPageSkeleton() {
  return (
    <JobsFrame actions={<Skeleton className="h-9 w-36" />}>
      <JobsSkeleton />
    </JobsFrame>
  );
}
