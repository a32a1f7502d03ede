import type { Cue } from "@/lib/subtitles/model";

interface TimedCues {
  activeAt(ms: number): readonly Cue[];
}

const none: readonly Cue[] = [];

/**
 * Which cues are on the picture now. Asked at every frame, it tells its listeners only when the
 * answer changes, so that the page is touched twice per cue and not sixty times a second.
 */
export class ActiveCues {
  readonly #cues: TimedCues;
  readonly #listeners = new Set<() => void>();
  #active: readonly Cue[] = none;
  #ms = 0;

  constructor(cues: TimedCues) {
    this.#cues = cues;
  }

  /** The same array until it changes. */
  readonly get = (): readonly Cue[] => this.#active;

  has(cueId: string): boolean {
    return this.#active.some((cue) => cue.id === cueId);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The picture shows this time. */
  readonly setTime = (ms: number): void => {
    this.#ms = ms;
    this.refresh();
  };

  /** The cues themselves may have changed. */
  readonly refresh = (): void => {
    const next = this.#cues.activeAt(this.#ms);
    const same =
      next.length === this.#active.length && next.every((cue, i) => cue === this.#active[i]);
    if (same) return;
    this.#active = next.length === 0 ? none : next;
    for (const listener of [...this.#listeners]) listener();
  };
}
