"use client";

import { SearchX, Upload, Workflow } from "lucide-react";
import { useTranslations } from "next-intl";
import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { asDay } from "@/components/credits/history-period";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { type JobFilter, useJobs } from "@/lib/client/use-jobs";
import { seoulDayEnd, seoulDayStart, seoulTime } from "@/lib/credits/seoul";
import { JobsFilter, jobStatuses, type ShownJobs } from "./jobs-filter";
import { JobsTable } from "./jobs-table";

const parsers = {
  status: parseAsStringLiteral(jobStatuses),
  q: parseAsString.withDefault(""),
  from: parseAsString,
  to: parseAsString,
};

/** What is asked of the server: whole days, by the calendar of Seoul as everywhere else. */
function filterOf({ status, q, from, to }: ShownJobs): JobFilter {
  return {
    status,
    q,
    from: from && seoulTime(seoulDayStart(from)),
    to: to && seoulTime(seoulDayEnd(to)),
  };
}

/** Every job of the person, newest first. */
export function JobsPage() {
  const [asked, setAsked] = useQueryStates(parsers);
  const shown: ShownJobs = { ...asked, from: asDay(asked.from), to: asDay(asked.to) };
  const list = useJobs(filterOf(shown));
  const { from, to } = shown;
  const filtered = shown.status !== null || shown.q.trim() !== "" || from !== null || to !== null;
  return (
    <JobsFrame>
      <JobsFilter
        shown={shown}
        onChange={(change) => void setAsked(change)}
        onSearch={(q) => void setAsked({ q: q || null }, { limitUrlUpdates: debounce(250) })}
      />
      <JobsList
        list={list}
        filtered={filtered}
        onClear={() => void setAsked({ status: null, q: null, from: null, to: null })}
      />
    </JobsFrame>
  );
}

interface JobsListProps {
  list: ReturnType<typeof useJobs>;
  filtered: boolean;
  onClear: () => void;
}

function JobsList({ list, filtered, onClear }: JobsListProps) {
  const t = useTranslations("studio.jobs");
  const { jobs, error } = list;
  if (error && !jobs) {
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void list.reload()} />
      </Panel>
    );
  }
  if (!jobs) return <JobsSkeleton />;
  if (jobs.length === 0) {
    return (
      <Panel>
        <NoJobs filtered={filtered} onClear={onClear} />
      </Panel>
    );
  }
  return (
    <>
      <Panel className="overflow-hidden" aria-busy={list.searching || undefined}>
        <JobsTable jobs={jobs} />
      </Panel>
      {list.hasMore ? (
        <Button className="mx-auto flex" pending={list.loadingMore} onClick={list.loadMore}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

function JobsFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("studio.jobs");
  return (
    <PageFrame>
      <PageHeader title={t("title")} />
      <div className="flex flex-col gap-4">{children}</div>
    </PageFrame>
  );
}

function NoJobs({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations("studio.jobs");
  return (
    <EmptyState
      icon={filtered ? SearchX : Workflow}
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
    <JobsFrame>
      <Skeleton className="h-9 w-full" />
      <JobsSkeleton />
    </JobsFrame>
  );
}
