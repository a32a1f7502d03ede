import type { Cue } from "@/lib/subtitles/model";
import { inTrackOrder } from "@/lib/subtitles/operations";
import { Mender } from "@/lib/subtitles/quality/mender";
import { ruleFindings } from "@/lib/subtitles/quality/rule-findings";
import { RuleJudge } from "@/lib/subtitles/quality/rule-judge";
import { speechFindings } from "@/lib/subtitles/quality/speech-findings";
import { type TranslationSource, translationFindings } from "@/lib/subtitles/quality/translation";
import type {
  Finding,
  FindingCode,
  QualityReport,
  Severity,
  TrackEvidence,
} from "@/lib/subtitles/quality/types";
import type { RuleProfile } from "@/lib/subtitles/rules";

const worstFirst: readonly Severity[] = ["error", "warning", "info"];

/**
 * How good a track is: by the rules of its profile, by what was heard, and as a translation.
 * `source` is what a translation renders; without it only form is judged. Its glossary is that of
 * the evidence where none is given. Findings come in the
 * order of the video; each says which repair `proposeRepair` has for it.
 */
export function assessTrack({
  cues: given,
  evidence,
  profile,
  language,
  source,
}: {
  cues: readonly Cue[];
  evidence: TrackEvidence;
  profile: RuleProfile;
  /** BCP 47, the track's. */
  language: string;
  source?: TranslationSource | undefined;
}): QualityReport {
  const cues = inTrackOrder(given);
  const judge = new RuleJudge(profile, evidence);
  const byRule = ruleFindings(cues, judge);
  const { findings: heard, ...speech } = speechFindings(cues, evidence, language);
  const glossary = source?.glossary ?? evidence.translation?.glossary;
  const translated = source
    ? translationFindings({ cues, language, source: { ...source, glossary } })
    : [];
  const mender = new Mender(cues, { judge, evidence, language });
  const findings = [...byRule.findings, ...heard, ...translated]
    .map((finding): Finding => {
      const repair = mender.repairOf(finding);
      return repair ? { ...finding, repair } : finding;
    })
    .sort(inOrderOfTime);
  return {
    version: 1,
    language,
    profileId: profile.id,
    cues: cues.length,
    rules: byRule.rules,
    rulesKept: byRule.rulesKept,
    ...speech,
    ...countsOf(findings),
    findings,
  };
}

function inOrderOfTime(a: Finding, b: Finding): number {
  const bySeverity = worstFirst.indexOf(a.severity) - worstFirst.indexOf(b.severity);
  return a.startMs - b.startMs || bySeverity || (a.id < b.id ? -1 : 1);
}

function countsOf(findings: readonly Finding[]): Pick<QualityReport, "counts" | "severities"> {
  const counts: Partial<Record<FindingCode, number>> = {};
  const severities: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const { code, severity } of findings) {
    counts[code] = (counts[code] ?? 0) + 1;
    severities[severity] += 1;
  }
  return { counts, severities };
}
