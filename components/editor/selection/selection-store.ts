import {
  type EditorSelection,
  type SelectionAction,
  selectionAt,
  selectionReducer,
} from "./selection";

/**
 * The selection outside of React: a row asks for its own part of it, so that choosing another cue
 * renders two rows and not all.
 */
export class SelectionStore {
  readonly #listeners = new Set<() => void>();
  #state: EditorSelection;

  constructor(cueId: string | null) {
    this.#state = selectionAt(cueId);
  }

  /** The same object until something changes. */
  readonly get = (): EditorSelection => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly dispatch = (action: SelectionAction): void => {
    const next = selectionReducer(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  };
}
