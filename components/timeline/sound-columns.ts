/** Sound as pairs of lowest and highest in stretches of equal length, or as single samples. */
export interface SoundTile {
  /** Of stretches, or samples, from the start of the video to the tile's first. */
  first: number;
  /** Pairs: lowest, highest, lowest ...; samples: one after the other. */
  values: Int8Array | Int16Array;
  /** 2 for pairs, 1 for samples. */
  step: 1 | 2;
  perSecond: number;
  /** What -1 and 1 are as a value. */
  full: number;
}

/** How many stretches or samples a tile holds. */
export const tileLength = ({ values, step }: Pick<SoundTile, "values" | "step">): number =>
  values.length / step;

interface ColumnsOptions {
  fromMs: number;
  msPerColumn: number;
  /** Two for each column: lowest and highest, -1 to 1. Only what is NaN is filled. */
  columns: Float32Array;
}

/**
 * The lowest and highest of what a tile says of each column that isn't known yet. A column narrower
 * than a stretch shows the stretch it lies in.
 */
export function fillColumns(
  tile: SoundTile,
  { fromMs, msPerColumn, columns }: ColumnsOptions,
): void {
  const { first, values, step, perSecond, full } = tile;
  const length = tileLength(tile);
  const perMs = perSecond / 1000;
  const tileFromMs = first / perMs;
  const tileToMs = (first + length) / perMs;
  const count = columns.length / 2;
  const begin = Math.max(0, Math.ceil((tileFromMs - fromMs) / msPerColumn));
  const end = Math.min(count, Math.ceil((tileToMs - fromMs) / msPerColumn));
  for (let column = begin; column < end; column++) {
    if (!Number.isNaN(columns[column * 2])) continue;
    const startMs = fromMs + column * msPerColumn;
    const from = Math.floor(startMs * perMs) - first;
    const to = Math.max(from + 1, Math.floor((startMs + msPerColumn) * perMs) - first);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    const last = Math.min(length, to) * step;
    for (let at = Math.max(0, from) * step; at < last; at += step) {
      const lowest = values[at] ?? 0;
      const highest = values[at + step - 1] ?? 0;
      if (lowest < low) low = lowest;
      if (highest > high) high = highest;
    }
    if (low > high) continue;
    columns[column * 2] = low / full;
    columns[column * 2 + 1] = high / full;
  }
}
