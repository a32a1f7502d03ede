import type { ChainFinding, ChainProblem, ChainReport } from "@/lib/audit/chain";

/** Findings shown one by one; a log with more is lost as a whole. */
const shownFindings = 50;

const meanings: Record<ChainProblem, string> = {
  gap: "rows before this one are missing, or it is out of place",
  wrong_previous_hash: "is not sealed to the row before it",
  wrong_hash: "was changed",
  unknown_key:
    "was sealed with a key that is neither AUTH_SECRET's nor AUTH_SECRET_PREVIOUS's and can't be checked",
  time_went_back: "is dated before the row in front of it",
  missing_tail: "was there when a checkpoint was made; the end of the log is missing",
  checkpoint_mismatch: "is not the row that a checkpoint was made of",
  checkpoint_forged: "has a checkpoint that isn't ours or was changed",
  checkpoint_missing: "had a checkpoint that is gone",
};

/** What the command prints about a verification. */
export function describeReport(report: ChainReport): string {
  const { rows, firstSeq, lastSeq, checkpoints, findings } = report;
  const range = rows === 0 ? "" : ` (${firstSeq} to ${lastSeq})`;
  const shown = findings.slice(0, shownFindings).map(describeFinding);
  const rest = findings.length - shown.length;
  return [
    `Rows checked: ${rows}${range}`,
    `Checkpoints checked: ${checkpoints}`,
    `Findings: ${findings.length}`,
    ...shown,
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ].join("\n");
}

function describeFinding({ seq, problem }: ChainFinding): string {
  return `  row ${seq}: ${problem}: ${meanings[problem]}`;
}
