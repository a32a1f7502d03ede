/**
 * The cost of two lines of unlike length, in the unit of line breaks (see gaps.ts): less where the
 * lower one is longer, because a heavy bottom reads as a whole; more where one holds next to nothing.
 */
export function imbalanceCost(upper: number, lower: number, maxLineWidth: number): number {
  const difference = Math.abs(upper - lower) / maxLineWidth;
  return difference * (upper > lower ? 70 : 50) + Math.max(0, difference - 0.5) * 60;
}
