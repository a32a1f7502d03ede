import { type Word, writesSpaces } from "@/lib/subtitles/model";
import { type RuleProfile, textWidth } from "@/lib/subtitles/rules";
import { minGapMs } from "@/lib/subtitles/timing";

/**
 * How many cues break a rule of time at the least, however the words are cut: where people speak
 * faster than the profile lets read, some cue has to. Looser than what cues are really made of
 * (any word may end a line), so the true least is this or more. `words` have usable times.
 */
export function leastBreaches(
  words: readonly Word[],
  { profile, fps, language }: { profile: RuleProfile; fps: number; language: string },
): number {
  const gapMs = minGapMs(profile, fps);
  const space = profile.counting === "weighted" ? 0.5 : 1;
  const spaces = writesSpaces(language);
  const widths = words.map(({ text }) => textWidth(text, profile.counting));
  const least = new Float64Array(words.length + 1).fill(Number.POSITIVE_INFINITY);
  least[0] = 0;
  for (let from = 0; from < words.length; from++) {
    let width = 0;
    for (let to = from + 1; to <= words.length; to++) {
      const spaced = words[to - 1]?.spaceBefore ?? spaces;
      width += (widths[to - 1] ?? 0) + (spaced && to > from + 1 ? space : 0);
      const startMs = words[from]?.startMs ?? 0;
      const speechEndMs = words[to - 1]?.endMs ?? 0;
      const tooMuch =
        width > profile.maxLineWidth * profile.maxLines + space ||
        speechEndMs - startMs > profile.maxDurationMs;
      if (tooMuch && to - from > 1) break;
      const nextMs = (words[to]?.startMs ?? Number.POSITIVE_INFINITY) - gapMs;
      const latestMs = speechEndMs + profile.maxLingerMs;
      const endMs = nextMs - latestMs < profile.closeGapBelowMs ? nextMs : latestMs;
      const roomMs = Math.min(profile.maxDurationMs, endMs - startMs);
      // One space of two lines is a line break, which nobody reads.
      const read = width > profile.maxLineWidth ? width - space : width;
      const readMs = (read * 1000) / profile.maxCharsPerSecond;
      const breach = readMs > roomMs || roomMs < profile.minDurationMs ? 1 : 0;
      least[to] = Math.min(least[to] ?? 0, (least[from] ?? 0) + breach);
    }
  }
  return least[words.length] ?? 0;
}
