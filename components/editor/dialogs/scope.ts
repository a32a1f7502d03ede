import { chosenIds, type EditorSelection } from "../selection/selection";

/** Which cues a change of times is about. */
export type ShiftScope = "chosen" | "from" | "all";

type Chosen = Pick<EditorSelection, "cueId" | "range">;

/** What can be chosen, the likeliest first. */
export function scopesOf({ cueId, range }: Chosen): ShiftScope[] {
  if (cueId === null) return ["all"];
  return range.size > 0 ? ["chosen", "from", "all"] : ["from", "chosen", "all"];
}

/** Their ids, in the order of the track. */
export function scopeIds(scope: ShiftScope, chosen: Chosen, ids: readonly string[]): string[] {
  if (scope === "all") return [...ids];
  const some = chosenIds(chosen, ids);
  if (scope === "chosen") return some;
  const from = some[0] === undefined ? -1 : ids.indexOf(some[0]);
  return from < 0 ? [] : ids.slice(from);
}
