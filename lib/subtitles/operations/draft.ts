import type { Cue } from "@/lib/subtitles/model";
import type { CueEdit, OperationFailure, SimpleOperation } from "@/lib/subtitles/operations/types";
import { sameStyle } from "@/lib/subtitles/style/same-style";

/** The order of a track's cues: by start, and by id where starts are the same. */
export function compareCues(a: Cue, b: Cue): number {
  return a.startMs - b.startMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Cues in a track's order; the very same list when it is in order already. */
export function inTrackOrder(cues: readonly Cue[]): readonly Cue[] {
  const inOrder = cues.every((cue, i) => {
    const before = cues[i - 1];
    return before === undefined || compareCues(before, cue) < 0;
  });
  return inOrder ? cues : [...cues].sort(compareCues);
}

type Applied = { ok: true; inverse: SimpleOperation } | OperationFailure;

/**
 * Cues under change. The list is taken apart once and put together once, so that twenty thousand
 * operations cost little more than one.
 */
export class CueDraft {
  readonly #given: readonly Cue[];
  readonly #cues: Map<string, Cue>;
  /** Cues came or moved: the order has to be made anew. */
  #moved = false;

  constructor(cues: readonly Cue[]) {
    this.#given = cues;
    this.#cues = new Map(cues.map((cue) => [cue.id, cue]));
  }

  /** One cue as it is now. */
  cue(id: string): Cue | undefined {
    return this.#cues.get(id);
  }

  /** The cues as they are now; the list that was given when nothing has changed. */
  list(): readonly Cue[] {
    const cues = [...this.#cues.values()];
    if (this.#moved) cues.sort(compareCues);
    const same =
      cues.length === this.#given.length && cues.every((cue, i) => cue === this.#given[i]);
    return same ? this.#given : cues;
  }

  /** Changes all or nothing. */
  apply(operation: SimpleOperation): Applied {
    switch (operation.kind) {
      case "insertCue":
        return this.#replace([], [operation.cue]);
      case "removeCue":
        return this.#replace([operation.cueId], []);
      case "replaceCues":
        return this.#replace(operation.remove, operation.insert);
      default:
        return this.#set(operation);
    }
  }

  #set(operation: CueEdit): Applied {
    const { cueId } = operation;
    const before = this.#cues.get(cueId);
    if (before === undefined) return { ok: false, code: "cue_not_found", cueId };
    switch (operation.kind) {
      case "setText": {
        const { text } = operation;
        if (before.text !== text) this.#cues.set(cueId, { ...before, text });
        return { ok: true, inverse: { kind: "setText", cueId, text: before.text } };
      }
      case "setTimes": {
        const { startMs, endMs } = operation;
        if (before.startMs !== startMs || before.endMs !== endMs) {
          this.#cues.set(cueId, { ...before, startMs, endMs });
          if (before.startMs !== startMs) this.#moved = true;
        }
        const inverse = { kind: "setTimes" as const, cueId };
        return { ok: true, inverse: { ...inverse, startMs: before.startMs, endMs: before.endMs } };
      }
      case "setSpeaker": {
        const { speaker } = operation;
        const { speaker: was, ...rest } = before;
        if ((was ?? null) !== speaker) {
          this.#cues.set(cueId, speaker === null ? rest : { ...rest, speaker });
        }
        return { ok: true, inverse: { kind: "setSpeaker", cueId, speaker: was ?? null } };
      }
      case "setStyle": {
        const { style } = operation;
        const { styleOverrides: was, ...rest } = before;
        if (!sameStyle(was ?? null, style)) {
          this.#cues.set(cueId, style === null ? rest : { ...rest, styleOverrides: style });
        }
        return { ok: true, inverse: { kind: "setStyle", cueId, style: was ?? null } };
      }
    }
  }

  #replace(remove: readonly string[], insert: readonly Cue[]): Applied {
    const removed: Cue[] = [];
    const going = new Set<string>();
    for (const cueId of remove) {
      const cue = this.#cues.get(cueId);
      if (cue === undefined || going.has(cueId)) return { ok: false, code: "cue_not_found", cueId };
      removed.push(cue);
      going.add(cueId);
    }
    const coming = new Set<string>();
    for (const { id } of insert) {
      const taken = coming.has(id) || (this.#cues.has(id) && !going.has(id));
      if (taken) return { ok: false, code: "cue_exists", cueId: id };
      coming.add(id);
    }
    for (const cueId of remove) this.#cues.delete(cueId);
    for (const cue of insert) this.#cues.set(cue.id, cue);
    if (insert.length > 0) this.#moved = true;
    return { ok: true, inverse: replacement([...coming], removed) };
  }
}

/** In its shortest form. */
function replacement(remove: string[], insert: Cue[]): SimpleOperation {
  const [cueId] = remove;
  const [cue] = insert;
  if (remove.length === 0 && insert.length === 1 && cue) return { kind: "insertCue", cue };
  if (insert.length === 0 && remove.length === 1 && cueId !== undefined) {
    return { kind: "removeCue", cueId };
  }
  return { kind: "replaceCues", remove, insert };
}
