import type { Cue } from "@/lib/subtitles/model";
import { nearestTime, sortedTimes } from "@/lib/subtitles/operations/editing/nearest";

/** What a time can be drawn to, the stronger first: of two as near, that one wins. */
export const snapKinds = ["playhead", "shot", "cue", "word", "speech"] as const;
export type SnapKind = (typeof snapKinds)[number] | "frame";

export interface SnapTarget {
  ms: number;
  kind: SnapKind;
}

export interface SnapSources {
  /** The track's; those of `moving` don't draw themselves. */
  cues: readonly Cue[];
  moving: ReadonlySet<string>;
  /** The least pause between cues in ms: an end stops so long before the next start. */
  gapMs: number;
  /** Ms, as all below. */
  shotChanges?: readonly number[] | undefined;
  /** Where somebody begins and ends to speak. */
  speech?: readonly { startMs: number; endMs: number }[] | undefined;
  /** Frames a second; where nothing else is near, times come to whole frames. */
  fps?: number | undefined;
}

export interface Snapper {
  /**
   * What a time is drawn to, if anything is within `toleranceMs`. `edge`: which end of a cue it is,
   * so that an end can stop short of a cut or a cue. The playhead may move while something is
   * dragged, and is asked for each time.
   */
  at(options: {
    ms: number;
    edge: "start" | "end";
    toleranceMs: number;
    playheadMs?: number | undefined;
  }): SnapTarget | undefined;
}

/** Made once when a drag begins; asking then takes a handful of steps. */
export function makeSnapper({ cues, moving, gapMs, ...sources }: SnapSources): Snapper {
  const others = cues.filter(({ id }) => !moving.has(id));
  const words = cues.flatMap((cue) => cue.words ?? []);
  const { shotChanges = [], speech = [], fps } = sources;
  const beforeShotMs = fps && fps > 0 ? Math.ceil(2000 / fps) : gapMs;
  const starts: Record<Exclude<SnapKind, "playhead" | "frame">, Float64Array> = {
    shot: sortedTimes(shotChanges),
    cue: sortedTimes(others.flatMap(({ startMs, endMs }) => [startMs, endMs, endMs + gapMs])),
    word: sortedTimes(words.map(({ startMs }) => startMs)),
    speech: sortedTimes(speech.map(({ startMs }) => startMs)),
  };
  const ends: typeof starts = {
    shot: sortedTimes(shotChanges.flatMap((ms) => [ms, ms - beforeShotMs])),
    cue: sortedTimes(others.flatMap(({ startMs, endMs }) => [startMs - gapMs, startMs, endMs])),
    word: sortedTimes(words.map(({ endMs }) => endMs)),
    speech: sortedTimes(speech.map(({ endMs }) => endMs)),
  };
  return {
    at: ({ ms, edge, toleranceMs, playheadMs }) => {
      const lists = edge === "start" ? starts : ends;
      let best: SnapTarget | undefined;
      for (const kind of snapKinds) {
        const found = kind === "playhead" ? playheadMs : nearestTime(lists[kind], ms);
        if (found === undefined || found < 0 || Math.abs(found - ms) > toleranceMs) continue;
        const nearer = best === undefined || Math.abs(found - ms) < Math.abs(best.ms - ms);
        if (nearer) best = { ms: Math.round(found), kind };
      }
      return best ?? frameAt(ms, toleranceMs, fps);
    },
  };
}

function frameAt(ms: number, toleranceMs: number, fps: number | undefined): SnapTarget | undefined {
  if (!(fps && fps > 0)) return undefined;
  const frame = Math.round((Math.round((ms * fps) / 1000) * 1000) / fps);
  return Math.abs(frame - ms) <= toleranceMs ? { ms: frame, kind: "frame" } : undefined;
}
