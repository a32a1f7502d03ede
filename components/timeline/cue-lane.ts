import type { Cue } from "@/lib/subtitles/model";

/** A cue with the times it is shown at. */
export interface Block {
  cue: Cue;
  /** From 1. */
  number: number;
  startMs: number;
  endMs: number;
}

/**
 * The cues of a track for a timeline: what is in sight is found by a search, so that twenty
 * thousand cost what a hundred do. Made once for all that is read between two changes.
 */
export class CueLane {
  /** In order of their starts. */
  readonly cues: readonly Cue[];
  readonly #starts: Float64Array;
  /** The latest end of a cue and all before it. */
  readonly #ends: Float64Array;
  readonly #blocks: (Block | undefined)[];
  readonly #find: (cueId: string) => Cue | undefined;

  /**
   * @param find a cue of the list by its id; left out: looked for one by one
   * @param before a lane of as many cues at the same times
   */
  constructor(cues: readonly Cue[], find?: (cueId: string) => Cue | undefined, before?: CueLane) {
    this.cues = cues;
    this.#find = find ?? ((cueId) => cues.find(({ id }) => id === cueId));
    this.#blocks = new Array(cues.length);
    const { starts, ends } = before?.times ?? timesOf(cues);
    this.#starts = starts;
    this.#ends = ends;
  }

  /** The same cues with other texts. */
  withTexts(cues: readonly Cue[]): CueLane {
    return new CueLane(cues, this.#find, this);
  }

  private get times(): LaneTimes {
    return { starts: this.#starts, ends: this.#ends };
  }

  /** When the last cue is over, ms. */
  get endMs(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /** The place of a cue in `cues`; -1 when it isn't there. */
  placeOf(cueId: string): number {
    const cue = this.#find(cueId);
    if (!cue) return -1;
    for (let i = firstAbove(this.#starts, cue.startMs - 0.5); i < this.cues.length; i++) {
      if (this.cues[i]?.id === cueId) return i;
      if ((this.#starts[i] ?? 0) > cue.startMs) break;
    }
    return -1;
  }

  /** The block of a place in `cues`; the same for as long as the lane is. */
  block(place: number): Block | undefined {
    const known = this.#blocks[place];
    const cue = this.cues[place];
    if (known || !cue) return known;
    const block = { cue, number: place + 1, startMs: cue.startMs, endMs: cue.endMs };
    this.#blocks[place] = block;
    return block;
  }

  cue(cueId: string): Cue | undefined {
    return this.cues[this.placeOf(cueId)];
  }

  /** Places of the first cue that may show in a stretch, and of the first after it. */
  between(fromMs: number, toMs: number): { from: number; to: number } {
    const from = firstAbove(this.#ends, fromMs);
    return { from, to: Math.max(from, firstAbove(this.#starts, toMs)) };
  }

  /** The cues that show at a time or touch it, in order of their starts. */
  at(ms: number, reachMs = 0): Cue[] {
    const { from, to } = this.between(ms - reachMs, ms + reachMs);
    return this.cues.slice(from, to).filter((cue) => cue.endMs + reachMs >= ms);
  }

  /** The stretch around a time in which no cue shows; null where one does. */
  freeAround(ms: number): { fromMs: number; toMs: number } | null {
    const next = firstAbove(this.#starts, ms);
    const fromMs = next === 0 ? 0 : (this.#ends[next - 1] ?? 0);
    if (fromMs > ms) return null;
    return { fromMs, toMs: this.#starts[next] ?? Number.POSITIVE_INFINITY };
  }
}

interface LaneTimes {
  starts: Float64Array;
  ends: Float64Array;
}

function timesOf(cues: readonly Cue[]): LaneTimes {
  const starts = new Float64Array(cues.length);
  const ends = new Float64Array(cues.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (const [i, cue] of cues.entries()) {
    latest = Math.max(latest, cue.endMs);
    starts[i] = cue.startMs;
    ends[i] = latest;
  }
  return { starts, ends };
}

/** The place of the first value above a limit; values don't fall. */
function firstAbove(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
