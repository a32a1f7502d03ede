/** An edit of somebody's own, as far as their history needs it. */
export interface OwnEdit {
  revision: number;
  clientOpId: string;
  /** Null: made before edits had groups; a group of its own. */
  groupId: string | null;
  undoes: string | null;
}

/**
 * Of the edit with which a translation follows one of its source. No editor's id has a slash: none
 * can take one of these beforehand.
 */
export const carriedId = (clientOpId: string): string => `carry/${clientOpId}`;

/** Edits that are taken back together. */
export interface Step {
  groupId: string;
  undoes: string | null;
  /** Of its edits, in the order in which they were made. */
  revisions: number[];
}

type Side = "undo" | "redo";

/**
 * What somebody can take back and make again, oldest first. An undo takes its step off the one
 * stack and lays itself on the other, a redo the other way round; anything new ends what could
 * be made again. Others' edits count for nothing here.
 * @param edits by revision
 */
export function stepsOf(edits: Iterable<OwnEdit>): Record<Side, Step[]> {
  const stacks = new Stacks();
  for (const { revision, clientOpId, groupId, undoes } of edits) {
    const group = groupId ?? clientOpId;
    const open = stacks.find(group);
    if (open?.undoes === undoes) open.revisions.push(revision);
    else {
      const from = undoes === null ? undefined : stacks.take(undoes);
      const step = { groupId: group, undoes, revisions: [revision] };
      stacks.push(from === "undo" ? "redo" : "undo", step);
    }
    if (undoes === null) stacks.clearRedo();
  }
  return stacks.steps;
}

/** Found by group without a search: a day's work has tens of thousands of steps. */
class Stacks {
  readonly steps: Record<Side, Step[]> = { undo: [], redo: [] };
  readonly #where = new Map<string, { side: Side; step: Step }>();

  find(groupId: string): Step | undefined {
    return this.#where.get(groupId)?.step;
  }

  push(side: Side, step: Step): void {
    this.steps[side].push(step);
    this.#where.set(step.groupId, { side, step });
  }

  /** Takes a group's step off its stack, mostly from the top, and says which that was. */
  take(groupId: string): Side | undefined {
    const found = this.#where.get(groupId);
    if (!found) return undefined;
    const stack = this.steps[found.side];
    stack.splice(stack.lastIndexOf(found.step), 1);
    this.#where.delete(groupId);
    return found.side;
  }

  clearRedo(): void {
    for (const { groupId } of this.steps.redo) this.#where.delete(groupId);
    this.steps.redo = [];
  }
}
