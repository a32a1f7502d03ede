import type { Cue } from "@/lib/subtitles/model";
import { type RuleProfile, readingTimeMs } from "@/lib/subtitles/rules";

/** Used where the frame rate isn't known; 30 fps gives the shorter of the usual gaps. */
export const defaultFps = 30;

/** The least pause between two cues in whole ms; `fps` outside 1..1000 counts as unknown. */
export function minGapMs(profile: RuleProfile, fps: number = defaultFps): number {
  const rate = fps >= 1 && fps <= 1000 ? fps : defaultFps;
  return Math.ceil((profile.minGapFrames * 1000) / rate);
}

/** The end of the last word, as far as the words are known. */
function speechEndMs(cue: Cue): number | undefined {
  return cue.words?.at(-1)?.endMs;
}

function timedEnd(cue: Cue, nextStartMs: number, gapMs: number, profile: RuleProfile): number {
  const { startMs } = cue;
  const longest = startMs + profile.maxDurationMs;
  // A cue that starts within the gap can only be touched, never pushed away.
  const before = nextStartMs - gapMs > startMs ? nextStartMs - gapMs : nextStartMs;
  const limit = Math.min(before, longest);
  const speechEnd = speechEndMs(cue);
  const linger = speechEnd === undefined ? longest : speechEnd + profile.maxLingerMs;
  const read = Math.min(startMs + readingTimeMs(cue.text, profile), linger);
  const wanted = Math.max(cue.endMs, startMs + profile.minDurationMs, read, startMs + 1);
  const endMs = Math.min(wanted, limit);
  return before - endMs < profile.closeGapBelowMs && before <= longest ? before : endMs;
}

/**
 * Gives cues ends that can be read: longer where the text needs it and the pause allows it, small
 * pauses closed to the least pause, no overlap, at most the longest duration. Starts never move.
 * Running it again changes nothing. Cues that begin at the same moment are left to overlap.
 * The order of the list stays; a cue whose end is right is the same object.
 */
export function applyTiming({
  cues,
  profile,
  fps,
}: {
  cues: readonly Cue[];
  profile: RuleProfile;
  fps?: number | undefined;
}): Cue[] {
  const gapMs = minGapMs(profile, fps);
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
    const endMs = timedEnd(cue, laterStartMs, gapMs, profile);
    if (endMs !== cue.endMs) timed[index] = { ...cue, endMs };
  }
  return timed;
}
