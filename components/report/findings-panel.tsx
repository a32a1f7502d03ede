"use client";

import { CircleCheck, SearchX, Wrench } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { EmptyState } from "@/components/ui/state";
import type { Finding, QualityReport, Severity } from "@/lib/subtitles/quality/types";
import type { TrackView } from "@/lib/tracks/schema";
import { type FindingGroup, groupFindings, type RepairSet, repairsOfAll } from "./finding-groups";
import { FindingRow, type RepairContext } from "./finding-row";
import { SeverityIcon } from "./severity-icon";
import type { FindingList } from "./use-finding-keys";

const severities = ["error", "warning", "info"] as const;

interface FindingsPanelProps {
  report: QualityReport;
  groups: readonly FindingGroup[];
  severity: Severity | null;
  onSeverity: (severity: Severity | null) => void;
  /** What the findings are about as it is now; absent: an earlier version. */
  track?: TrackView;
  list: FindingList;
  /** Absent: nothing can be repaired. */
  live?: {
    context: RepairContext;
    onApply: (finding: Finding) => void;
    /** Asks before it repairs them. */
    onApplyAll: (set: RepairSet) => void;
  };
  /** What was done, to take it back. */
  children?: ReactNode;
}

/** Everything that was found, in groups, the gravest first. */
export function FindingsPanel(props: FindingsPanelProps) {
  const { report, groups, severity, onSeverity, live, children } = props;
  const t = useTranslations("report.list");
  const kinds = live ? repairsOfAll(groupFindings(report.findings)) : [];
  const repairable = report.findings.filter(({ repair }) => repair && kinds.includes(repair));
  return (
    <Panel aria-label={t("title")}>
      <div className="sticky top-14 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-t-base border-b bg-surface px-4 py-2">
        <SeverityFilter report={report} value={severity} onValueChange={onSeverity} />
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {children}
          {live && kinds.length > 0 ? (
            <Button size="sm" variant="accent" onClick={() => live.onApplyAll({ kinds })}>
              <Wrench aria-hidden="true" />
              {t("fixAllCount", { count: repairable.length })}
            </Button>
          ) : null}
        </div>
      </div>
      {groups.length === 0 ? (
        <NothingFound filtered={severity !== null} onClear={() => onSeverity(null)} />
      ) : (
        groups.map((group) => <Group key={group.code} group={group} {...props} />)
      )}
      {live && groups.length > 0 ? <KeyHint /> : null}
    </Panel>
  );
}

function SeverityFilter({
  report,
  value,
  onValueChange,
}: {
  report: QualityReport;
  value: Severity | null;
  onValueChange: (severity: Severity | null) => void;
}) {
  const t = useTranslations("report");
  return (
    <Segmented
      label={t("list.filter")}
      name="finding-severity"
      value={value ?? "all"}
      onValueChange={(next) => onValueChange(next === "all" ? null : next)}
      segments={[
        { value: "all" as const, label: `${t("severity.all")} ${report.findings.length}` },
        ...severities.map((severity) => ({
          value: severity,
          label: `${t(`severity.${severity}`)} ${report.severities[severity]}`,
        })),
      ]}
      className="max-sm:flex-wrap"
    />
  );
}

function NothingFound({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations("report.list");
  return filtered ? (
    <EmptyState
      icon={SearchX}
      title={t("noneOf")}
      action={<Button onClick={onClear}>{t("showAll")}</Button>}
    />
  ) : (
    <EmptyState icon={CircleCheck} title={t("none")} description={t("noneHint")} />
  );
}

function Group({ group, list, live, track }: FindingsPanelProps & { group: FindingGroup }) {
  const t = useTranslations("report");
  const { code, findings, repairable, repairs } = group;
  const shown = findings.slice(0, list.shownOf(group));
  const left = findings.length - shown.length;
  const headingId = `findings-${code}`;
  return (
    <section aria-labelledby={headingId} className="border-b last:border-b-0">
      <div className="flex min-h-11 flex-wrap items-center gap-2 bg-sunken px-4 py-1.5">
        <SeverityIcon severity={group.severity} />
        <h2 id={headingId} className="font-semibold">
          {t(`groups.${code}`)}
        </h2>
        <span className="text-ink-muted text-sm tabular-nums">
          {t("list.count", { count: findings.length })}
        </span>
        {live && repairable > 0 ? (
          <Button
            size="sm"
            className="ml-auto"
            onClick={() => live.onApplyAll({ kinds: repairs, codes: [code] })}
          >
            {t(code === "removed_text" ? "list.restoreKind" : "list.fixKind", {
              count: repairable,
            })}
          </Button>
        ) : null}
      </div>
      <ul>
        {shown.map((finding) => (
          <FindingRow
            key={finding.id}
            finding={finding}
            open={list.selectedId === finding.id}
            onToggle={() => list.toggle(finding.id)}
            {...(track && { track })}
            {...(live && { live })}
          />
        ))}
      </ul>
      {left > 0 ? (
        <Button
          size="sm"
          variant="quiet"
          className="mx-auto my-2 flex"
          onClick={() => list.showMore(group)}
        >
          {t("list.more", { count: left })}
        </Button>
      ) : null}
    </section>
  );
}

/** The keys of the list, for those who have some. */
function KeyHint() {
  const t = useTranslations("report.keys");
  const keys = [
    ["J", "K", t("move")],
    ["Enter", null, t("repair")],
    ["U", null, t("undo")],
    ["R", null, t("redo")],
  ] as const;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2 text-ink-muted text-sm pointer-coarse:hidden">
      {keys.map(([key, other, what]) => (
        <span key={key} className="inline-flex items-center gap-1">
          <Kbd>{key}</Kbd>
          {other ? <Kbd>{other}</Kbd> : null}
          {what}
        </span>
      ))}
    </p>
  );
}
