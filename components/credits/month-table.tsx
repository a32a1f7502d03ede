"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Panel } from "@/components/ui/panel";
import type { MonthStatistics } from "@/lib/credits/schema";
import { seoulMonthStart } from "@/lib/credits/seoul";
import { useCreditWords } from "./use-credit-words";

const columns = ["used", "transcription", "translation", "retention", "charged"] as const;

/** The months as figures, newest first: the same as the charts and more. */
export function MonthTable({ months }: { months: readonly MonthStatistics[] }) {
  const t = useTranslations("credits.statistics");
  const words = useCreditWords();
  const format = useFormatter();
  const monthName = (month: string) =>
    format.dateTime(new Date(seoulMonthStart(month)), { year: "numeric", month: "long" });
  return (
    // Focusable, so that arrow keys move it where it is wider than the screen.
    <Panel aria-label={t("table")} tabIndex={0} className="overflow-x-auto">
      <table className="w-full min-w-160 text-right">
        <thead className="border-b text-ink-muted text-sm">
          <tr className="[&>th]:h-9 [&>th]:whitespace-nowrap [&>th]:px-4 [&>th]:font-medium">
            <th scope="col" className="text-left">
              {t("month")}
            </th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
            <th scope="col">{t("refunded")}</th>
            <th scope="col">{t("expired")}</th>
            <th scope="col">{t("spent")}</th>
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map((month) => (
            <tr
              key={month.month}
              className="border-b last:border-b-0 [&>*]:whitespace-nowrap [&>*]:px-4 [&>*]:py-2.5"
            >
              <th scope="row" className="text-left font-medium">
                {monthName(month.month)}
              </th>
              {columns.map((name) => (
                <td key={name}>{words.number(month[name])}</td>
              ))}
              <td>{words.number(month.refunded)}</td>
              <td>{words.number(month.expired)}</td>
              <td>{words.krw(month.spentKrw)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
