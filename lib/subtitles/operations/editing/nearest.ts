/** Times in order, to look among quickly. */
export function sortedTimes(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/** The time nearest to `wanted` among times in order, not further away than `reach`. */
export function nearestTime(
  sorted: Float64Array,
  wanted: number,
  reach: number = Number.POSITIVE_INFINITY,
): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const before = sorted[low - 1] ?? Number.NEGATIVE_INFINITY;
  const after = sorted[low] ?? Number.POSITIVE_INFINITY;
  const near = wanted - before <= after - wanted ? before : after;
  return Math.abs(near - wanted) <= reach && Number.isFinite(near) ? near : undefined;
}
