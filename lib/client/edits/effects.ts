import type { Cue } from "@/lib/subtitles/model";
import {
  applyOperation,
  type CueEdit,
  type EditOperation,
  type SimpleOperation,
} from "@/lib/subtitles/operations";

/** What an operation does to one cue. No cue needs another, so each can be worked out by itself. */
export type CueEffect = CueEdit | { kind: "put"; cue: Cue } | { kind: "drop" };

/** What an operation does, by cue, each in the order of doing. Without `setTrackStyle`. */
export type Effects = ReadonlyMap<string, readonly CueEffect[]>;

/** Takes an operation apart. */
export function effectsOf(operation: EditOperation): Effects {
  const effects = new Map<string, CueEffect[]>();
  const add = (cueId: string, effect: CueEffect) => {
    const known = effects.get(cueId);
    if (known) known.push(effect);
    else effects.set(cueId, [effect]);
  };
  for (const part of partsOf(operation)) {
    switch (part.kind) {
      case "insertCue":
        add(part.cue.id, { kind: "put", cue: part.cue });
        break;
      case "removeCue":
        add(part.cueId, { kind: "drop" });
        break;
      case "replaceCues": {
        const coming = new Set(part.insert.map(({ id }) => id));
        for (const id of part.remove) if (!coming.has(id)) add(id, { kind: "drop" });
        for (const cue of part.insert) add(cue.id, { kind: "put", cue });
        break;
      }
      default:
        add(part.cueId, part);
    }
  }
  return effects;
}

/** The single operations of an operation on cues. */
export function partsOf(operation: EditOperation): readonly SimpleOperation[] {
  if (operation.kind === "setTrackStyle") return [];
  return operation.kind === "batch" ? operation.operations : [operation];
}

/** A cue after what is done to it; undefined: it isn't there. */
export function withEffects(
  cue: Cue | undefined,
  effects: readonly CueEffect[] | undefined = [],
): Cue | undefined {
  let now = cue;
  for (const effect of effects) {
    if (effect.kind === "put") now = effect.cue;
    else if (effect.kind === "drop") now = undefined;
    else if (now) now = edited(now, effect);
  }
  return now;
}

function edited(cue: Cue, edit: CueEdit): Cue {
  if (edit.kind === "setText") return cue.text === edit.text ? cue : { ...cue, text: edit.text };
  const applied = applyOperation([cue], edit);
  return (applied.ok ? applied.cues[0] : undefined) ?? cue;
}

/** Whether two readings of a cue say the same, whichever object they come in. */
export function sameCue(a: Cue | undefined, b: Cue | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Cue>;
  for (const key of keys) if (!sameValue(a[key], b[key])) return false;
  return true;
}

/** Equality of plain data by what it says. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys) if (!sameValue(left[key], right[key])) return false;
  return true;
}
