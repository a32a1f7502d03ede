/** A process that lived this long had started well: its next crash counts as the first. */
const settledMs = 60_000;
const maxDelayMs = 30_000;
/** With waits of 1, 2, 4 and 8 s between them: about a quarter of a minute of trying. */
const maxQuickCrashes = 5;

/**
 * What to do after a crash.
 * @param {{ quickCrashes: number, livedMs: number }} history crashes in a row before this one
 * @returns {{ giveUp: boolean, quickCrashes: number, delayMs: number }}
 */
export function afterCrash({ quickCrashes, livedMs }) {
  const count = livedMs >= settledMs ? 1 : quickCrashes + 1;
  return {
    giveUp: count >= maxQuickCrashes,
    quickCrashes: count,
    delayMs: Math.min(maxDelayMs, 1000 * 2 ** (count - 1)),
  };
}
