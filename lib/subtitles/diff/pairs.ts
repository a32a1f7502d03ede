import type { Cue } from "@/lib/subtitles/model";

/** A cue in two states of a track, or in one of them. */
export interface CuePair {
  before?: Cue;
  after?: Cue;
}

/** Two cues share a moment when the shorter one is covered by half. */
const leastShare = 0.5;
/** So many cues at one moment are looked at, so that a heap of them takes no time. */
const mostAtOnce = 40;

/**
 * Which cue of one state is which of the other: by id; then those of the very same text and times;
 * then, as in a new run over the same sound, those that show at the same time. Each is in one pair.
 */
export function pairCues(from: readonly Cue[], to: readonly Cue[]): CuePair[] {
  const pairs: CuePair[] = [];
  const byId = pairUp(pairs, from, to, ({ id }) => id);
  const byContent = pairUp(pairs, byId.from, byId.to, (cue) => {
    return `${cue.startMs} ${cue.endMs} ${cue.text}`;
  });
  const rest = pairByTime(pairs, byContent.from, byContent.to);
  pairs.push(...rest.from.map((before) => ({ before })), ...rest.to.map((after) => ({ after })));
  return pairs;
}

interface Unpaired {
  from: Cue[];
  to: Cue[];
}

function pairUp(
  pairs: CuePair[],
  from: readonly Cue[],
  to: readonly Cue[],
  keyOf: (cue: Cue) => string,
): Unpaired {
  const open = new Map(from.map((cue) => [keyOf(cue), cue]));
  const paired = new Set<Cue>();
  const left: Cue[] = [];
  for (const after of to) {
    const key = keyOf(after);
    const before = open.get(key);
    if (before) {
      open.delete(key);
      paired.add(before);
      pairs.push({ before, after });
    } else left.push(after);
  }
  return { from: from.filter((cue) => !paired.has(cue)), to: left };
}

/** Both lists are in order of their starts. */
function pairByTime(pairs: CuePair[], from: readonly Cue[], to: readonly Cue[]): Unpaired {
  const paired = new Set<Cue>();
  const left: Cue[] = [];
  let first = 0;
  for (const after of to) {
    while (first < from.length && (from[first]?.endMs ?? 0) <= after.startMs) first += 1;
    let best: { cue: Cue; share: number } | undefined;
    for (let i = first; i < from.length && i < first + mostAtOnce; i++) {
      const before = from[i];
      if (!before || before.startMs >= after.endMs) break;
      const share = paired.has(before) ? 0 : sharedTime(before, after);
      if (share >= leastShare && share > (best?.share ?? 0)) best = { cue: before, share };
    }
    if (best) {
      paired.add(best.cue);
      pairs.push({ before: best.cue, after });
    } else left.push(after);
  }
  return { from: from.filter((cue) => !paired.has(cue)), to: left };
}

/** The share of the shorter cue in which both show, 0..1; whole only where their times are one. */
function sharedTime(a: Cue, b: Cue): number {
  const shared = Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
  const shorter = Math.min(a.endMs - a.startMs, b.endMs - b.startMs);
  const all = Math.max(a.endMs, b.endMs) - Math.min(a.startMs, b.startMs);
  if (shared <= 0 || shorter <= 0) return 0;
  // Of several that lie wholly inside the other, the longest.
  return shared / shorter >= leastShare ? leastShare + (shared / all) * leastShare : 0;
}
