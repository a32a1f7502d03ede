/** A wish to translate cues again, from a key, a menu or a button to the dialog. */
class RetranslateRequest {
  readonly #listeners = new Set<() => void>();
  #cueIds: readonly string[] | null = null;

  readonly get = (): readonly string[] | null => this.#cueIds;

  readonly ask = (cueIds: readonly string[] | null): void => {
    this.#cueIds = cueIds;
    for (const listener of [...this.#listeners]) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const retranslateRequest = new RetranslateRequest();
