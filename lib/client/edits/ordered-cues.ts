import type { Cue } from "@/lib/subtitles/model";
import { compareCues, inTrackOrder } from "@/lib/subtitles/operations";

/** A cue as it was and as it is; undefined: it isn't there. */
export interface CueChange {
  before: Cue | undefined;
  after: Cue | undefined;
}

/** Above this many cues that come, go or move, sorting anew is quicker than moving each. */
const mostSpliced = 64;

/** Cues in the order of a track, kept in order change by change. */
export class OrderedCues {
  #cues: Cue[];
  #ids: readonly string[];

  constructor(cues: readonly Cue[]) {
    this.#cues = [...inTrackOrder(cues)];
    this.#ids = this.#cues.map(idOf);
  }

  /** The same array until cues come, go or change places. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Changes under the reader's hands: copy what is to be kept. */
  get cues(): readonly Cue[] {
    return this.#cues;
  }

  /** Takes in changes of cues, each of which is named once; true when their order is another. */
  change(changes: readonly CueChange[]): boolean {
    const moving: CueChange[] = [];
    for (const change of changes) {
      const { before, after } = change;
      if (before && after && before.startMs === after.startMs) {
        this.#cues[this.#placeOf(before)] = after;
      } else moving.push(change);
    }
    if (moving.length === 0) return false;
    if (moving.length <= mostSpliced) for (const change of moving) this.#move(change);
    else this.#sortIn(moving);
    const ids = this.#cues.map(idOf);
    const same = ids.length === this.#ids.length && ids.every((id, i) => id === this.#ids[i]);
    if (!same) this.#ids = ids;
    return !same;
  }

  #move({ before, after }: CueChange): void {
    if (before) this.#cues.splice(this.#placeOf(before), 1);
    if (after) this.#cues.splice(this.#placeOf(after), 0, after);
  }

  #sortIn(moving: readonly CueChange[]): void {
    const going = new Set(moving.flatMap(({ before }) => before?.id ?? []));
    const coming = moving.flatMap(({ after }) => after ?? []);
    this.#cues = this.#cues.filter(({ id }) => !going.has(id)).concat(coming);
    this.#cues.sort(compareCues);
  }

  /** Where a cue is, or would be. */
  #placeOf(cue: Cue): number {
    let low = 0;
    let high = this.#cues.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.#cues[middle];
      if (there && compareCues(there, cue) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const idOf = ({ id }: Cue) => id;
