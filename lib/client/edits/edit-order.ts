import type { OutboxEdit } from "./outbox";

/** Numbers edits in the order in which they are to be sent. */
export class EditOrder {
  readonly #now: () => number;
  #last = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Higher than all before, those of tabs that are gone included. */
  next(): number {
    this.#last = Math.max(this.#last + 1, this.#now() * 1_000);
    return this.#last;
  }

  /** Edits of an earlier tab, to be sent after what is here and before what will be. */
  lineUp(rows: readonly OutboxEdit[]): OutboxEdit[] {
    // A clock that was set back must not turn the order of edits round.
    for (const { order } of rows) this.#last = Math.max(this.#last, order);
    return rows.map((row) => ({ ...row, order: this.next() }));
  }
}
