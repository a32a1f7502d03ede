import type { OpenConflict } from "@/lib/client/edits/edit-queue";
import type { Finding, Severity } from "@/lib/subtitles/quality/types";

/** What a block is marked with. */
export type Mark = "conflict" | Exclude<Severity, "info">;

/** The cues that are marked, and with what. */
export interface CueMarks {
  /** The gravest open finding of each cue that has one worth a mark. */
  findings: ReadonlyMap<string, Exclude<Severity, "info">>;
  /** Somebody else has changed them, too. */
  conflicts: ReadonlySet<string>;
}

export const noMarks: CueMarks = { findings: new Map(), conflicts: new Set() };

/** The gravest finding of each cue. `open`: the gravest first, see `FindingQueue`. */
export function gravestFindings(
  open: readonly { finding: Pick<Finding, "cueId" | "severity"> }[],
): CueMarks["findings"] {
  const gravest = new Map<string, Exclude<Severity, "info">>();
  for (const { finding } of open) {
    const { cueId, severity } = finding;
    // After the first hint there are only hints.
    if (severity === "info") break;
    if (cueId !== undefined && !gravest.has(cueId)) gravest.set(cueId, severity);
  }
  return gravest;
}

/** The cues that a person is asked about. */
export function conflictedCues(conflicts: readonly Pick<OpenConflict, "cueId">[]): Set<string> {
  return new Set(conflicts.flatMap(({ cueId }) => (cueId === "" ? [] : [cueId])));
}

/** Whether two show the same: judging a track anew mostly finds what it has found before. */
export function sameMarks(a: CueMarks, b: CueMarks): boolean {
  if (a.findings !== b.findings) {
    if (a.findings.size !== b.findings.size) return false;
    for (const [cueId, severity] of a.findings) {
      if (b.findings.get(cueId) !== severity) return false;
    }
  }
  if (a.conflicts === b.conflicts) return true;
  return (
    a.conflicts.size === b.conflicts.size && [...a.conflicts].every((id) => b.conflicts.has(id))
  );
}
