import { type FollowEvent, type FollowMode, nextFollow } from "./follow";

/**
 * Whether the editor goes with the picture, outside of React: list and timeline hear of it alike.
 */
export class FollowStore {
  readonly #listeners = new Set<() => void>();
  #mode: FollowMode = "on";

  readonly get = (): FollowMode => this.#mode;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly on = (event: FollowEvent): void => {
    const next = nextFollow(this.#mode, event);
    if (next === this.#mode) return;
    this.#mode = next;
    for (const listener of [...this.#listeners]) listener();
  };
}
