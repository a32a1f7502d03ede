import { primaryLanguage } from "@/lib/subtitles/model";
import { type RuleSetName, ruleSets } from "@/lib/subtitles/rules/rule-sets";
import type { WidthCounting } from "@/lib/subtitles/rules/width";

/** What a publishable subtitle of a language must keep to. */
export interface RuleProfile {
  /** Names the profile in reports: "netflix-ko-same-language", or the id of a person's own. */
  id: string;
  counting: WidthCounting;
  /** Most characters a line, counted as `counting` says. */
  maxLineWidth: number;
  maxLines: 1 | 2;
  /** Most characters a second that people read comfortably. */
  maxCharsPerSecond: number;
  minDurationMs: number;
  maxDurationMs: number;
  /** Least pause between two cues, in frames of the video. */
  minGapFrames: number;
  /** A pause shorter than this is closed to the least pause. */
  closeGapBelowMs: number;
  /** How long a cue may stay after its last word, to be read. */
  maxLingerMs: number;
}

/** Languages that follow the guide of another. */
const sameRulesAs: Record<string, string> = { yue: "zh", cmn: "zh", wuu: "zh", nan: "zh" };

/**
 * The rules that a choice means for subtitles in a language (BCP 47; one without rules of its own
 * gets those for all others). A choice is the name of a rule set, or a person's own numbers, which
 * hold for every language. `sameLanguage`: the subtitles write down the language that is spoken.
 */
export function resolveProfile(
  choice: RuleSetName | RuleProfile,
  language: string,
  { sameLanguage = false }: { sameLanguage?: boolean } = {},
): RuleProfile {
  if (typeof choice !== "string") return ownProfile(choice);
  const { common, byLanguage, otherLanguages } = ruleSets[choice];
  const primary = primaryLanguage(language);
  const key = Object.hasOwn(sameRulesAs, primary) ? (sameRulesAs[primary] ?? primary) : primary;
  const known = Object.hasOwn(byLanguage, key);
  const rules = (known ? byLanguage[key] : undefined) ?? otherLanguages;
  return {
    id: `${choice}-${known ? key : "default"}${sameLanguage ? "-same-language" : ""}`,
    counting: rules.counting,
    maxLineWidth: rules.maxLineWidth,
    maxCharsPerSecond: sameLanguage ? rules.sameLanguageCharsPerSecond : rules.charsPerSecond,
    ...common,
  };
}

/** The numbers and nothing else that the given object may carry. */
function ownProfile(rules: RuleProfile): RuleProfile {
  return {
    id: rules.id,
    counting: rules.counting,
    maxLineWidth: rules.maxLineWidth,
    maxLines: rules.maxLines,
    maxCharsPerSecond: rules.maxCharsPerSecond,
    minDurationMs: rules.minDurationMs,
    maxDurationMs: rules.maxDurationMs,
    minGapFrames: rules.minGapFrames,
    closeGapBelowMs: rules.closeGapBelowMs,
    maxLingerMs: rules.maxLingerMs,
  };
}

/** Netflix's rules for adults, which count where nobody chose others. */
export function ruleProfile(
  language: string,
  options: { sameLanguage?: boolean } = {},
): RuleProfile {
  return resolveProfile("netflix", language, options);
}
