/** The text of a cue that is open for writing. */
export interface OpenText {
  cueId: string;
  /** Stores what was written up to now. */
  commit: () => void;
  /** Where the text cursor stands in the cue's text. */
  caret: () => number;
}

/**
 * Which text is open, for commands: before anything is done to cues, what is being written is
 * stored, so that a split or an undo never works on yesterday's text.
 */
export class Writing {
  readonly #listeners = new Set<() => void>();
  #open: OpenText | null = null;

  get open(): OpenText | null {
    return this.#open;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A text opens; the answer closes it. */
  begin(text: OpenText): () => void {
    this.#change(text);
    return () => {
      if (this.#open === text) this.#change(null);
    };
  }

  commit(): void {
    this.#open?.commit();
  }

  #change(open: OpenText | null): void {
    this.#open = open;
    for (const listener of [...this.#listeners]) listener();
  }
}
