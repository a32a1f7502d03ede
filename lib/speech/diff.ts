/**
 * Which elements of `a` and `b` correspond: the longest common subsequence found by Myers' greedy
 * algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986), as pairs of indices in
 * order. Undefined when more than `maxEdits` insertions and deletions would be needed: the two are
 * then not versions of one text, and the search would grow with the square of the edits.
 */
export function matchSequences(
  a: readonly string[],
  b: readonly string[],
  maxEdits: number,
): [number, number][] | undefined {
  const trace: Int32Array[] = [];
  const limit = Math.min(a.length + b.length, maxEdits);
  // frontier[k + offset]: how far into `a` the best path on diagonal k (= x - y) has come.
  const offset = limit + 1;
  const frontier = new Int32Array(2 * limit + 3);
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(frontier.slice(offset - edits - 1, offset + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = cameDown(k, edits, (d) => frontier[offset + d] ?? 0);
      let x = down ? (frontier[offset + k + 1] ?? 0) : (frontier[offset + k - 1] ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      frontier[offset + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a.length, b.length);
    }
  }
  return undefined;
}

/** Whether the best path onto diagonal k comes from the one above (an insertion). */
function cameDown(k: number, edits: number, reach: (diagonal: number) => number): boolean {
  return k === -edits || (k !== edits && reach(k - 1) < reach(k + 1));
}

function walkBack(trace: Int32Array[], endX: number, endY: number): [number, number][] {
  const pairs: [number, number][] = [];
  let x = endX;
  let y = endY;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const row = trace[edits];
    const reach = (diagonal: number) => row?.[diagonal + edits + 1] ?? 0;
    const k = x - y;
    const previousK = cameDown(k, edits, reach) ? k + 1 : k - 1;
    const startX = edits === 0 ? 0 : reach(previousK);
    const startY = startX - (edits === 0 ? 0 : previousK);
    while (x > startX && y > startY) {
      x--;
      y--;
      pairs.push([x, y]);
    }
    x = startX;
    y = startY;
  }
  return pairs.reverse();
}
