import { type SubtitleOperation, type Touched, touches } from "@/lib/subtitles/operations";
import type { OutboxEdit } from "./outbox";

/** An edit of this tab until the document has it from the server. */
export interface PendingEdit extends OutboxEdit {
  /**
   * `stored`: the server has it, and the document not yet. `held`: it waits for a person's answer.
   */
  state: "unsent" | "sending" | "stored" | "held";
  /** Of a stored one. */
  revision: number | null;
  /** It may be at the server: it stays as it is. */
  sent: boolean;
  /** Over when it is safe on this machine, or can't be made so. */
  kept: Promise<void>;
  /** It is still in the outbox. */
  inOutbox: boolean;
  /** When it was made, and from when on it is sent, see `Date.now`. */
  madeMs: number;
  dueMs: number;
}

/** A kept edit that is to be sent. */
export function pendingFrom(
  row: OutboxEdit,
  rest: Pick<PendingEdit, "sent" | "madeMs" | "dueMs">,
): PendingEdit {
  const kept = Promise.resolve();
  return { ...row, ...rest, state: "unsent", revision: null, kept, inOutbox: true };
}

/** Whether an edit was made with those of a tab in sight that were made before it. */
export function knows({ chain, sees }: Pick<OutboxEdit, "chain" | "sees">, other: string): boolean {
  return chain === other || sees.includes(other);
}

/** What an operation changes, for quick comparison. */
type Touching = ReadonlyMap<string, ReadonlySet<Touched["property"]>>;

export function touchingOf(operation: SubtitleOperation): Touching {
  const touching = new Map<string, Set<Touched["property"]>>();
  for (const { cueId, property } of touches(operation)) {
    const properties = touching.get(cueId);
    if (properties) properties.add(property);
    else touching.set(cueId, new Set([property]));
  }
  return touching;
}

/** Whether two operations change the same of a cue, or one of them the cue's being there. */
export function overlaps(a: Touching, b: Touching): boolean {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  for (const [cueId, properties] of few) {
    const others = many.get(cueId);
    if (!others) continue;
    if (properties.has("existence") || others.has("existence")) return true;
    for (const property of properties) if (others.has(property)) return true;
  }
  return false;
}

/** The edits of a track that aren't in the document's server side yet, in the order of sending. */
export class PendingEdits {
  #edits: PendingEdit[] = [];
  readonly #byId = new Map<string, PendingEdit>();
  readonly #byCue = new Map<string, Set<PendingEdit>>();
  readonly #touching = new Map<PendingEdit, Touching>();
  /** Also of those that are through, as the log may tell of them again. */
  readonly #known = new Map<string, Pick<OutboxEdit, "chain" | "sees" | "order">>();

  get all(): readonly PendingEdit[] {
    return this.#edits;
  }

  get(clientOpId: string): PendingEdit | undefined {
    return this.#byId.get(clientOpId);
  }

  /** The tab in which an edit of this list was made. */
  chainOf(clientOpId: string): string | undefined {
    return this.#known.get(clientOpId)?.chain;
  }

  /** Other tabs whose edits are in this list. */
  chainsBeside(chain: string): string[] {
    return [...new Set(this.#edits.map((edit) => edit.chain))].filter((each) => each !== chain);
  }

  /** Whether of an edit and one of the log the later one was made with the other in sight. */
  areKin(edit: PendingEdit, clientOpId: string): boolean {
    const other = this.#known.get(clientOpId);
    if (!other) return false;
    return other.order < edit.order ? knows(edit, other.chain) : knows(other, edit.chain);
  }

  in(state: PendingEdit["state"]): PendingEdit[] {
    return this.#edits.filter((edit) => edit.state === state);
  }

  /** Keeps the order. */
  add(edit: PendingEdit): void {
    let place = this.#edits.length;
    while (place > 0 && (this.#edits[place - 1]?.order ?? 0) > edit.order) place -= 1;
    this.#edits.splice(place, 0, edit);
    this.#byId.set(edit.clientOpId, edit);
    const { clientOpId, chain, sees, order } = edit;
    this.#known.set(clientOpId, { chain, sees, order });
    this.#note(edit);
  }

  /** The same edit does something else to the same cues now. */
  change(edit: PendingEdit, change: Pick<PendingEdit, "operation">): void {
    Object.assign(edit, change);
    this.#note(edit);
  }

  remove(edits: readonly PendingEdit[]): void {
    if (edits.length === 0) return;
    const going = new Set(edits);
    this.#edits = this.#edits.filter((edit) => !going.has(edit));
    for (const edit of edits) {
      this.#byId.delete(edit.clientOpId);
      for (const cueId of this.touchingOf(edit).keys()) {
        const others = this.#byCue.get(cueId);
        others?.delete(edit);
        if (others?.size === 0) this.#byCue.delete(cueId);
      }
      this.#touching.delete(edit);
    }
  }

  /** What an edit of this list changes. */
  touchingOf(edit: PendingEdit): Touching {
    return this.#touching.get(edit) ?? touchingOf(edit.operation);
  }

  /** The edits that have a cue in common with an operation. */
  near(touching: Touching): Set<PendingEdit> {
    const found = new Set<PendingEdit>();
    for (const cueId of touching.keys()) {
      for (const edit of this.#byCue.get(cueId) ?? []) found.add(edit);
    }
    return found;
  }

  /** The edits that change the same as an operation, in order. */
  overlapping(touching: Touching): PendingEdit[] {
    return [...this.near(touching)]
      .filter((edit) => overlaps(touching, this.touchingOf(edit)))
      .sort((a, b) => a.order - b.order);
  }

  /** The revision that all of a tab's edits have seen, those with a base of their own excepted. */
  checkedTo(chain: string): number | null {
    const following = this.#edits.filter(
      (edit) => edit.chain === chain && !edit.fixed && edit.inOutbox,
    );
    return following.length === 0 ? null : Math.min(...following.map(({ base }) => base));
  }

  #note(edit: PendingEdit): void {
    const touching = touchingOf(edit.operation);
    this.#touching.set(edit, touching);
    for (const cueId of touching.keys()) {
      const others = this.#byCue.get(cueId);
      if (others) others.add(edit);
      else this.#byCue.set(cueId, new Set([edit]));
    }
  }
}
