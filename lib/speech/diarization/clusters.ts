/** Two neighbours on the way up the tree, and how alike they are, -1..1. */
interface Merge {
  a: number;
  b: number;
  likeness: number;
}

export interface ClusterOptions {
  /** Groups are joined down to this mean likeness (cosine), -1..1. */
  least: number;
  /** How many groups there are, where that is known; `least` then says nothing. */
  count?: number | undefined;
  /** A group of fewer members is noise. */
  leastMembers: number;
}

/**
 * Groups vectors of length 1 by mean likeness (average linkage, by nearest-neighbour chains: time
 * and memory grow with the square of their number). Answers each vector's group, from 0, the
 * largest first; undefined for those in groups that are too small.
 */
export function clusterVectors(
  vectors: readonly Float32Array[],
  { least, count, leastMembers }: ClusterOptions,
): (number | undefined)[] {
  const merges = mergesOf(vectors).toSorted((a, b) => b.likeness - a.likeness);
  const groups = createGroups(vectors.length);
  const isNoise = (members: number[]) => members.length < leastMembers;
  const real = () => groups.all().filter((members) => !isNoise(members)).length;
  if (count === undefined) {
    for (const { a, b, likeness } of merges) if (likeness >= least) groups.join(a, b);
  } else {
    // The fewest joins after which no more than `count` real groups are left, noise aside.
    let joined = 0;
    let best = { joined: merges.length, groups: 1 };
    for (const { a, b } of merges) {
      groups.join(a, b);
      joined += 1;
      const now = real();
      if (now <= count && now >= best.groups) best = { joined, groups: now };
    }
    groups.reset();
    for (const { a, b } of merges.slice(0, best.joined)) groups.join(a, b);
  }
  const all = groups.all().toSorted((a, b) => b.length - a.length);
  const kept = all.some((members) => !isNoise(members))
    ? all.filter((m) => !isNoise(m))
    : all.slice(0, 1);
  const labels = new Array<number | undefined>(vectors.length).fill(undefined);
  kept.forEach((members, group) => {
    for (const member of members) labels[member] = group;
  });
  return labels;
}

function createGroups(size: number) {
  let parents = Array.from({ length: size }, (_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[index] = root;
    return root;
  };
  return {
    join: (a: number, b: number) => {
      parents[rootOf(b)] = rootOf(a);
    },
    reset: () => {
      parents = parents.map((_, index) => index);
    },
    all: (): number[][] => {
      const members = new Map<number, number[]>();
      for (let index = 0; index < size; index++) {
        const root = rootOf(index);
        const list = members.get(root);
        if (list) list.push(index);
        else members.set(root, [index]);
      }
      return [...members.values()];
    },
  };
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** All merges of the tree, in the order in which the chains find them. */
function mergesOf(vectors: readonly Float32Array[]): Merge[] {
  const size = vectors.length;
  const likeness = likenessOf(vectors);
  const weights = new Float64Array(size).fill(1);
  const alive = new Set(Array.from({ length: size }, (_, index) => index));
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (alive.size > 1) {
    const top = chain.at(-1) ?? alive.values().next().value ?? 0;
    if (chain.length === 0) chain.push(top);
    const before = chain.at(-2);
    const next = nearestTo(top, before, alive, likeness, size);
    if (next !== before) {
      chain.push(next);
      continue;
    }
    chain.length -= 2;
    merges.push({ a: next, b: top, likeness: likeness[next * size + top] ?? 0 });
    absorb({ keep: next, gone: top, alive, likeness, weights, size });
  }
  return merges;
}

function likenessOf(vectors: readonly Float32Array[]): Float32Array {
  const size = vectors.length;
  const likeness = new Float32Array(size * size);
  vectors.forEach((a, row) => {
    for (let column = row + 1; column < size; column++) {
      const value = cosine(a, vectors[column] ?? a);
      likeness[row * size + column] = value;
      likeness[column * size + row] = value;
    }
  });
  return likeness;
}

/** Its most alike neighbour; of equals the one before it in the chain, so that chains end. */
function nearestTo(
  top: number,
  before: number | undefined,
  alive: ReadonlySet<number>,
  likeness: Float32Array,
  size: number,
): number {
  let best = before;
  let most = before === undefined ? Number.NEGATIVE_INFINITY : (likeness[top * size + before] ?? 0);
  for (const other of alive) {
    const value = likeness[top * size + other] ?? 0;
    if (other === top || value <= most) continue;
    best = other;
    most = value;
  }
  return best ?? top;
}

function absorb(parts: {
  keep: number;
  gone: number;
  alive: Set<number>;
  likeness: Float32Array;
  weights: Float64Array;
  size: number;
}): void {
  const { keep, gone, alive, likeness, weights, size } = parts;
  alive.delete(gone);
  const [a, b] = [weights[keep] ?? 1, weights[gone] ?? 1];
  for (const other of alive) {
    if (other === keep) continue;
    const kept = likeness[keep * size + other] ?? 0;
    const lost = likeness[gone * size + other] ?? 0;
    const mean = (a * kept + b * lost) / (a + b);
    likeness[keep * size + other] = mean;
    likeness[other * size + keep] = mean;
  }
  weights[keep] = a + b;
}
