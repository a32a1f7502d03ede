import { plainText } from "@/lib/subtitles/markup";
import type { RuleProfile } from "@/lib/subtitles/rules/profiles";
import { textWidth } from "@/lib/subtitles/rules/width";

export { type RuleProfile, resolveProfile, ruleProfile } from "@/lib/subtitles/rules/profiles";
export type { RuleSetName } from "@/lib/subtitles/rules/rule-sets";
export { graphemes, textWidth, type WidthCounting } from "@/lib/subtitles/rules/width";

/** The widths of a cue's lines, in characters as the profile counts them. */
export function lineWidths(text: string, profile: RuleProfile): number[] {
  return plainText(text)
    .split("\n")
    .map((line) => textWidth(line, profile.counting));
}

/**
 * Characters a second that a viewer has to read, as the profile counts characters; line breaks
 * count nothing. Infinite when there is text and no time.
 */
export function readingSpeed(text: string, durationMs: number, profile: RuleProfile): number {
  const width = textWidth(plainText(text), profile.counting);
  if (width === 0) return 0;
  return durationMs > 0 ? (width * 1000) / durationMs : Number.POSITIVE_INFINITY;
}

/** How long a text must show to be read at the profile's speed, in whole ms. */
export function readingTimeMs(text: string, profile: RuleProfile): number {
  const width = textWidth(plainText(text), profile.counting);
  return Math.ceil((width * 1000) / profile.maxCharsPerSecond);
}
