"use client";

import { ChartNoAxesColumn, CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { useReport } from "@/lib/client/use-report";
import type { QualityReport } from "@/lib/subtitles/quality/types";
import { translationFindings } from "./finding-groups";
import { useShare } from "./use-share";

/** How good a track is, in a few sentences, and the way to the whole report. */
export function ReportSummary({ trackId, language }: { trackId: string; language: string }) {
  const t = useTranslations("report.summary");
  const common = useTranslations("common");
  const { answer, error, reload } = useReport(trackId);
  return (
    <Panel>
      <PanelHeader title={`${t("title")} · ${language}`}>
        <ButtonLink size="sm" href={routes.report(trackId)}>
          <ChartNoAxesColumn aria-hidden="true" />
          {t("open")}
        </ButtonLink>
      </PanelHeader>
      <PanelBody>
        {answer ? (
          <Sentences report={answer.report} />
        ) : error ? (
          <p role="alert" className="flex flex-wrap items-center gap-3 text-ink-muted">
            {t("loadFailed")}
            <Button size="sm" onClick={() => void reload()}>
              {common("retry")}
            </Button>
          </p>
        ) : (
          <div className="flex flex-col gap-2">
            <Skeleton className="h-6 w-64" />
            <Skeleton className="h-5 w-48" />
          </div>
        )}
      </PanelBody>
    </Panel>
  );
}

function Sentences({ report }: { report: QualityReport }) {
  const t = useTranslations("report.summary");
  const share = useShare();
  const { severities, confidence, coverage, inventions } = report;
  const toCheck = severities.error + severities.warning;
  const translation = translationFindings(report);
  const suspected = report.counts.suspected_invention ?? 0;
  const details = [
    severities.error > 0 ? t("errors", { count: severities.error }) : null,
    confidence ? t("confidence", { percent: share(confidence.mean) }) : null,
    coverage && coverage.speechMs > 0
      ? t("coverage", { percent: share(coverage.coveredMs / coverage.speechMs) })
      : null,
    inventions.removed > 0 ? t("removed", { count: inventions.removed }) : null,
    suspected > 0 ? t("suspected", { count: suspected }) : null,
    translation > 0 ? t("translation", { count: translation }) : null,
  ].filter((each) => each !== null);
  const Icon = toCheck === 0 ? CircleCheck : TriangleAlert;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-x-2 font-semibold text-md tabular-nums">
        <Icon
          aria-hidden="true"
          className={toCheck === 0 ? "size-4 text-success" : "size-4 text-warning"}
        />
        {t("kept", { percent: share(report.rulesKept) })} ·{" "}
        {toCheck === 0 ? t("clean") : t("toCheck", { count: toCheck })}
      </p>
      {details.length === 0 ? null : (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-muted tabular-nums">
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
