"use client";

import { BarChart3, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { useCreditStatistics } from "@/lib/client/use-credits";
import type { MonthStatistics } from "@/lib/credits/schema";
import { chartHeight } from "./chart-size";
import { MonthTable } from "./month-table";
import { useCreditWords } from "./use-credit-words";

/** The charts are by far the heaviest thing here: loaded when they are shown. */
const MonthCharts = dynamic(() => import("./month-charts").then((module) => module.MonthCharts), {
  ssr: false,
  loading: () => <ChartsSkeleton />,
});

const spans = ["6", "12", "24"] as const;
type View = "chart" | "table";

/** What each month took and cost. */
export function StatisticsPage() {
  const t = useTranslations("credits.statistics");
  const [span, setSpan] = useState<(typeof spans)[number]>("12");
  const [view, setView] = useState<View>("chart");
  const { months, error, reload } = useCreditStatistics(Number(span));
  if (error && !months) {
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
      </Panel>
    );
  }
  if (!months) return <StatisticsPageSkeleton />;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Select
          label={t("months")}
          value={span}
          onValueChange={setSpan}
          options={spans.map((value) => ({
            value,
            label: t("lastMonths", { count: Number(value) }),
          }))}
          className="min-w-36"
        />
        <Segmented
          label={t("view")}
          name="statistics-view"
          value={view}
          onValueChange={setView}
          segments={[
            { value: "chart", label: t("chart"), icon: <BarChart3 aria-hidden="true" /> },
            { value: "table", label: t("table"), icon: <Table2 aria-hidden="true" /> },
          ]}
        />
      </div>
      <Totals months={months} />
      {months.every(isEmpty) ? (
        <Panel>
          <EmptyState icon={BarChart3} title={t("none")} description={t("noneDescription")} />
        </Panel>
      ) : view === "table" ? (
        <MonthTable months={months} />
      ) : (
        <MonthCharts months={months} />
      )}
    </div>
  );
}

function isEmpty({ used, charged, spentKrw, expired, refunded }: MonthStatistics): boolean {
  return used === 0 && charged === 0 && spentKrw === 0 && expired === 0 && refunded === 0;
}

function Totals({ months }: { months: readonly MonthStatistics[] }) {
  const t = useTranslations("credits.statistics");
  const words = useCreditWords();
  const sum = (name: "used" | "charged" | "spentKrw" | "jobs") =>
    months.reduce((total, month) => total + month[name], 0);
  const totals = [
    { name: t("used"), value: words.credits(sum("used")) },
    { name: t("charged"), value: words.credits(sum("charged")) },
    { name: t("spent"), value: words.krw(sum("spentKrw")), hint: t("spentHint") },
    { name: t("jobs"), value: t("jobsCount", { count: sum("jobs") }) },
  ];
  return (
    <Panel>
      <dl className="grid grid-cols-2 sm:grid-cols-4">
        {totals.map(({ name, value, hint }) => (
          <div key={name} className="flex flex-col gap-1 p-4">
            <dt className="text-ink-muted text-sm">{name}</dt>
            <dd className="font-semibold text-lg tabular-nums">{value}</dd>
            {hint ? <dd className="text-ink-muted text-xs">{hint}</dd> : null}
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function ChartsSkeleton() {
  const t = useTranslations("credits.statistics");
  return (
    <>
      {[t("usedChart"), t("spentChart")].map((title) => (
        <Panel key={title}>
          <PanelHeader title={title} />
          <PanelBody>
            <Skeleton style={{ height: chartHeight }} className="w-full" />
          </PanelBody>
        </Panel>
      ))}
    </>
  );
}

/** The page before anything is known. */
export function StatisticsPageSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-9 w-36" />
      <Skeleton className="h-25 w-full" />
      <ChartsSkeleton />
    </div>
  );
}
