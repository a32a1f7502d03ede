import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { nextStarts, type RuleJudge } from "@/lib/subtitles/quality/rule-judge";
import {
  type Finding,
  type RuleName,
  type RuleShare,
  ruleNames,
  type Severity,
} from "@/lib/subtitles/quality/types";

/** A line a quarter wider than allowed runs out of the safe area of the picture. */
const farTooWide = 1.25;
/** Nobody reads half as fast again as the limit. */
const farTooFast = 1.5;
/** What shows for less than half of the least time is a flash. */
const farTooShort = 0.5;

/** A finding that says nothing yet about its repair. */
export type PlainFinding = Omit<Finding, "repair">;

/** How each cue keeps the profile's rules. */
export function ruleFindings(
  cues: readonly Cue[],
  judge: RuleJudge,
): { findings: PlainFinding[]; rules: RuleShare[]; rulesKept: number } {
  const findings: PlainFinding[] = [];
  const breaches = new Map<RuleName, number>(ruleNames.map((rule) => [rule, 0]));
  const starts = nextStarts(cues);
  let good = 0;
  for (const [i, cue] of cues.entries()) {
    const between = judge.between(cue, cues[i + 1], starts[i] ?? 0);
    const { broken } = judge.measures(cue);
    for (const rule of between ? [...broken, between] : broken) {
      breaches.set(rule, (breaches.get(rule) ?? 0) + 1);
      findings.push(ruleFinding(rule, cue, judge, nextOf(cues[i + 1], cue, starts[i] ?? 0)));
    }
    const empty = plainText(cue.text).trim() === "";
    if (empty) findings.push(findingOn(cue, "empty", "error", {}));
    if (broken.length === 0 && !between && !empty) good += 1;
  }
  const total = cues.length;
  return {
    findings,
    rules: ruleNames.map((rule) => ({ rule, kept: total - (breaches.get(rule) ?? 0), total })),
    rulesKept: total === 0 ? 1 : good / total,
  };
}

/** The start that a cue's end has to do with. */
function nextOf(following: Cue | undefined, cue: Cue, laterMs: number): number {
  return following && following.startMs === cue.startMs ? following.startMs : laterMs;
}

export function findingOn(
  cue: Cue,
  code: Finding["code"],
  severity: Severity,
  values: Finding["values"],
): PlainFinding {
  const { id: cueId, startMs, endMs } = cue;
  return { id: `${code}:${cueId}`, code, severity, cueId, startMs, endMs, values };
}

function ruleFinding(rule: RuleName, cue: Cue, judge: RuleJudge, nextMs: number): PlainFinding {
  const { profile, gapMs } = judge;
  const { width, lines, speed, durationMs } = judge.measures(cue);
  const worse = (bad: boolean): Severity => (bad ? "error" : "warning");
  switch (rule) {
    case "line_width": {
      const limit = profile.maxLineWidth;
      return findingOn(cue, rule, worse(width > limit * farTooWide), { width, limit });
    }
    case "line_count":
      return findingOn(cue, rule, "error", { lines, limit: profile.maxLines });
    case "reading_speed": {
      const limit = profile.maxCharsPerSecond;
      // Rounded up: 14.01 must not read as the 14 that is allowed.
      const shown = Math.ceil(speed * 10 - 1e-6) / 10;
      return findingOn(cue, rule, worse(speed > limit * farTooFast), { speed: shown, limit });
    }
    case "min_duration": {
      const limit = profile.minDurationMs;
      const severity = worse(durationMs < limit * farTooShort);
      return findingOn(cue, rule, severity, {
        seconds: seconds(durationMs),
        limit: seconds(limit),
      });
    }
    case "max_duration": {
      const values = { seconds: seconds(durationMs), limit: seconds(profile.maxDurationMs) };
      return findingOn(cue, rule, "warning", values);
    }
    case "gap":
      return findingOn(cue, rule, "info", { ms: nextMs - cue.endMs, limit: gapMs });
    case "overlap":
      return findingOn(cue, rule, "error", { seconds: seconds(cue.endMs - nextMs) });
  }
}

/** With as much as a person can tell apart. */
function seconds(ms: number): number {
  return Math.round(ms / 10) / 100;
}
