import type { Cue } from "@/lib/subtitles/model";
import { type RuleProfile, readingTimeMs } from "@/lib/subtitles/rules";

/** Used where the frame rate isn't known; 30 fps gives the shorter of the usual gaps. */
export const defaultFps = 30;

/**
 * How near a cut of the picture draws a cue's end: half a second, as Netflix's timing guide has
 * it (fps/2 frames, the same at every rate).
 */
const shotReachMs = 500;

function frameRate(fps: number): number {
  return fps >= 1 && fps <= 1000 ? fps : defaultFps;
}

/** Where the video ends; infinite when that isn't known. */
const videoEnd = (durationMs: number | undefined) =>
  durationMs !== undefined && durationMs > 0 ? durationMs : Number.POSITIVE_INFINITY;

/** The least pause between two cues in whole ms; `fps` outside 1..1000 counts as unknown. */
export function minGapMs(profile: RuleProfile, fps: number = defaultFps): number {
  return Math.ceil((profile.minGapFrames * 1000) / frameRate(fps));
}

/** How long before a cut a cue ends: 2 frames, in whole ms. */
function shotGapMs(fps: number = defaultFps): number {
  return Math.ceil(2000 / frameRate(fps));
}

/** The end of the last word, as far as the words are known. */
function speechEndMs(cue: Cue): number | undefined {
  return cue.words?.at(-1)?.endMs;
}

/** Ends that lie right before a cut, in order. */
function shotEnds(shotChanges: readonly number[] | undefined, fps: number | undefined): number[] {
  const gapMs = shotGapMs(fps);
  return (shotChanges ?? [])
    .filter((ms) => Number.isFinite(ms))
    .map((ms) => Math.round(ms) - gapMs)
    .sort((a, b) => a - b);
}

/** The value nearest to `wanted` among sorted ones between `least` and `most`. */
function nearest(
  sorted: readonly number[],
  wanted: number,
  least: number,
  most: number,
): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const fits = (ms: number | undefined) => ms !== undefined && ms >= least && ms <= most;
  const [before, after] = [sorted[low - 1], sorted[low]];
  if (!fits(before)) return fits(after) ? after : undefined;
  if (!fits(after)) return before;
  return wanted - (before ?? 0) <= (after ?? 0) - wanted ? before : after;
}

interface Surroundings {
  profile: RuleProfile;
  gapMs: number;
  /** Where the next cue starts; infinite for the last one. */
  nextStartMs: number;
  shotEndsMs: readonly number[];
  shotGap: number;
  /** Infinite when it isn't known. */
  videoEndMs: number;
}

function timedEnd(cue: Cue, around: Surroundings): number {
  const { profile, gapMs, nextStartMs, shotEndsMs, shotGap, videoEndMs } = around;
  const { startMs } = cue;
  const longest = Math.min(
    startMs + profile.maxDurationMs,
    startMs < videoEndMs ? videoEndMs : Number.POSITIVE_INFINITY,
  );
  // A cue that starts within the gap can only be touched, never pushed away.
  const before = nextStartMs - gapMs > startMs ? nextStartMs - gapMs : nextStartMs;
  const limit = Math.min(before, longest);
  const speechEnd = speechEndMs(cue);
  const linger = speechEnd === undefined ? longest : speechEnd + profile.maxLingerMs;
  const read = Math.min(startMs + readingTimeMs(cue.text, profile), linger);
  const needed = Math.max(startMs + profile.minDurationMs, read, startMs + 1);
  const endMs = Math.min(Math.max(cue.endMs, needed), limit);

  // A cut may take nothing away that is heard or has to be read; without words, who knows.
  const least = Math.max(needed, speechEnd ?? cue.endMs);
  const atCut = (wanted: number) =>
    nearest(
      shotEndsMs,
      wanted,
      Math.max(least, wanted - shotReachMs - shotGap + 1),
      Math.min(limit, wanted + shotReachMs - shotGap - 1),
    );
  const cut = atCut(endMs);
  if (cut !== undefined) return cut;
  const closes = before - endMs < profile.closeGapBelowMs && before <= longest;
  return closes ? (atCut(before) ?? before) : endMs;
}

/**
 * Gives cues ends that can be read: longer where the text needs it and the pause allows it, small
 * pauses closed to the least pause, no overlap, at most the longest duration. Starts never move.
 * Running it again changes nothing. Cues that begin at the same moment are left to overlap.
 * The order of the list stays; a cue whose end is right is the same object.
 *
 * `shotChanges` (ms): an end within half a second of a cut of the picture goes to 2 frames before
 * it, whether that lengthens or shortens the cue, and goes before closing a pause; never below
 * the end of speech, the reading time or the shortest duration, and a cue without words is never
 * shortened. Of several cuts in reach the
 * nearest counts. What Netflix's guide says of in-times isn't taken over: a cue starts with its
 * first word, also right after a cut.
 *
 * `durationMs` is the video's length; absent or 0: unknown. No cue that begins in it ends after it.
 */
export function applyTiming({
  cues,
  profile,
  fps,
  shotChanges,
  durationMs,
}: {
  cues: readonly Cue[];
  profile: RuleProfile;
  fps?: number | undefined;
  shotChanges?: readonly number[] | undefined;
  durationMs?: number | undefined;
}): Cue[] {
  const around = {
    profile,
    gapMs: minGapMs(profile, fps),
    shotEndsMs: shotEnds(shotChanges, fps),
    shotGap: shotGapMs(fps),
    videoEndMs: videoEnd(durationMs),
  };
  const order = Array.from(cues.keys()).sort(
    (a, b) => (cues[a]?.startMs ?? 0) - (cues[b]?.startMs ?? 0),
  );
  const timed = cues.slice();
  let nextStartMs = Number.POSITIVE_INFINITY;
  let laterStartMs = Number.POSITIVE_INFINITY;
  for (let i = order.length - 1; i >= 0; i--) {
    const index = order[i] ?? 0;
    const cue = cues[index];
    if (cue === undefined) continue;
    if (cue.startMs < nextStartMs) {
      laterStartMs = nextStartMs;
      nextStartMs = cue.startMs;
    }
    const endMs = timedEnd(cue, { ...around, nextStartMs: laterStartMs });
    if (endMs !== cue.endMs) timed[index] = { ...cue, endMs };
  }
  return timed;
}

/**
 * Cues as `applyTiming` gives them, the last one begun sooner where the video's end leaves less
 * than the shortest duration to see it by: as far as nothing else is there, with a pause that
 * needn't be closed. Running it again, or `applyTiming`, changes nothing.
 * @param durationMs the video's length; absent or 0: unknown, and nothing changes
 */
export function beginLastSooner({
  cues,
  profile,
  fps,
  durationMs,
}: {
  cues: readonly Cue[];
  profile: RuleProfile;
  fps?: number | undefined;
  durationMs?: number | undefined;
}): Cue[] {
  const videoEndMs = videoEnd(durationMs);
  const [last] = cues.toSorted((a, b) => b.startMs - a.startMs);
  if (!last || last.endMs !== videoEndMs) return [...cues];
  const freeFromMs = cues
    .filter((cue) => cue !== last)
    .map(({ endMs }) => endMs + minGapMs(profile, fps) + profile.closeGapBelowMs)
    .reduce((most, ms) => Math.max(most, ms), 0);
  const startMs = Math.min(last.startMs, Math.max(freeFromMs, videoEndMs - profile.minDurationMs));
  return cues.map((cue) => (cue === last && startMs < cue.startMs ? { ...cue, startMs } : cue));
}
