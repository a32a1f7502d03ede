import { plainText } from "@/lib/subtitles/markup";
import { sliceMarkup } from "@/lib/subtitles/markup-slices";
import type { Cue } from "@/lib/subtitles/model";
import { cutOffsets } from "@/lib/subtitles/operations/editing/cut";
import { type RuleProfile, textWidth } from "@/lib/subtitles/rules";
import { breakLines } from "@/lib/subtitles/segmentation";
import { breakJudge } from "@/lib/subtitles/segmentation/break-judge";

type Part = Pick<Cue, "startMs" | "endMs">;

interface Making {
  /** BCP 47, of the text. */
  language: string;
  profile: RuleProfile;
}

/**
 * What a step of `breakQuality` is worth, as a share of the text: a sentence ends where its part
 * does as long as that is no farther off than an eighth.
 */
const perQuality = 0.03;

/**
 * A text in the cues that its translation was split into: each has as much of it as it has of their
 * time, cut where sense allows, in lines by the rules. Fewer texts than parts where there are fewer
 * pieces than parts.
 * @param line light markup without line breaks, with something to read in it
 */
export function spreadText(line: string, parts: readonly Part[], making: Making): string[] {
  const plain = plainText(line);
  const offsets = parts.length > 1 ? cutOffsets(plain, making.language) : [];
  const places = offsets.map((offset) => ({ offset, ...aroundOf(plain, offset, making) }));
  const kept = parts.slice(0, offsets.length + 1);
  const cuts = cutsFor(plain, places, endShares(kept));
  // Spaces that stand side by side with other places leave fewer pieces than places.
  if (cuts === undefined) return spreadText(line, kept.slice(0, -1), making);
  const bounds = [0, ...cuts, plain.length];
  return bounds.slice(1).map((to, i) => {
    const from = bounds[i] ?? 0;
    const own = plain.slice(from, to);
    const start = from + (own.length - own.trimStart().length);
    const end = to - (own.length - own.trimEnd().length);
    return breakLines(sliceMarkup(line, start, end), making);
  });
}

/** The share of all parts' time that is over at the end of each but the last. */
function endShares(parts: readonly Part[]): number[] {
  const lengths = parts.map(({ startMs, endMs }) => Math.max(1, endMs - startMs));
  const whole = lengths.reduce((sum, ms) => sum + ms, 0);
  let over = 0;
  return lengths.slice(0, -1).map((ms) => {
    over += ms;
    return over / whole;
  });
}

interface Place {
  offset: number;
  /** Of the text, before it. */
  share: number;
  quality: number;
}

function aroundOf(plain: string, offset: number, { language, profile }: Making) {
  const width = (text: string) => textWidth(text.trim(), profile.counting);
  const [before, after] = [plain.slice(0, offset), plain.slice(offset)];
  const last = /\S+$/.exec(before.trimEnd())?.[0] ?? "";
  const next = /^\S+/.exec(after.trimStart())?.[0] ?? "";
  return {
    share: width(before) / Math.max(0.5, width(plain)),
    quality: breakJudge(language)(last, next),
  };
}

/** The places that cost least together, one for each share; undefined where there are too few. */
function cutsFor(
  plain: string,
  places: readonly Place[],
  shares: readonly number[],
): number[] | undefined {
  interface Way {
    cost: number;
    cuts: readonly number[];
  }
  /** The best way to each place with all cuts so far. */
  let ways: Way[] = [{ cost: 0, cuts: [] }];
  for (const share of shares) {
    ways = places.flatMap((place): Way[] => {
      const own = Math.abs(place.share - share) + place.quality * perQuality;
      let best: Way | undefined;
      for (const { cost, cuts } of ways) {
        const from = cuts.at(-1) ?? 0;
        if (from >= place.offset || plain.slice(from, place.offset).trim() === "") continue;
        if (!best || cost + own < best.cost) {
          best = { cost: cost + own, cuts: [...cuts, place.offset] };
        }
      }
      return best ? [best] : [];
    });
  }
  return ways
    .reduce<Way | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined)
    ?.cuts.slice();
}
