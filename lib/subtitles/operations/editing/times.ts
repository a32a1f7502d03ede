import type { Cue } from "@/lib/subtitles/model";
import {
  type Edited,
  leastTimes,
  type Making,
  refused,
  retimed,
} from "@/lib/subtitles/operations/editing/edited";

/**
 * What becomes of the cues beside one whose times change: `leave` lets them lie over each other,
 * `clamp` stops at them, `push` shortens them as far as they can be.
 */
export type Neighbours = "leave" | "clamp" | "push";

export interface TimeOptions extends Pick<Making, "profile" | "fps"> {
  /** The track's, in its order. */
  cues: readonly Cue[];
  cueId: string;
  ms: number;
  neighbours?: Neighbours;
}

/** A cue's start. One that is set after the end takes the end along: the cue keeps its length. */
export function setStart({ ms, ...options }: TimeOptions): Edited {
  const cue = options.cues.find(({ id }) => id === options.cueId);
  if (!cue) return refused("cue_not_found");
  const { cueMs } = leastTimes(options);
  const startMs = Math.max(0, Math.round(ms));
  const moved = startMs > cue.endMs - Math.min(cueMs, cue.endMs - cue.startMs);
  return setTimes({
    ...options,
    startMs,
    endMs: moved ? startMs + (cue.endMs - cue.startMs) : cue.endMs,
  });
}

/** A cue's end, after its start. */
export function setEnd({ ms, ...options }: TimeOptions): Edited {
  const cue = options.cues.find(({ id }) => id === options.cueId);
  if (!cue) return refused("cue_not_found");
  return setTimes({ ...options, startMs: cue.startMs, endMs: Math.round(ms) });
}

/** Both times of a cue, with what that does to those beside it. */
export function setTimes({
  cues,
  cueId,
  startMs,
  endMs,
  neighbours = "leave",
  ...making
}: Omit<TimeOptions, "ms"> & { startMs: number; endMs: number }): Edited {
  const cue = cues.find(({ id }) => id === cueId);
  if (!cue) return refused("cue_not_found");
  if (neighbours === "leave") return retimed([[cue, startMs, endMs]]);
  const { gapMs, cueMs } = leastTimes(making);
  const give = neighbours === "push" ? cueMs : Number.POSITIVE_INFINITY;
  const before = cues.filter((other) => other !== cue && other.endMs <= cue.startMs);
  const after = cues.filter((other) => other !== cue && other.startMs >= cue.endMs);
  // One that stands nearer than the least pause already may stay there, but comes no nearer.
  let [earliest, latest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const other of before) {
    earliest = Math.max(earliest, Math.min(other.endMs, other.startMs + give) + gapMs);
  }
  for (const other of after) {
    latest = Math.min(latest, Math.max(other.startMs, other.endMs - give) - gapMs);
  }
  const start = Math.max(startMs, Math.min(cue.startMs, earliest));
  const end = Math.min(endMs, Math.max(cue.endMs, latest));
  const times: [Cue, number, number][] = [[cue, start, end]];
  for (const other of start < cue.startMs ? before : []) {
    if (other.endMs > start - gapMs) times.push([other, other.startMs, start - gapMs]);
  }
  for (const other of end > cue.endMs ? after : []) {
    if (other.startMs < end + gapMs) times.push([other, end + gapMs, other.endMs]);
  }
  return retimed(times);
}

/** A cue's start, with the cue and all after it moved by as much: the rest of the track follows. */
export function setStartShiftRest(cues: readonly Cue[], cueId: string, ms: number): Edited {
  const at = cues.findIndex(({ id }) => id === cueId);
  const cue = cues[at];
  if (!cue) return refused("cue_not_found");
  return shifted(cues.slice(at), Math.round(ms) - cue.startMs);
}

/** Bounds that moved cues stay in, in ms. */
export interface Bounds {
  /** Length of the video. Absent: no bound. */
  durationMs?: number | undefined;
}

/**
 * How far cues can be moved together before the first of them reaches the beginning of the video,
 * or the last its end, in ms; 0 also when they lie beyond it already. Infinity: nothing bounds it.
 */
export function roomToMove(
  cues: readonly Cue[],
  ids: ReadonlySet<string>,
  direction: "earlier" | "later",
  { durationMs = Number.POSITIVE_INFINITY }: Bounds = {},
): number {
  const moving = cues.filter(({ id }) => ids.has(id));
  if (direction === "earlier") {
    return moving.reduce((least, { startMs }) => Math.min(least, startMs), Infinity);
  }
  const lastMs = moving.reduce((most, { endMs }) => Math.max(most, endMs), 0);
  return Math.max(0, durationMs - lastMs);
}

/**
 * Cues moved together. All of them stay in the bounds, so that none comes nearer to another: they
 * move as far as they can.
 */
export function moveCues(
  cues: readonly Cue[],
  ids: ReadonlySet<string>,
  deltaMs: number,
  bounds: Bounds = {},
): Edited {
  const moving = cues.filter(({ id }) => ids.has(id));
  if (moving.length === 0) return refused("cue_not_found");
  const delta = Math.round(deltaMs);
  const room = roomToMove(moving, ids, delta < 0 ? "earlier" : "later", bounds);
  return shifted(moving, delta < 0 ? Math.max(delta, -room) : Math.min(delta, room));
}

/** All cues that start at a time or later, moved together; see `moveCues`. */
export function shiftFrom(
  cues: readonly Cue[],
  fromMs: number,
  deltaMs: number,
  bounds: Bounds = {},
): Edited {
  const later = cues.filter(({ startMs }) => startMs >= fromMs).map(({ id }) => id);
  return moveCues(cues, new Set(later), deltaMs, bounds);
}

function shifted(cues: readonly Cue[], deltaMs: number): Edited {
  return retimed(
    cues.map((cue) => {
      const startMs = cue.startMs + deltaMs;
      return [cue, startMs, Math.max(cue.endMs + deltaMs, startMs + 1)];
    }),
  );
}

/** A point of time and where it belongs. */
export interface Anchor {
  fromMs: number;
  toMs: number;
}

/** Speeds out of these bounds are no mistake of frame rates, but of the person. */
const slowest = 0.1;
const fastest = 10;

/**
 * Cues stretched so that what is at one anchor's `fromMs` comes to its `toMs`, and likewise at the
 * other; between and outside them evenly.
 */
export function stretchCues(
  cues: readonly Cue[],
  ids: ReadonlySet<string> | "all",
  [one, two]: readonly [Anchor, Anchor],
): Edited {
  const factor = (two.toMs - one.toMs) / (two.fromMs - one.fromMs);
  if (!(factor >= slowest && factor <= fastest)) return refused("bad_times");
  const at = (ms: number) => Math.round(one.toMs + (ms - one.fromMs) * factor);
  const stretched = ids === "all" ? cues : cues.filter(({ id }) => ids.has(id));
  if (stretched.length === 0) return refused("cue_not_found");
  return retimed(
    stretched.map((cue) => {
      const startMs = at(cue.startMs);
      return [cue, startMs, Math.max(at(cue.endMs), startMs + 1)];
    }),
  );
}

/**
 * Anchors that bring times made for one frame rate to another: what was timed on a film shown at
 * 25 frames a second comes later on the same film at 23.976.
 */
export function frameRateAnchors(fromFps: number, toFps: number): [Anchor, Anchor] {
  const hourMs = 3_600_000;
  return [
    { fromMs: 0, toMs: 0 },
    { fromMs: hourMs, toMs: (hourMs * fromFps) / toFps },
  ];
}
