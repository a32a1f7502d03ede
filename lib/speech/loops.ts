/** A loop's phrase is at most this many items long; Whisper's loops are a word to a sentence. */
const longestPhrase = 30;
/** People do say "no, no, no"; a fourth time in a text that is known to repeat itself is a loop. */
const leastRounds = 4;

/**
 * Keeps the first round of phrases that come at least four times in a row.
 * @param keyOf what makes two items the same
 */
export function withoutLoops<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): { kept: T[]; dropped: T[] } {
  const keys = items.map(keyOf);
  const kept: T[] = [];
  const dropped: T[] = [];
  for (let at = 0; at < items.length; ) {
    const loop = loopAt(keys, at);
    const keptTo = at + (loop?.phrase ?? 1);
    const end = loop ? at + loop.phrase * loop.rounds : keptTo;
    kept.push(...items.slice(at, keptTo));
    dropped.push(...items.slice(keptTo, end));
    at = end;
  }
  return { kept, dropped };
}

function loopAt(keys: readonly string[], at: number) {
  for (let phrase = 1; phrase <= longestPhrase; phrase++) {
    if (at + phrase * leastRounds > keys.length) return undefined;
    let rounds = 1;
    while (sameRound(keys, { at, phrase, round: rounds })) rounds++;
    if (rounds >= leastRounds) return { phrase, rounds };
  }
  return undefined;
}

function sameRound(
  keys: readonly string[],
  { at, phrase, round }: { at: number; phrase: number; round: number },
): boolean {
  const start = at + phrase * round;
  if (start + phrase > keys.length) return false;
  for (let i = 0; i < phrase; i++) {
    if (keys[at + i] !== keys[start + i]) return false;
  }
  return true;
}
