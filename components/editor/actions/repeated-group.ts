import { newId } from "@/lib/ids";

/** Presses of one key that follow each other within this time are one step, in ms. */
const togetherMs = 1_000;

/**
 * Names the group of an edit that is made again and again, like a nudge: presses that follow each
 * other closely and are about the same are undone together.
 */
export class RepeatedGroup {
  #about = "";
  #id = "";
  #lastMs = Number.NEGATIVE_INFINITY;

  next(about: string, nowMs: number): string {
    if (about !== this.#about || nowMs - this.#lastMs > togetherMs) this.#id = newId(nowMs);
    this.#about = about;
    this.#lastMs = nowMs;
    return this.#id;
  }
}
