"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import type { MonthStatistics } from "@/lib/credits/schema";
import { seoulMonthStart } from "@/lib/credits/seoul";
import { chartHeight } from "./chart-size";
import { useCreditWords } from "./use-credit-words";

/** The product's own colours, light and dark; apart in brightness too, and 3:1 on the surface. */
const uses = [
  { name: "transcription", colour: "var(--accent)" },
  { name: "translation", colour: "var(--control-line)" },
  { name: "retention", colour: "var(--ink)" },
] as const;

const axis = { fill: "var(--ink-muted)", fontSize: 12 } as const;

/** Use and payments by month. The table says the same to whoever can't see them. */
export function MonthCharts({ months }: { months: readonly MonthStatistics[] }) {
  const t = useTranslations("credits.statistics");
  const words = useCreditWords();
  return (
    <>
      <ChartPanel
        title={t("usedChart")}
        legend={uses.map(({ name, colour }) => ({ label: t(name), colour }))}
      >
        <MonthBars
          months={months}
          bars={uses.map(({ name, colour }) => ({ name, colour, label: t(name) }))}
          spoken={words.credits}
        />
      </ChartPanel>
      <ChartPanel title={t("spentChart")}>
        <MonthBars
          months={months}
          bars={[{ name: "spentKrw", colour: "var(--accent)", label: t("spent") }]}
          spoken={words.krw}
        />
      </ChartPanel>
    </>
  );
}

interface ChartPanelProps {
  title: string;
  legend?: { label: string; colour: string }[];
  children: ReactNode;
}

function ChartPanel({ title, legend = [], children }: ChartPanelProps) {
  return (
    <Panel>
      <PanelHeader title={title}>
        <ul className="flex flex-wrap justify-end gap-x-3 text-ink-muted text-sm">
          {legend.map(({ label, colour }) => (
            <li key={label} className="flex items-center gap-1.5">
              <Swatch colour={colour} />
              {label}
            </li>
          ))}
        </ul>
      </PanelHeader>
      <PanelBody className="pl-1">
        <div role="img" aria-label={title} style={{ height: chartHeight }}>
          {children}
        </div>
      </PanelBody>
    </Panel>
  );
}

function Swatch({ colour }: { colour: string }) {
  return (
    <span aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ background: colour }} />
  );
}

interface MonthBarsProps {
  months: readonly MonthStatistics[];
  bars: { name: keyof MonthStatistics; colour: string; label: string }[];
  /** A figure with its unit. */
  spoken: (value: number) => string;
}

function MonthBars({ months, bars, spoken }: MonthBarsProps) {
  const format = useFormatter();
  const dateOf = (month: string) => new Date(seoulMonthStart(month));
  const short = (month: string) => format.dateTime(dateOf(month), { month: "short" });
  const long = (month: string) =>
    format.dateTime(dateOf(month), { year: "numeric", month: "long" });
  const compact = (value: number) => format.number(value, { notation: "compact" });
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...months]} accessibilityLayer={false} barCategoryGap="30%">
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="month"
          tickFormatter={short}
          tick={axis}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
        />
        <YAxis
          width={56}
          tickFormatter={compact}
          tick={axis}
          tickLine={false}
          axisLine={false}
          allowDecimals={false}
        />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          content={({ active, label }) => {
            const month = active ? months.find((each) => each.month === label) : undefined;
            return month ? (
              <MonthTip title={long(month.month)} month={month} bars={bars} spoken={spoken} />
            ) : null;
          }}
        />
        {bars.map(({ name, colour }) => (
          <Bar
            key={name}
            dataKey={name}
            stackId="month"
            fill={colour}
            stroke="var(--surface)"
            maxBarSize={40}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

interface MonthTipProps extends Pick<MonthBarsProps, "bars" | "spoken"> {
  title: string;
  month: MonthStatistics;
}

function MonthTip({ title, month, bars, spoken }: MonthTipProps) {
  return (
    <div className="flex flex-col gap-1 rounded-base border border-line-strong bg-raised px-3 py-2 shadow-popup">
      <p className="font-medium">{title}</p>
      {bars.map(({ name, label, colour }) => (
        <p key={name} className="flex items-center gap-2 text-sm tabular-nums">
          <Swatch colour={colour} />
          <span className="text-ink-muted">{label}</span>
          <span className="ml-auto pl-4">{spoken(Number(month[name]))}</span>
        </p>
      ))}
    </div>
  );
}
