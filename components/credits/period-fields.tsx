"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useNow } from "@/lib/client/use-quantities";
import { type Days, daysOf, periodOf, periods } from "./history-period";

interface PeriodFieldsProps {
  days: Days;
  onChange: (change: Partial<Days>) => void;
}

/** From when to when: one of the usual periods, or any two days. */
export function PeriodFields({ days: { from, to }, onChange }: PeriodFieldsProps) {
  const t = useTranslations("common.days");
  const nowMs = useNow(60_000);
  const period = periodOf({ from, to }, nowMs);
  const shown = period === "custom" ? (["custom", ...periods] as const) : periods;
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:contents">
      <Select
        label={t("period")}
        value={period}
        onValueChange={(next) => {
          if (next !== "custom") onChange(daysOf(next, nowMs));
        }}
        options={shown.map((value) => ({ value, label: t(value) }))}
        className="min-w-36 max-sm:flex-1"
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

/** Says under the fields that they end before they begin. */
export function PeriodProblem({ days: { from, to } }: { days: Days }) {
  const t = useTranslations("common.days");
  if (from === null || to === null || from <= to) return null;
  return (
    <p role="alert" className="flex items-start gap-1.5 text-danger text-sm">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {t("reversed")}
    </p>
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
