"use client";

import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { useQuantities } from "@/lib/client/use-quantities";
import { builtInProfiles } from "@/lib/profiles/built-in";
import type { QualityReport, RuleShare, TrackEvidence } from "@/lib/subtitles/quality/types";
import { translationFindings } from "./finding-groups";
import { useShare } from "./use-share";

interface ReportFiguresProps {
  report: QualityReport;
  evidence: TrackEvidence;
}

interface Figure {
  name: string;
  value: string;
  detail: string | null;
  tone?: "warning" | "danger";
}

/** The figures of a report: a few large ones, then each rule. */
export function ReportFigures({ report, evidence }: ReportFiguresProps) {
  const t = useTranslations("report");
  const figures = useFigures(report, evidence);
  return (
    <>
      <Panel aria-label={t("figures.title")}>
        <dl className="flex flex-wrap gap-px overflow-hidden rounded-base bg-line">
          {figures.map(({ name, value, detail, tone }) => (
            <div key={name} className="flex min-w-36 flex-1 flex-col gap-0.5 bg-surface p-4">
              <dt className="text-ink-muted text-sm">{name}</dt>
              <dd
                className={cn(
                  "font-semibold text-xl tabular-nums tracking-tight",
                  tone === "danger" && "text-danger",
                  tone === "warning" && "text-warning",
                )}
              >
                {value}
              </dd>
              {detail ? <dd className="text-ink-muted text-sm tabular-nums">{detail}</dd> : null}
            </div>
          ))}
        </dl>
      </Panel>
      <Panel>
        <PanelHeader title={t("rules.title")}>
          <ProfileName profileId={report.profileId} />
        </PanelHeader>
        <PanelBody>
          <ul className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
            {report.rules.map((share) => (
              <Rule key={share.rule} share={share} />
            ))}
          </ul>
        </PanelBody>
      </Panel>
      <Corrections evidence={evidence} />
    </>
  );
}

/** So many corrections are named; the rest is counted. */
const shownCorrections = 12;

/** What the glossary has put right in what was heard. */
function Corrections({ evidence: { corrections } }: Pick<ReportFiguresProps, "evidence">) {
  const t = useTranslations("report.corrections");
  if (corrections.length === 0) return null;
  const left = corrections.length - shownCorrections;
  return (
    <Panel>
      <PanelHeader title={t("title")} />
      <PanelBody>
        <ul className="flex flex-wrap gap-x-6 gap-y-1.5 tabular-nums">
          {corrections.slice(0, shownCorrections).map(({ heard, correct, count }) => (
            <li key={`${heard}-${correct}`}>
              {t("one", { heard, correct })}{" "}
              <span className="text-ink-muted text-sm">{t("count", { count })}</span>
            </li>
          ))}
          {left > 0 ? <li className="text-ink-muted">{t("more", { count: left })}</li> : null}
        </ul>
      </PanelBody>
    </Panel>
  );
}

function useFigures(report: QualityReport, evidence: TrackEvidence): Figure[] {
  const t = useTranslations("report.figures");
  const locale = useLocale();
  const share = useShare();
  const quantities = useQuantities();
  const { severities, confidence, coverage, inventions } = report;
  const kept = Math.round(report.rulesKept * report.cues);
  const toCheck = severities.error + severities.warning;
  const figures: Figure[] = [
    {
      name: t("rulesKept"),
      value: share(report.rulesKept),
      detail: t("rulesKeptOf", { kept, total: report.cues }),
    },
    {
      name: t("toCheck"),
      value: toCheck === 0 ? t("none") : toCheck.toLocaleString(locale),
      detail:
        toCheck === 0
          ? null
          : t("toCheckOf", { errors: severities.error, warnings: severities.warning }),
      ...(severities.error > 0 && { tone: "danger" as const }),
    },
  ];
  if (coverage) {
    const { speechMs, coveredMs } = coverage;
    figures.push({
      name: t("coverage"),
      value: speechMs === 0 ? t("none") : share(coveredMs / speechMs),
      detail:
        speechMs === 0
          ? null
          : t("coverageOf", {
              speech: quantities.took(speechMs),
              covered: quantities.took(coveredMs),
            }),
    });
  }
  const translation = evidence.translation;
  if (translation) {
    const { scene = 0, part = 0, cue = 0 } = translation.ways;
    const doubtful = translationFindings(report);
    figures.push({
      name: t("translationToCheck"),
      value: doubtful === 0 ? t("none") : doubtful.toLocaleString(locale),
      detail: doubtful === 0 ? null : t("translationOf", { cues: report.cues }),
      ...(doubtful > 0 && { tone: "warning" as const }),
    });
    figures.push({
      name: t("ways"),
      value: (scene + part + cue).toLocaleString(locale),
      detail: t("waysOf", { scene, part, cue }),
    });
  } else {
    figures.push({
      name: t("confidence"),
      value: confidence ? share(confidence.mean) : t("unknown"),
      detail: confidence ? t("confidenceOf", confidence) : null,
    });
    const { removed } = inventions;
    const suspected = report.counts.suspected_invention ?? 0;
    figures.push({
      name: t("inventions"),
      value: suspected + removed === 0 ? t("none") : (suspected + removed).toLocaleString(locale),
      detail: suspected + removed === 0 ? null : t("inventionsOf", { suspected, removed }),
      ...(suspected > 0 && { tone: "warning" as const }),
    });
  }
  return figures;
}

function Rule({ share: { rule, kept, total } }: { share: RuleShare }) {
  const t = useTranslations("report.rules");
  const share = useShare();
  const part = total === 0 ? 1 : kept / total;
  const all = kept === total;
  return (
    <li className="grid grid-cols-[minmax(6rem,auto)_1fr_3.5rem] items-center gap-3">
      <span>{t(rule)}</span>
      <Progress
        value={part * 100}
        label={t(rule)}
        valueText={t("of", { kept, total })}
        tone={all ? "success" : "warning"}
        className="h-1"
      />
      <span
        title={t("of", { kept, total })}
        className={cn("text-right text-sm tabular-nums", all ? "text-ink-muted" : "text-warning")}
      >
        {share(part)}
      </span>
    </li>
  );
}

/** Which rules were asked for: the name of those that come with us, or that they are own ones. */
function ProfileName({ profileId }: { profileId: string }) {
  const t = useTranslations("report");
  const name = [...builtInProfiles]
    .sort((a, b) => b.length - a.length)
    .find(
      (id) => profileId === id || profileId.startsWith(`${id}-`) || profileId.startsWith(`${id}:`),
    );
  return (
    <span className="text-ink-muted text-sm">
      {t("rules.profile", { name: t(`profiles.${name ?? "own"}`) })}
    </span>
  );
}
