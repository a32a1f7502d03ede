import type { Word } from "@/lib/subtitles/model";

/** Start and end of every word: whole ms, starts never going back, ends not before starts. */
export interface WordTimes {
  starts: Float64Array;
  ends: Float64Array;
  /** 1 where the time is not the engine's own. */
  interpolated: Uint8Array;
}

/** No recording lasts a hundred days; a time beyond is no time. */
const latestMs = 100 * 24 * 3_600_000;

function timeOrNone(ms: number): number {
  return ms >= 0 && ms <= latestMs ? Math.round(ms) : -1;
}

/** Speaking time of a character where nothing better is known. */
const msPerCharacter = 70;

/**
 * The words whose starts can all be true together: a longest strictly increasing run of starts.
 * One wrong time then costs one word, not all before or after it.
 */
function trustedWords(starts: Float64Array): Uint8Array {
  const trusted = new Uint8Array(starts.length);
  const previous = new Int32Array(starts.length).fill(-1);
  const tails: number[] = [];
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? -1;
    if (!(start >= 0)) continue;
    let low = 0;
    let high = tails.length;
    const last = tails[high - 1];
    if (last === undefined || (starts[last] ?? 0) < start) low = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[tails[middle] ?? 0] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    previous[i] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = i;
  }
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1) trusted[i] = 1;
  return trusted;
}

/** Shares the time between two trusted words among the words between them, by their lengths. */
function shareTime(
  times: WordTimes,
  words: readonly Word[],
  from: number,
  to: number,
  firstMs: number,
  lastMs: number,
): void {
  const total = characters(words, from, to);
  let before = 0;
  for (let i = from; i < to; i++) {
    times.starts[i] = Math.round(firstMs + ((lastMs - firstMs) * before) / total);
    before += (words[i]?.text.length ?? 0) + 1;
    times.ends[i] = Math.round(firstMs + ((lastMs - firstMs) * before) / total);
    times.interpolated[i] = 1;
  }
}

function characters(words: readonly Word[], from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) count += (words[i]?.text.length ?? 0) + 1;
  return count;
}

/** Gives every word a usable time, whatever the engine said: missing, reversed, overlapping. */
export function usableTimes(words: readonly Word[]): WordTimes {
  const count = words.length;
  const times: WordTimes = {
    starts: Float64Array.from(words, ({ startMs }) => timeOrNone(startMs)),
    ends: Float64Array.from(words, ({ endMs }) => timeOrNone(endMs)),
    interpolated: Uint8Array.from(words, ({ interpolated }) => (interpolated ? 1 : 0)),
  };
  const { starts, ends } = times;
  const trusted = trustedWords(starts);

  let last = -1;
  for (let i = 0; i <= count; i++) {
    if (i < count && trusted[i] !== 1) continue;
    if (i - last > 1) {
      const length = characters(words, last + 1, i) * msPerCharacter;
      const lastEnd = last < 0 ? 0 : (ends[last] ?? 0);
      const lastStart = last < 0 ? 0 : (starts[last] ?? 0);
      const nextStart = i < count ? (starts[i] ?? 0) : Math.max(lastEnd, lastStart) + length;
      // Where the word before leaves no room, it shares its own time.
      const room = lastEnd > lastStart && lastEnd < nextStart;
      const firstMs = last < 0 ? Math.max(0, nextStart - length) : room ? lastEnd : lastStart;
      const own = room || last < 0 ? last + 1 : last;
      shareTime(times, words, own, i, firstMs, nextStart);
      if (own === last) times.interpolated[last] = words[last]?.interpolated ? 1 : 0;
    }
    last = i;
  }
  for (let i = 0; i < count; i++) {
    const start = starts[i] ?? 0;
    const next = i + 1 < count ? (starts[i + 1] ?? 0) : Number.POSITIVE_INFINITY;
    const end = ends[i] ?? 0;
    ends[i] = Math.min(Math.max(end, start), next);
  }
  return times;
}
