"use client";

import { useTranslations } from "next-intl";
import type { Days } from "@/components/credits/history-period";
import { PeriodFields, PeriodProblem } from "@/components/credits/period-fields";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";
import type { JobStatus } from "@/lib/jobs/statuses";

export const jobStatuses = [
  "pending",
  "processing",
  "completed",
  "failed",
  "cancelled",
] as const satisfies readonly JobStatus[];

/** What the address says about the list. */
export interface ShownJobs extends Days {
  status: JobStatus | null;
  q: string;
}

interface JobsFilterProps {
  shown: ShownJobs;
  onChange: (change: Partial<Omit<ShownJobs, "q">>) => void;
  onSearch: (q: string) => void;
}

/** State, title and days to look for; all of it is in the address. */
export function JobsFilter({ shown, onChange, onSearch }: JobsFilterProps) {
  const t = useTranslations("studio.jobs");
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label={t("search")}
          value={shown.q}
          onSearch={onSearch}
          maxLength={200}
          className="min-w-56 max-sm:basis-full"
        />
        <Select
          label={t("filter")}
          value={shown.status ?? "all"}
          onValueChange={(value) => onChange({ status: value === "all" ? null : value })}
          options={[
            { value: "all" as const, label: t("all") },
            ...jobStatuses.map((value) => ({ value, label: t(`status.${value}`) })),
          ]}
          className="min-w-36 max-sm:flex-1"
        />
        <PeriodFields days={shown} onChange={onChange} />
      </div>
      <PeriodProblem days={shown} />
    </div>
  );
}
