import {
  type Finding,
  type FindingCode,
  findingCodes,
  type QualityReport,
  type RepairKind,
  type Severity,
} from "@/lib/subtitles/quality/types";

/** Findings of one code, in order of time. */
export interface FindingGroup {
  code: FindingCode;
  /** The gravest of its findings. */
  severity: Severity;
  findings: Finding[];
  /** What repairs them, and how many of them can be. */
  repairs: RepairKind[];
  repairable: number;
}

const gravity: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Groups by code, the gravest first, then in the order of the codes. */
export function groupFindings(
  findings: readonly Finding[],
  severity: Severity | null = null,
): FindingGroup[] {
  const byCode = new Map<FindingCode, Finding[]>();
  for (const finding of findings) {
    if (severity !== null && finding.severity !== severity) continue;
    const group = byCode.get(finding.code);
    if (group) group.push(finding);
    else byCode.set(finding.code, [finding]);
  }
  return [...byCode]
    .map(([code, members]) => groupOf(code, members))
    .sort(
      (a, b) =>
        gravity[a.severity] - gravity[b.severity] ||
        findingCodes.indexOf(a.code) - findingCodes.indexOf(b.code),
    );
}

function groupOf(code: FindingCode, members: readonly Finding[]): FindingGroup {
  const findings = [...members].sort((a, b) => a.startMs - b.startMs);
  const repairs = findings.flatMap(({ repair }) => (repair ? [repair] : []));
  const severity = findings.reduce<Severity>(
    (gravest, finding) =>
      gravity[finding.severity] < gravity[gravest] ? finding.severity : gravest,
    "info",
  );
  return { code, severity, findings, repairs: [...new Set(repairs)], repairable: repairs.length };
}

/** Repairs to make at once: of these kinds, and only of what was found under `codes`. */
export interface RepairSet {
  kinds: readonly RepairKind[];
  codes?: readonly FindingCode[];
  /** Ids of findings that are to stay as they are. */
  skip?: ReadonlySet<string>;
}

/** What "repair all" does: everything but bringing back what was taken for invented. */
export function repairsOfAll(groups: readonly FindingGroup[]): RepairKind[] {
  const kinds = new Set(groups.flatMap(({ repairs }) => repairs));
  kinds.delete("restore");
  return [...kinds];
}

/** How often something is the matter with a translation itself, not with its form. */
export function translationFindings({ counts }: Pick<QualityReport, "counts">): number {
  return Object.entries(counts).reduce(
    (sum, [code, count]) => (code.startsWith("translation_") ? sum + (count ?? 0) : sum),
    0,
  );
}
