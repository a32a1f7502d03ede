import type { EditOperation, SimpleOperation } from "@/lib/subtitles/operations";
import { maxBatch } from "@/lib/subtitles/operations/limits";
import { partsOf } from "./effects";

/**
 * Most of one edit in UTF-16 units of JSON. A unit has three bytes of UTF-8 at most, so that it
 * fits into a request of 32 MiB with room to spare.
 */
const mostUnits = 8_000_000;

/**
 * What takes a step back.
 * @param forth what takes each of its edits back, in the order in which they were made
 */
export function backwards(forth: readonly EditOperation[]): EditOperation {
  const inverses = forth.toReversed();
  const [only] = inverses;
  if (only && inverses.length === 1) return only;
  const style = inverses.findLast(({ kind }) => kind === "setTrackStyle");
  if (style) return style;
  const operations = shortened(inverses.flatMap(partsOf));
  const [single] = operations;
  return single && operations.length === 1 ? single : { kind: "batch", operations };
}

/**
 * Of sets of the same the last, as far as no cue comes or goes in between: a step of many edits of
 * a long track would be more than one batch may have.
 */
function shortened(parts: readonly SimpleOperation[]): SimpleOperation[] {
  const set = new Set<string>();
  const kept: SimpleOperation[] = [];
  for (const part of parts.toReversed()) {
    const sets = "cueId" in part && part.kind !== "removeCue";
    if (!sets) set.clear();
    const what = sets ? `${part.kind} ${part.cueId}` : "";
    if (sets && set.has(what)) continue;
    if (sets) set.add(what);
    kept.push(part);
  }
  return kept.reverse();
}

/**
 * The same in edits that can be sent: a step may be more than one edit may hold, as it is made of
 * several.
 */
export function sendable(operation: EditOperation): EditOperation[] {
  if (operation.kind !== "batch") return [operation];
  const edits: SimpleOperation[][] = [];
  let units = 0;
  for (const part of operation.operations) {
    const length = JSON.stringify(part).length + 1;
    const last = edits.at(-1);
    if (last && last.length < maxBatch && units + length <= mostUnits) {
      last.push(part);
      units += length;
    } else {
      edits.push([part]);
      units = length;
    }
  }
  if (edits.length === 1) return [operation];
  return edits.map((operations) => {
    const [only] = operations;
    return only && operations.length === 1 ? only : { kind: "batch", operations };
  });
}
