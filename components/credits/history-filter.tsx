"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { useNow } from "@/lib/client/use-quantities";
import { type HistoryKind, historyKinds } from "@/lib/credits/schema";
import { type Days, daysOf, periodOf, periods } from "./history-period";

export interface ShownFilter extends Days {
  kind: HistoryKind | null;
  q: string;
}

interface HistoryFilterProps {
  filter: ShownFilter;
  /** What is wrong with the days. */
  problem: string | undefined;
  onChange: (change: Partial<Omit<ShownFilter, "q">>) => void;
  onSearch: (q: string) => void;
  actions: ReactNode;
}

/** Kind, days and words to look for; all of it is in the address. */
export function HistoryFilter(props: HistoryFilterProps) {
  const { filter, problem, onChange, onSearch, actions } = props;
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
        <PeriodFields filter={filter} onChange={onChange} />
      </div>
      {problem ? (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {problem}
        </p>
      ) : null}
    </div>
  );
}

function PeriodFields({
  filter: { from, to },
  onChange,
}: Pick<HistoryFilterProps, "filter" | "onChange">) {
  const t = useTranslations("credits.history");
  const nowMs = useNow(60_000);
  const period = periodOf({ from, to }, nowMs);
  const shown = period === "custom" ? (["custom", ...periods] as const) : periods;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label={t("period")}
        value={period}
        onValueChange={(next) => {
          if (next !== "custom") onChange(daysOf(next, nowMs));
        }}
        options={shown.map((value) => ({ value, label: t(`periods.${value}`) }))}
        className="min-w-36"
      />
      <div className="flex items-center gap-2">
        <DayField
          label={t("from")}
          value={from}
          max={to}
          onDay={(day) => onChange({ from: day })}
        />
        <span aria-hidden="true" className="text-ink-muted">
          –
        </span>
        <DayField label={t("to")} value={to} min={from} onDay={(day) => onChange({ to: day })} />
      </div>
    </div>
  );
}

interface DayFieldProps {
  label: string;
  value: string | null;
  min?: string | null;
  max?: string | null;
  onDay: (day: string | null) => void;
}

/** Nothing is older than this product: an earlier year is one that is still being typed. */
const firstDay = "2020-01-01";

function DayField({ label, value, min, max, onDay }: DayFieldProps) {
  const [typed, setTyped] = useState(value ?? "");
  useEffect(() => setTyped(value ?? ""), [value]);
  return (
    <Input
      type="date"
      aria-label={label}
      value={typed}
      min={min ?? firstDay}
      max={max ?? "2099-12-31"}
      onChange={(event) => {
        const day = event.target.value;
        setTyped(day);
        if (day === "" || day >= firstDay) onDay(day || null);
      }}
      className="w-36"
    />
  );
}
