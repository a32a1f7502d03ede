import { spokenWords } from "@/lib/subtitles/cue-parts";
import type { Cue } from "@/lib/subtitles/model";
import {
  type Edited,
  leastTimes,
  type Making,
  refused,
  retimed,
} from "@/lib/subtitles/operations/editing/edited";
import { nearestTime, sortedTimes } from "@/lib/subtitles/operations/editing/nearest";
import { applyTiming, minGapMs } from "@/lib/subtitles/timing";

/** A stretch of time in ms. */
export interface Span {
  startMs: number;
  endMs: number;
}

/** Speech that begins or ends this far away is still a cue's own. */
const speechReachMs = 1_000;

/** A cut of the picture draws what is within half a second of it (Netflix's timing guide). */
const shotReachMs = 500;

interface SnapOptions extends Pick<Making, "profile" | "fps"> {
  /** The track's, in its order. */
  cues: readonly Cue[];
  ids: ReadonlySet<string>;
}

/**
 * Cues that begin when their text begins to be said, by their words where those say it, else by
 * where somebody speaks (`speech`); they end when it has been said and read, as far as
 * the next cue and the end of the video (`durationMs`) let them.
 */
export function snapToSpeech({
  cues,
  ids,
  speech,
  ...making
}: SnapOptions & { speech: readonly Span[]; durationMs?: number | undefined }): Edited {
  const starts = sortedTimes(speech.map(({ startMs }) => startMs));
  const ends = sortedTimes(speech.map(({ endMs }) => endMs));
  const times: [Cue, number, number][] = [];
  let chosen = 0;
  for (const [i, cue] of cues.entries()) {
    if (!ids.has(cue.id)) continue;
    chosen += 1;
    const heard = heardSpan(cue, starts, ends);
    if (!heard) continue;
    const { words: _, ...wordless } = cue;
    const said = { ...(spokenWords(cue) ? cue : wordless), ...heard };
    const next = nextAfter(cues, i, heard.startMs);
    const [timed] = applyTiming({ cues: next ? [said, next] : [said], ...making });
    times.push([cue, heard.startMs, Math.max(timed?.endMs ?? 0, heard.startMs + 1)]);
  }
  if (chosen === 0) return refused("cue_not_found");
  return times.length === 0 ? refused("nothing_near") : retimed(times);
}

/** The first cue after the one at `index` that starts later than `ms`. */
function nextAfter(cues: readonly Cue[], index: number, ms: number): Cue | undefined {
  for (let i = index + 1; i < cues.length; i++) {
    const cue = cues[i];
    if (cue && cue.startMs > ms) return cue;
  }
  return undefined;
}

/** When a cue's text is said. */
function heardSpan(cue: Cue, starts: Float64Array, ends: Float64Array): Span | undefined {
  const words = spokenWords(cue);
  const [first, last] = [words?.[0], words?.at(-1)];
  if (first && last && last.endMs > first.startMs) {
    return { startMs: first.startMs, endMs: last.endMs };
  }
  const startMs = nearestTime(starts, cue.startMs, speechReachMs);
  const endMs = nearestTime(ends, cue.endMs, speechReachMs);
  const span = { startMs: startMs ?? cue.startMs, endMs: endMs ?? cue.endMs };
  const found = startMs !== undefined || endMs !== undefined;
  return found && span.endMs > span.startMs ? span : undefined;
}

/**
 * Cues whose starts lie on the nearest cut of the picture, and whose ends two frames before one,
 * where there is one within half a second. `shotChanges` in ms.
 */
export function snapToShots({
  cues,
  ids,
  shotChanges,
  ...making
}: SnapOptions & { shotChanges: readonly number[] }): Edited {
  const { cueMs } = leastTimes(making);
  const beforeCutMs = minGapMs({ ...making.profile, minGapFrames: 2 }, making.fps);
  const shots = sortedTimes(shotChanges.map(Math.round));
  const ends = shots.map((ms) => ms - beforeCutMs);
  const chosen = cues.filter(({ id }) => ids.has(id));
  if (chosen.length === 0) return refused("cue_not_found");
  const times = chosen.flatMap((cue): [Cue, number, number][] => {
    const startMs = nearestTime(shots, cue.startMs, shotReachMs) ?? cue.startMs;
    const endMs = nearestTime(ends, cue.endMs, shotReachMs) ?? cue.endMs;
    const kept = endMs - startMs >= Math.min(cueMs, cue.endMs - cue.startMs);
    const moved = startMs !== cue.startMs || endMs !== cue.endMs;
    return kept && moved ? [[cue, startMs, endMs]] : [];
  });
  return times.length === 0 ? refused("nothing_near") : retimed(times);
}
