"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import type { FindingSeverity, FindingView } from "@/lib/topups/findings-schema";
import { useFindingWords } from "./use-finding-words";

/** Differences with both numbers; each opens its details. */
export function FindingsTable({
  findings,
  onShow,
}: {
  findings: readonly FindingView[];
  onShow: (findingId: string) => void;
}) {
  const t = useTranslations("admin.list");
  const nowMs = useNow(30_000);
  return (
    <Panel className="overflow-hidden">
      <table className="w-full text-left max-md:block">
        <thead className="border-b text-ink-muted text-sm max-md:sr-only">
          <tr className="[&>th]:h-9 [&>th]:px-4 [&>th]:font-medium">
            <th scope="col" className="w-2/5">
              {t("what")}
            </th>
            <th scope="col">{t("expected")}</th>
            <th scope="col">{t("actual")}</th>
            <th scope="col" className="w-32 max-lg:hidden">
              {t("firstSeen")}
            </th>
            <th scope="col" className="w-32">
              {t("lastSeen")}
            </th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {findings.map((finding) => (
            <FindingRow key={finding.id} finding={finding} nowMs={nowMs} onShow={onShow} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function FindingRow({
  finding,
  nowMs,
  onShow,
}: {
  finding: FindingView;
  nowMs: number;
  onShow: (findingId: string) => void;
}) {
  const t = useTranslations("admin.list");
  const words = useFindingWords();
  const quantities = useQuantities();
  return (
    <tr className="relative border-b align-top last:border-b-0 hover:bg-hover max-md:flex max-md:flex-col max-md:gap-1 max-md:px-4 max-md:py-3 [&>td]:[overflow-wrap:anywhere] md:[&>td]:px-4 md:[&>td]:py-3">
      <td>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <SeverityBadge severity={finding.severity} />
          <button
            type="button"
            onClick={() => onShow(finding.id)}
            className="cursor-pointer text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            {words.code(finding.code)}
          </button>
        </div>
        <p className="mt-1 break-all font-mono text-ink-muted text-xs">{finding.subject}</p>
      </td>
      <td className="tabular-nums">
        <span className="text-ink-muted text-sm md:hidden">{t("expected")} </span>
        {finding.expected}
      </td>
      <td className="font-medium tabular-nums">
        <span className="font-normal text-ink-muted text-sm md:hidden">{t("actual")} </span>
        {finding.actual}
      </td>
      <td className="text-ink-muted max-lg:hidden">
        <Moment at={finding.firstSeen} text={quantities.when(finding.firstSeen, nowMs)} />
      </td>
      <td className="text-ink-muted max-md:text-sm">
        <Moment at={finding.lastSeen} text={quantities.when(finding.lastSeen, nowMs)} />
      </td>
    </tr>
  );
}

function Moment({ at, text }: { at: string; text: string }) {
  const quantities = useQuantities();
  return (
    <time dateTime={at} title={quantities.exactTime(at)}>
      {text}
    </time>
  );
}

export function SeverityBadge({ severity }: { severity: FindingSeverity }) {
  const t = useTranslations("admin.severity");
  const Icon = severity === "critical" ? CircleAlert : TriangleAlert;
  return (
    <Badge tone={severity === "critical" ? "danger" : "warning"}>
      <Icon aria-hidden="true" />
      {t(severity)}
    </Badge>
  );
}

export function FindingsTableSkeleton() {
  return (
    <Panel aria-hidden="true">
      <div className="h-9 border-b max-md:hidden" />
      {["a", "b", "c"].map((row) => (
        <div key={row} className="flex h-17 items-center gap-4 border-b px-4 last:border-b-0">
          <Skeleton className="h-5 w-1/3" />
          <Skeleton className="ml-auto h-5 w-24" />
          <Skeleton className="h-5 w-24 max-md:hidden" />
        </div>
      ))}
    </Panel>
  );
}
