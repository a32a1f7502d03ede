/** A wish to write a note, from a key or a menu to the panel, which may have to open first. */
class NoteRequest {
  readonly #listeners = new Set<() => void>();
  #waiting = false;

  /** Somebody wants to write a note on the chosen cue. */
  readonly ask = (): void => {
    this.#waiting = true;
    for (const listener of [...this.#listeners]) listener();
  };

  /** Whether somebody does; asked once, it is answered. */
  readonly take = (): boolean => {
    const waiting = this.#waiting;
    this.#waiting = false;
    return waiting;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const noteRequest = new NoteRequest();
