import type { Cue } from "@/lib/subtitles/model";
import { isStale } from "@/lib/subtitles/quality/translation-checks";

/** Looked through again once both tracks have rested for so long, in ms. */
const restMs = 200;

interface Followed {
  cue: (cueId: string) => Cue | undefined;
  cues: () => readonly Cue[];
  subscribeContent: (listener: () => void) => () => void;
}

const none: readonly string[] = [];

/** Which cues of a translation render a text that its source doesn't have any more. */
export class StaleCues {
  readonly #target: Followed;
  readonly #source: Followed;
  readonly #listeners = new Set<() => void>();
  #ids: readonly string[] = none;
  #set: ReadonlySet<string> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(target: Followed, source: Followed) {
    this.#target = target;
    this.#source = source;
  }

  /** In the order of the track; the same array until they change. */
  readonly ids = (): readonly string[] => this.#ids;

  has(cueId: string): boolean {
    return this.#set.has(cueId);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Follows both tracks until the answer is called. */
  begin(): () => void {
    const changed = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.#look, restMs);
    };
    this.#look();
    const stops = [this.#target, this.#source].map((each) => each.subscribeContent(changed));
    return () => {
      clearTimeout(this.#timer);
      for (const stop of stops) stop();
    };
  }

  readonly #look = (): void => {
    const textOf = (cueId: string) => this.#source.cue(cueId)?.text;
    const ids = this.#target.cues().flatMap((cue) => (isStale(cue, textOf) ? [cue.id] : []));
    const same = ids.length === this.#ids.length && ids.every((id, i) => id === this.#ids[i]);
    if (same) return;
    this.#ids = ids;
    this.#set = new Set(ids);
    for (const listener of [...this.#listeners]) listener();
  };
}

/**
 * The one after a cue, or before it, round and round. `places`: where each cue of the track stands;
 * the cue itself needn't be stale.
 */
export function stepToStale(
  ids: readonly string[],
  from: string | null,
  step: 1 | -1,
  places: ReadonlyMap<string, number>,
): string | undefined {
  const at = places.get(from ?? "");
  const placeOf = (id: string) => places.get(id) ?? -1;
  if (step === 1) return ids.find((id) => placeOf(id) > (at ?? -1)) ?? ids[0];
  return ids.findLast((id) => placeOf(id) < (at ?? Number.POSITIVE_INFINITY)) ?? ids.at(-1);
}
