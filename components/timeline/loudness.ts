import type { SoundTile } from "./sound-columns";

/** Of all stretches this share is no louder; the rest is slamming doors. */
const usualShare = 0.98;
const steps = 128;

/** How loud a recording is at its loud places, learnt from pieces of its outline. */
export class Loudness {
  /** How many stretches have their peak at each step. */
  readonly #counts = new Uint32Array(steps + 1);
  #total = 0;
  #usual: number | undefined;

  /** 0 to 1; 0: silence, or nothing is known. */
  get usual(): number {
    this.#usual ??= this.#compute();
    return this.#usual;
  }

  add({ values, step, full }: Pick<SoundTile, "values" | "step" | "full">): void {
    for (let at = 0; at < values.length; at += step) {
      const peak = Math.max(-(values[at] ?? 0), values[at + step - 1] ?? 0);
      const place = Math.min(steps, Math.max(0, Math.round((peak / full) * steps)));
      this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    }
    this.#total += values.length / step;
    this.#usual = undefined;
  }

  #compute(): number {
    let seen = 0;
    for (const [place, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= this.#total * usualShare) return place / steps;
    }
    return 0;
  }
}
