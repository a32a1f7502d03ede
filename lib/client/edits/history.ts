import { newId } from "@/lib/ids";
import type { EditOperation } from "@/lib/subtitles/operations";
import type { HistoryView } from "@/lib/tracks/sync-schema";
import type { EditFates, RemadeEdit } from "./edit-fates";
import type { NewEdit } from "./edit-queue";
import { type CueEffect, effectsOf, partsOf, sameCue, sameValue, withEffects } from "./effects";
import { overlaps, touchingOf } from "./pending-edits";
import { backwards, sendable } from "./step-back";
import type { TrackDocument } from "./track-document";

/** What became of an undo or a redo. */
export type HistoryResult =
  | { ok: true; operation: EditOperation; cueIds: readonly string[] }
  /**
   * `nothing`: there is no such step. `changed`: somebody else has changed the same since, see
   * `passOver`. `unreachable`: older steps are on the server, which doesn't answer.
   */
  | { ok: false; reason: "nothing" | "unreachable" | "read_only" }
  | { ok: false; reason: "changed"; cueId: string; byId: string | null };

interface StepEdit {
  /** Null: of an earlier visit. */
  clientOpId: string | null;
  operation: EditOperation;
  inverse: EditOperation;
}

interface Step {
  groupId: string;
  edits: StepEdit[];
  carry: boolean;
}

interface HistoryOptions {
  document: TrackDocument;
  /** Shows, keeps and sends an edit; answers its `clientOpId`. */
  add: (edit: NewEdit) => string;
  /** One's own steps as the server knows them. */
  load: (before?: number) => Promise<HistoryView>;
  /** Who has changed a cue last, beside the person. */
  authorOf?: (cueId: string) => string | null;
}

type Direction = "undo" | "redo";

/**
 * One's own steps on a track, of this visit and, after those, of earlier ones. Undo and redo are
 * edits like others. A step that somebody else has changed something of isn't taken back.
 */
export class EditHistory implements EditFates {
  readonly #options: HistoryOptions;
  readonly #listeners = new Set<() => void>();
  readonly #here: Record<Direction, Step[]> = { undo: [], redo: [] };
  /** Of earlier visits, newest last; undefined: not asked for yet. */
  #earlier: { undo: Step[]; redo: Step[]; before: number | null; more: boolean } | undefined;
  /** Groups of this visit, which the server tells of as well. */
  readonly #known = new Set<string>();

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get canUndo(): boolean {
    const earlier = this.#earlier;
    return this.#here.undo.length > 0 || (earlier?.undo.length ?? 0) > 0 || earlier?.more === true;
  }

  get canRedo(): boolean {
    return this.#here.redo.length > 0 || (this.#earlier?.redo.length ?? 0) > 0;
  }

  /** The group of the newest step, to which an edit may still be added. */
  get openGroup(): string | undefined {
    return this.#here.redo.length > 0 ? undefined : this.#here.undo.at(-1)?.groupId;
  }

  /** Asks the server for earlier steps, so that `canUndo` is known. Never fails. */
  readonly prepare = async (): Promise<void> => {
    if (!this.#earlier) await this.#loadEarlier().catch(() => {});
  };

  /** Notes a new edit: nothing that was taken back can be made again after it. */
  record(edit: StepEdit & { groupId: string; carry: boolean }): void {
    const { groupId, carry, clientOpId, operation, inverse } = edit;
    this.#known.add(groupId);
    this.#here.redo = [];
    if (this.#earlier) this.#earlier.redo = [];
    const newest = this.#here.undo.at(-1);
    const last = newest?.edits.at(-1);
    if (newest?.groupId !== groupId) {
      this.#here.undo.push({ groupId, carry, edits: [{ clientOpId, operation, inverse }] });
    } else if (last && last.clientOpId === clientOpId) {
      // The same edit has become another: it goes back to where it came from.
      last.operation = operation;
    } else {
      newest.edits.push({ clientOpId, operation, inverse });
    }
    this.#tell();
  }

  readonly undo = (): Promise<HistoryResult> => this.#step("undo");
  readonly redo = (): Promise<HistoryResult> => this.#step("redo");

  /** Forgets the step that can't be taken back, so that the one before it can. */
  readonly passOver = (direction: Direction = "undo"): void => {
    this.#stack(direction)?.pop();
    this.#tell();
  };

  /** Earlier steps are asked for anew, e.g. because edits of a crashed tab have arrived. */
  readonly forgetEarlier = (): void => {
    this.#earlier = undefined;
    void this.prepare();
  };

  dropped(clientOpIds: readonly string[]): void {
    const gone = new Set<string | null>(clientOpIds);
    this.#mapEdits((edit) => (gone.has(edit.clientOpId) ? [] : [edit]));
  }

  remade(clientOpId: string, edits: readonly RemadeEdit[]): void {
    this.#mapEdits((edit) =>
      edit.clientOpId !== clientOpId
        ? [edit]
        : edits.map((again) => ({
            clientOpId: again.clientOpId,
            operation: again.operation,
            inverse: again.inverse ?? inverseFor(again.operation, edit.inverse),
          })),
    );
  }

  replaced(): void {
    this.#here.undo = [];
    this.#here.redo = [];
    this.forgetEarlier();
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #mapEdits(change: (edit: StepEdit) => StepEdit[]): void {
    for (const direction of ["undo", "redo"] as const) {
      for (const step of this.#here[direction]) step.edits = step.edits.flatMap(change);
      this.#here[direction] = this.#here[direction].filter(({ edits }) => edits.length > 0);
    }
    this.#tell();
  }

  #stack(direction: Direction): Step[] | undefined {
    const here = this.#here[direction];
    return here.length > 0 ? here : this.#earlier?.[direction];
  }

  async #step(direction: Direction): Promise<HistoryResult> {
    try {
      await this.#reach(direction);
    } catch {
      return { ok: false, reason: "unreachable" };
    }
    const stack = this.#stack(direction);
    const step = stack?.at(-1);
    if (!stack || !step) return { ok: false, reason: "nothing" };
    const cueId = this.#changedSince(step);
    const operation = backwards(step.edits.map(({ inverse }) => inverse));
    const plan = this.#options.document.plan(operation);
    if (cueId !== undefined || !plan.ok) {
      const about = cueId ?? (plan.ok ? "" : plan.cueId);
      const byId = this.#options.authorOf?.(about) ?? null;
      return { ok: false, reason: "changed", cueId: about, byId };
    }
    stack.pop();
    const groupId = newId();
    this.#known.add(groupId);
    const { carry } = step;
    const edits = sendable(operation).map((part): StepEdit => {
      const planned = part === operation ? plan : this.#options.document.plan(part);
      if (!planned.ok) throw new Error(`The step fits whole, but not in parts: ${planned.cueId}`);
      const edit = { operation: part, groupId, undoes: step.groupId, carry };
      const clientOpId = this.#options.add(edit);
      return { clientOpId, operation: part, inverse: planned.inverse };
    });
    const other = direction === "undo" ? "redo" : "undo";
    this.#here[other].push({ groupId, carry, edits });
    this.#tell();
    return { ok: true, operation, cueIds: [...effectsOf(operation).keys()] };
  }

  /** Asks for earlier steps when those here are used up. */
  async #reach(direction: Direction): Promise<void> {
    if (this.#here[direction].length > 0) return;
    // What was taken back on an earlier visit can't be made again after an edit on this one.
    if (direction === "redo" && this.#here.undo.length > 0 && !this.#earlier) return;
    if (!this.#earlier) await this.#loadEarlier();
    while (direction === "undo" && this.#earlier?.more && this.#earlier.undo.length === 0) {
      await this.#loadEarlier();
    }
  }

  async #loadEarlier(): Promise<void> {
    const before = this.#earlier?.before ?? undefined;
    const { undo, redo, more } = await this.#options.load(before);
    const unknown = [undo, redo].map((steps) =>
      steps.filter(({ groupId }) => !this.#known.has(groupId)).map(stepFrom),
    );
    const [older = [], undone = []] = unknown;
    const edited = this.#here.undo.length > 0 || this.#known.size > 0;
    this.#earlier = {
      undo: [...older.reverse(), ...(this.#earlier?.undo ?? [])],
      redo: this.#earlier?.redo ?? (edited ? [] : undone.reverse()),
      before: undo.at(-1)?.edits[0]?.revision ?? null,
      more,
    };
    this.#tell();
  }

  /** A cue of the step that isn't as the step has left it. */
  #changedSince(step: Step): string | undefined {
    const { document } = this.#options;
    const effects = new Map<string, CueEffect[]>();
    for (const { operation } of step.edits) {
      if (operation.kind === "setTrackStyle" && !isLast(step, operation)) continue;
      if (operation.kind === "setTrackStyle" && !sameValue(document.style, operation.style)) {
        return "";
      }
      for (const [cueId, list] of effectsOf(operation)) {
        effects.set(cueId, [...(effects.get(cueId) ?? []), ...list]);
      }
    }
    for (const [cueId, list] of effects) {
      const cue = document.cue(cueId);
      const missing = !cue && list.at(-1)?.kind !== "drop";
      if (missing || !sameCue(cue, withEffects(cue, list))) return cueId;
    }
    return undefined;
  }
}

function isLast(step: Step, operation: EditOperation): boolean {
  return (
    step.edits.findLast((edit) => edit.operation.kind === operation.kind)?.operation === operation
  );
}

function stepFrom({ groupId, edits, carry }: HistoryView["undo"][number]): Step {
  return {
    groupId,
    carry,
    edits: edits.flatMap(({ operation, inverse }) =>
      operation.kind === "replace" || inverse.kind === "replace"
        ? []
        : [{ clientOpId: null, operation, inverse }],
    ),
  };
}

/** What takes back a part of an edit, out of what takes back the whole. */
function inverseFor(part: EditOperation, inverse: EditOperation): EditOperation {
  const touching = touchingOf(part);
  const parts = partsOf(inverse).filter((each) => overlaps(touching, touchingOf(each)));
  const [only] = parts;
  if (!only) return inverse;
  return parts.length === 1 ? only : { kind: "batch", operations: parts };
}
