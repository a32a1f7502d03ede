import { primaryLanguage } from "@/lib/subtitles/model";
import type { WidthCounting } from "@/lib/subtitles/rules/width";

/** What a publishable subtitle of a language must keep to. */
export interface RuleProfile {
  /** Names the profile in reports. */
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

/** Netflix Timed Text Style Guide, general requirements: 5/6 s to 7 s, 2 frames, half a second. */
const general = {
  maxLines: 2,
  minDurationMs: 833,
  maxDurationMs: 7000,
  minGapFrames: 2,
  closeGapBelowMs: 500,
  maxLingerMs: 500,
} as const;

interface LanguageRules {
  counting: WidthCounting;
  maxLineWidth: number;
  /** For translations, read while another language is heard. */
  charsPerSecond: number;
  /** For the language that is spoken: who hears the words reads faster (SDH in the guides). */
  sameLanguageCharsPerSecond: number;
}

/** Netflix's guides by language; reading speeds are those for adults. */
const byLanguage: Record<string, LanguageRules> = {
  ko: {
    counting: "weighted",
    maxLineWidth: 16,
    charsPerSecond: 12,
    sameLanguageCharsPerSecond: 14,
  },
  ja: { counting: "weighted", maxLineWidth: 13, charsPerSecond: 4, sameLanguageCharsPerSecond: 7 },
  zh: { counting: "weighted", maxLineWidth: 16, charsPerSecond: 9, sameLanguageCharsPerSecond: 11 },
  en: {
    counting: "graphemes",
    maxLineWidth: 42,
    charsPerSecond: 20,
    sameLanguageCharsPerSecond: 20,
  },
  th: {
    counting: "graphemes",
    maxLineWidth: 35,
    charsPerSecond: 17,
    sameLanguageCharsPerSecond: 20,
  },
  ar: {
    counting: "graphemes",
    maxLineWidth: 42,
    charsPerSecond: 20,
    sameLanguageCharsPerSecond: 20,
  },
  hi: {
    counting: "graphemes",
    maxLineWidth: 42,
    charsPerSecond: 22,
    sameLanguageCharsPerSecond: 22,
  },
};

const otherLanguages: LanguageRules = {
  counting: "graphemes",
  maxLineWidth: 42,
  charsPerSecond: 17,
  sameLanguageCharsPerSecond: 20,
};

/** Languages that follow the guide of another. */
const sameRulesAs: Record<string, string> = { yue: "zh", cmn: "zh", wuu: "zh", nan: "zh" };

/**
 * The rules for subtitles in a language (BCP 47; unknown ones get 42 characters a line).
 * `sameLanguage`: the subtitles write down the language that is spoken.
 */
export function ruleProfile(
  language: string,
  { sameLanguage = false }: { sameLanguage?: boolean } = {},
): RuleProfile {
  const primary = primaryLanguage(language);
  const key = sameRulesAs[primary] ?? primary;
  const known = Object.hasOwn(byLanguage, key);
  const rules = (known ? byLanguage[key] : undefined) ?? otherLanguages;
  return {
    ...general,
    id: `${known ? key : "default"}${sameLanguage ? "-same-language" : ""}`,
    counting: rules.counting,
    maxLineWidth: rules.maxLineWidth,
    maxCharsPerSecond: sameLanguage ? rules.sameLanguageCharsPerSecond : rules.charsPerSecond,
  };
}
