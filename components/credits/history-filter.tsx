"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { type HistoryKind, historyKinds } from "@/lib/credits/history-kinds";
import type { Days } from "./history-period";
import { PeriodFields, PeriodProblem } from "./period-fields";

export interface ShownFilter extends Days {
  kind: HistoryKind | null;
  q: string;
}

interface HistoryFilterProps {
  filter: ShownFilter;
  onChange: (change: Partial<Omit<ShownFilter, "q">>) => void;
  onSearch: (q: string) => void;
  actions: ReactNode;
}

/** Kind, days and words to look for; all of it is in the address. */
export function HistoryFilter(props: HistoryFilterProps) {
  const { filter, onChange, onSearch, actions } = props;
  const t = useTranslations("credits.history");
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Segmented
          label={t("kind")}
          name="history-kind"
          value={filter.kind ?? "all"}
          onValueChange={(kind) => onChange({ kind: kind === "all" ? null : kind })}
          segments={(["all", ...historyKinds] as const).map((value) => ({
            value,
            label: t(`kinds.${value}`),
          }))}
        />
        {actions}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label={t("search")}
          value={filter.q}
          onSearch={onSearch}
          maxLength={100}
          className="min-w-64"
        />
        <PeriodFields days={filter} onChange={onChange} />
      </div>
      <PeriodProblem days={filter} />
    </div>
  );
}
