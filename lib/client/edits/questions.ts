import type { EditOperation } from "@/lib/subtitles/operations";
import { changesNothing, confirmedValue, type OpenConflict, valueAfter } from "./conflicts";
import { sameValue } from "./effects";
import type { TrackDocument } from "./track-document";

/** What the person is asked about, in the order in which it came up. */
export class Questions {
  #open: readonly OpenConflict[] = [];

  /** The same array until a question comes, goes or changes. */
  get all(): readonly OpenConflict[] {
    return this.#open;
  }

  /** One question for all that is about the same. */
  ask(asked: OpenConflict): void {
    const open = this.#open.find(
      ({ kind, cueId, property }) =>
        kind === asked.kind && cueId === asked.cueId && property === asked.property,
    );
    if (!open) this.#open = [...this.#open, asked];
    else for (const clientOpId of asked.clientOpIds) this.append(open, clientOpId);
  }

  /** One more edit waits for the answer. */
  append(open: OpenConflict, clientOpId: string): void {
    const clientOpIds = [...open.clientOpIds, clientOpId];
    this.#open = this.#open.map((each) => (each.id === open.id ? { ...each, clientOpIds } : each));
  }

  /** The question that an edit waits for. */
  about(clientOpId: string): OpenConflict | undefined {
    return this.#open.find(({ clientOpIds }) => clientOpIds.includes(clientOpId));
  }

  /** A question is answered. */
  take(id: string): OpenConflict | undefined {
    const taken = this.#open.find((open) => open.id === id);
    if (taken) this.#open = this.#open.filter((open) => open !== taken);
    return taken;
  }

  /**
   * Brings both values up to date; answers those that have become the same.
   * @param held the edits that wait for an answer
   */
  review(
    document: TrackDocument,
    isStale: boolean,
    held: (open: OpenConflict) => readonly EditOperation[],
  ): string[] {
    const agreed: string[] = [];
    let changed = false;
    const open = this.#open.map((each) => {
      const { kind, cueId, property, id } = each;
      if (kind !== "changed" || isStale) return each;
      const edits = held(each);
      if (changesNothing(document, edits)) agreed.push(id);
      if (property === "existence") return each;
      if (cueId !== "" && !document.confirmedCue(cueId)) {
        // Somebody has taken away what the question was about, and with it the other answer.
        changed = true;
        return { ...each, kind: "gone" as const, property: "existence" as const, theirs: null };
      }
      const yours = valueAfter(document, each, edits);
      const theirs = confirmedValue(document, cueId, property);
      if (sameValue(yours, each.yours) && sameValue(theirs, each.theirs)) return each;
      changed = true;
      return { ...each, yours, theirs };
    });
    if (changed) this.#open = open;
    return agreed;
  }
}
