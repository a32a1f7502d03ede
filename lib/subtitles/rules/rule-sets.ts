import type { WidthCounting } from "@/lib/subtitles/rules/width";

/** Rules that come with the product; `resolveProfile` turns one into numbers for a language. */
export type RuleSetName = "netflix" | "netflix-children" | "ted" | "bbc" | "shorts";

/** What a rule set says of every language alike. */
export interface CommonRules {
  maxLines: 1 | 2;
  minDurationMs: number;
  maxDurationMs: number;
  minGapFrames: number;
  closeGapBelowMs: number;
  maxLingerMs: number;
}

/** What a rule set says of one language. */
export interface LanguageRules {
  counting: WidthCounting;
  maxLineWidth: number;
  /** For translations, read while another language is heard. */
  charsPerSecond: number;
  /** For the language that is spoken: who hears the words reads faster (SDH in the guides). */
  sameLanguageCharsPerSecond: number;
}

export interface RuleSet {
  common: CommonRules;
  /** By primary language; the rules of a language that is not here are `otherLanguages`. */
  byLanguage: Readonly<Record<string, LanguageRules>>;
  otherLanguages: LanguageRules;
}

const weighted = (
  maxLineWidth: number,
  charsPerSecond: number,
  sameLanguageCharsPerSecond = charsPerSecond,
): LanguageRules => ({
  counting: "weighted",
  maxLineWidth,
  charsPerSecond,
  sameLanguageCharsPerSecond,
});

const graphemes = (
  maxLineWidth: number,
  charsPerSecond: number,
  sameLanguageCharsPerSecond = charsPerSecond,
): LanguageRules => ({
  counting: "graphemes",
  maxLineWidth,
  charsPerSecond,
  sameLanguageCharsPerSecond,
});

/**
 * Netflix Timed Text Style Guide, general requirements and timing guidelines
 * (partnerhelp.netflixstudios.com 215758617, 360051554394): 5/6 s to 7 s, two lines, 2 frames
 * between cues, gaps under half a second closed, out-time at most half a second past the speech.
 */
const netflixCommon: CommonRules = {
  maxLines: 2,
  minDurationMs: 833,
  maxDurationMs: 7000,
  minGapFrames: 2,
  closeGapBelowMs: 500,
  maxLingerMs: 500,
};

/**
 * Netflix's guides by language, programmes for adults: Korean (216001127) 16 characters, 12 a
 * second, SDH 14; Japanese (215767517) 13 and 4, SDH 7; Chinese 16 and 9, SDH 11; English
 * (217350977) 42 and 20; Thai 35; Arabic 20, Hindi 22; all others 42 and 17, SDH 20. Speeds also
 * as SubtitleEdit's NetflixQualityController has them.
 */
const netflix: RuleSet = {
  common: netflixCommon,
  byLanguage: {
    ko: weighted(16, 12, 14),
    ja: weighted(13, 4, 7),
    zh: weighted(16, 9, 11),
    en: graphemes(42, 20),
    th: graphemes(35, 17, 20),
    ar: graphemes(42, 20),
    hi: graphemes(42, 22),
  },
  otherLanguages: graphemes(42, 17, 20),
};

/**
 * The same guides, programmes for children: Korean 9, SDH 11; Chinese 7, SDH 9; English 17;
 * Arabic 17; Hindi 18; all others 13, SDH 17. The Japanese guide has one speed for everybody.
 */
const netflixChildren: RuleSet = {
  common: netflixCommon,
  byLanguage: {
    ko: weighted(16, 9, 11),
    ja: weighted(13, 4, 7),
    zh: weighted(16, 7, 9),
    en: graphemes(42, 17),
    th: graphemes(35, 13, 17),
    ar: graphemes(42, 17),
    hi: graphemes(42, 18),
  },
  otherLanguages: graphemes(42, 13, 17),
};

/**
 * One limit in Latin letters for all languages. Hangul, kana and Han take the room of two of them,
 * and are counted as such: half the number in full-width characters.
 */
function forAllLanguages(letters: number, lettersPerSecond: number) {
  const full = weighted(letters / 2, lettersPerSecond / 2);
  return {
    byLanguage: { ko: full, ja: full, zh: full },
    otherLanguages: graphemes(letters, lettersPerSecond),
  };
}

/**
 * TED's cheat sheet (translations.ted.com): 42 characters a line, 84 a subtitle, 21 a second,
 * 1 s to 7 s. It says nothing of pauses; those are Netflix's.
 */
const ted: RuleSet = {
  common: { ...netflixCommon, minDurationMs: 1000 },
  ...forAllLanguages(42, 21),
};

/**
 * BBC Subtitle Guidelines: 37 characters a line; 160 to 180 words a minute, of which the upper
 * bound counts here: an English word with its space is 6 characters, so 180 words a minute are
 * 18 characters a second. Subtitles that follow each other need no pause; a pause is at least
 * 1 s; none hangs more than 1.5 s behind the speech. Shortest and longest are Netflix's.
 */
const bbc: RuleSet = {
  common: { ...netflixCommon, minGapFrames: 0, closeGapBelowMs: 1000, maxLingerMs: 1500 },
  ...forAllLanguages(37, 18),
};

/**
 * For pictures of 9:16, as SubtitleEdit's profile of that name (SeGeneral.cs): 24 characters a
 * line, 25 a second, 0.7 s to 5 s, no pause between cues. What it doesn't say is Netflix's.
 */
const shorts: RuleSet = {
  common: { ...netflixCommon, minDurationMs: 700, maxDurationMs: 5000, minGapFrames: 0 },
  ...forAllLanguages(24, 25),
};

export const ruleSets: Readonly<Record<RuleSetName, RuleSet>> = {
  netflix,
  "netflix-children": netflixChildren,
  ted,
  bbc,
  shorts,
};
