import { transcriptionPerMinute } from "@/lib/credits/price";
import type { PackageView } from "@/lib/topups/schema";

type Content = Pick<PackageView, "credits" | "bonusCredits">;

/** Everything that a package gives, in credits. */
export function totalCredits({ credits, bonusCredits }: Content): number {
  return credits + bonusCredits;
}

export interface Suggestion {
  packageId: string;
  /** Some package gives what is lacking; false: the largest is suggested. */
  sufficient: boolean;
}

/**
 * The package to begin with: the cheapest that gives the credits that are lacking, or the one that
 * was chosen before. Null when nothing is on sale.
 * @param options `need`: credits that are lacking, 0 when none are
 */
export function suggestPackage(
  packages: readonly PackageView[],
  options: { need: number; earlier: string | null },
): Suggestion | null {
  const { need, earlier } = options;
  const before = packages.find(({ id }) => id === earlier);
  if (before) return { packageId: before.id, sufficient: totalCredits(before) >= need };
  const enough = packages
    .filter((each) => totalCredits(each) >= need)
    .sort((a, b) => a.amountKrw - b.amountKrw)[0];
  if (enough) return { packageId: enough.id, sufficient: true };
  const largest = [...packages].sort((a, b) => totalCredits(b) - totalCredits(a))[0];
  return largest ? { packageId: largest.id, sufficient: false } : null;
}

/** What captioning a minute of video comes to with this package, in whole KRW; only to compare. */
export function perMinuteKrw(each: Content & Pick<PackageView, "amountKrw">): number {
  return Math.round((each.amountKrw * transcriptionPerMinute) / totalCredits(each));
}

/** Whole minutes of video that the package captions. */
export function captionMinutes(each: Content): number {
  return Math.floor(totalCredits(each) / transcriptionPerMinute);
}
