/** Two sequences of equal things, found in both: pairs of indexes, both growing. */
export type Pairs = [a: number, b: number][];

/** Regions up to this many cells are compared cell by cell. */
const smallRegion = 1_000_000;
/** Where nothing is unique, both sides are cut evenly into blocks this long. */
const blockLength = 900;

interface Region {
  aFrom: number;
  aTo: number;
  bFrom: number;
  bTo: number;
}

/**
 * Which elements of two long sequences correspond, in time that grows with their length: runs of
 * 16, 8, 4, 2 or single elements that come once on each side hold the two together, what lies
 * between is compared exactly (Needleman and Wunsch), and where no run is unique the sides are laid
 * along each other.
 */
export function alignSequences(a: readonly string[], b: readonly string[]): Pairs {
  const ranks = rankRuns(a, b);
  const comparer = new Comparer(ranks);
  const pairs: Pairs = [];
  const todo: Region[] = [{ aFrom: 0, aTo: a.length, bFrom: 0, bTo: b.length }];
  for (let region = todo.pop(); region; region = todo.pop()) {
    const inner = trim(region, ranks, pairs);
    const [lengthA, lengthB] = [inner.aTo - inner.aFrom, inner.bTo - inner.bFrom];
    if (lengthA === 0 || lengthB === 0) continue;
    if (lengthA * lengthB <= smallRegion) {
      comparer.compare(inner, pairs);
      continue;
    }
    const parts = splitAtUnique(inner, ranks, pairs) ?? splitEvenly(inner);
    todo.push(...parts);
  }
  return pairs.toSorted((one, other) => one[0] - other[0]);
}

/** For each side and run length, a number for the run that begins at each element. */
interface Ranks {
  levels: { length: number; a: Int32Array; b: Int32Array }[];
}

function rankRuns(a: readonly string[], b: readonly string[]): Ranks {
  const names = new Map<string, number>();
  const rankOf = (name: string) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, names.size);
    return names.size - 1;
  };
  const levels = [{ length: 1, a: Int32Array.from(a, rankOf), b: Int32Array.from(b, rankOf) }];
  for (let length = 2; length <= 16; length *= 2) {
    const before = levels.at(-1);
    if (!before) break;
    const joined = new Map<number, number>();
    const join = (side: Int32Array) =>
      side.map((rank, at) => {
        if (at + length > side.length) return -1;
        // Ranks stay below 2^26, so that two of them make one exact number.
        const key = rank * 2 ** 26 + (side[at + length / 2] ?? 0);
        const known = joined.get(key);
        if (known !== undefined) return known;
        joined.set(key, joined.size);
        return joined.size - 1;
      });
    levels.push({ length, a: join(before.a), b: join(before.b) });
  }
  return { levels };
}

/** Pairs what is equal at both ends; answers what is left. */
function trim(region: Region, { levels }: Ranks, pairs: Pairs): Region {
  const [single] = levels;
  let { aFrom, aTo, bFrom, bTo } = region;
  while (aFrom < aTo && bFrom < bTo && single?.a[aFrom] === single?.b[bFrom]) {
    pairs.push([aFrom++, bFrom++]);
  }
  while (aFrom < aTo && bFrom < bTo && single?.a[aTo - 1] === single?.b[bTo - 1]) {
    pairs.push([--aTo, --bTo]);
  }
  return { aFrom, aTo, bFrom, bTo };
}

/** Splits at the longest runs that are unique on both sides; undefined when none is. */
function splitAtUnique(region: Region, { levels }: Ranks, pairs: Pairs): Region[] | undefined {
  for (const level of levels.toReversed()) {
    const anchors = growing(uniqueRuns(region, level));
    if (anchors.length === 0) continue;
    const parts: Region[] = [];
    let { aFrom, bFrom } = region;
    for (const [a, b] of anchors) {
      // Overlapping runs of one long match go on where the one before ended.
      if (a < aFrom || b < bFrom) continue;
      parts.push({ aFrom, aTo: a, bFrom, bTo: b });
      for (let i = 0; i < level.length; i++) pairs.push([a + i, b + i]);
      aFrom = a + level.length;
      bFrom = b + level.length;
    }
    parts.push({ aFrom, aTo: region.aTo, bFrom, bTo: region.bTo });
    return parts;
  }
  return undefined;
}

function uniqueRuns({ aFrom, aTo, bFrom, bTo }: Region, level: Ranks["levels"][number]): Pairs {
  const placesIn = (side: Int32Array, from: number, to: number) => {
    const places = new Map<number, number>();
    for (let at = from; at + level.length <= to; at++) {
      const rank = side[at] ?? -1;
      places.set(rank, places.has(rank) ? -1 : at);
    }
    return places;
  };
  const inB = placesIn(level.b, bFrom, bTo);
  const runs: Pairs = [];
  for (const [rank, a] of placesIn(level.a, aFrom, aTo)) {
    const b = inB.get(rank) ?? -1;
    if (a >= 0 && b >= 0 && rank >= 0) runs.push([a, b]);
  }
  return runs.toSorted((one, other) => one[0] - other[0]);
}

/** The longest series in which both indexes grow (patience sorting). */
function growing(runs: Pairs): Pairs {
  const tails: number[] = [];
  const before = new Int32Array(runs.length).fill(-1);
  runs.forEach(([, b], at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[tails[middle] ?? 0]?.[1] ?? 0) < b) low = middle + 1;
      else high = middle;
    }
    before[at] = tails[low - 1] ?? -1;
    tails[low] = at;
  });
  const series: Pairs = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const run = runs[at];
    if (run) series.push(run);
  }
  return series.reverse();
}

function splitEvenly({ aFrom, aTo, bFrom, bTo }: Region): Region[] {
  const blocks = Math.ceil(Math.max(aTo - aFrom, bTo - bFrom) / blockLength);
  const at = (from: number, to: number, block: number) =>
    from + Math.floor(((to - from) * block) / blocks);
  return Array.from({ length: blocks }, (_, block) => ({
    ...{ aFrom: at(aFrom, aTo, block), aTo: at(aFrom, aTo, block + 1) },
    ...{ bFrom: at(bFrom, bTo, block), bTo: at(bFrom, bTo, block + 1) },
  }));
}

const match = 2;
const other = -1;
/** Where the best way into a cell comes from. */
const came = { diagonal: 0, up: 1, left: 2 };

/** Memory that all comparisons of one call share: their regions are of one size at most. */
class Comparer {
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  #ways = new Uint8Array(0);
  #scores = new Int32Array(0);

  constructor({ levels }: Ranks) {
    this.#a = levels[0]?.a ?? new Int32Array(0);
    this.#b = levels[0]?.b ?? new Int32Array(0);
  }

  /** Global alignment: equal 2, replaced, left out or added -1. */
  compare({ aFrom, aTo, bFrom, bTo }: Region, pairs: Pairs): void {
    const [rows, columns] = [aTo - aFrom, bTo - bFrom];
    const width = columns + 1;
    if (this.#ways.length < (rows + 1) * width) this.#ways = new Uint8Array((rows + 1) * width);
    if (this.#scores.length < width) this.#scores = new Int32Array(width);
    const [ways, scores, a, b] = [this.#ways, this.#scores, this.#a, this.#b];
    for (let column = 0; column <= columns; column++) scores[column] = column * other;
    for (let row = 1; row <= rows; row++) {
      const rank = a[aFrom + row - 1];
      let diagonalScore = scores[0] ?? 0;
      let left = row * other;
      scores[0] = left;
      for (let column = 1; column <= columns; column++) {
        const above = scores[column] ?? 0;
        const same = rank === b[bFrom + column - 1];
        let best = diagonalScore + (same ? match : other);
        let way = came.diagonal;
        if (above + other > best) {
          best = above + other;
          way = came.up;
        }
        if (left + other > best) {
          best = left + other;
          way = came.left;
        }
        diagonalScore = above;
        left = best;
        scores[column] = best;
        ways[row * width + column] = way;
      }
    }
    for (let row = rows, column = columns; row > 0 && column > 0; ) {
      const way = ways[row * width + column];
      if (way === came.diagonal) {
        const [at, to] = [aFrom + row - 1, bFrom + column - 1];
        if (a[at] === b[to]) pairs.push([at, to]);
        row -= 1;
        column -= 1;
      } else if (way === came.up) row -= 1;
      else column -= 1;
    }
  }
}
