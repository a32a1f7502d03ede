"use client";

import { useMemo, useState } from "react";
import type { QualityReport, Severity } from "@/lib/subtitles/quality/types";
import { groupFindings } from "./finding-groups";
import { FindingsPanel } from "./findings-panel";
import { useFindingKeys } from "./use-finding-keys";

/** The findings of an earlier version: to read, not to repair. */
export function StoredFindings({ report }: { report: QualityReport }) {
  const [severity, setSeverity] = useState<Severity | null>(null);
  const groups = useMemo(() => groupFindings(report.findings, severity), [report, severity]);
  const list = useFindingKeys(groups, null);
  return (
    <FindingsPanel
      report={report}
      groups={groups}
      severity={severity}
      onSeverity={setSeverity}
      list={list}
    />
  );
}
