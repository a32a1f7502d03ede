/** A phrase that is repeated in a row: where it begins, its length in items, and how often it comes. */
export interface Loop {
  from: number;
  phrase: number;
  rounds: number;
}

/** A loop's phrase is at most this many items long; Whisper's loops are a word to a sentence. */
const longestPhrase = 30;
/** People do say "no, no, no"; a fourth time in a row is suspicious. */
const leastRounds = 4;

/** Phrases that come at least four times in a row, in order, none overlapping. */
export function findLoops(keys: readonly string[]): Loop[] {
  const loops: Loop[] = [];
  for (let at = 0; at < keys.length; ) {
    const loop = loopAt(keys, at);
    if (loop) loops.push(loop);
    at = loop ? at + loop.phrase * loop.rounds : at + 1;
  }
  return loops;
}

function loopAt(keys: readonly string[], from: number): Loop | undefined {
  for (let phrase = 1; phrase <= longestPhrase; phrase++) {
    if (from + phrase * leastRounds > keys.length) return undefined;
    let rounds = 1;
    while (sameRound(keys, { from, phrase, rounds })) rounds++;
    if (rounds >= leastRounds) return { from, phrase, rounds };
  }
  return undefined;
}

/** Whether the round after those counted is the phrase once more. */
function sameRound(keys: readonly string[], { from, phrase, rounds }: Loop): boolean {
  const start = from + phrase * rounds;
  if (start + phrase > keys.length) return false;
  for (let i = 0; i < phrase; i++) {
    if (keys[from + i] !== keys[start + i]) return false;
  }
  return true;
}
