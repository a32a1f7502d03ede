import type { SentEdit } from "@/lib/tracks/sync-schema";
import { partsOf } from "./effects";
import { knows, type PendingEdit } from "./pending-edits";

const mostEdits = 200;
const mostParts = 20_000;

/**
 * The next edits that were made with the same in sight, so that one base is true of them all, each
 * with those before it.
 */
export function nextBatch(unsent: readonly PendingEdit[], onlyOne: boolean): PendingEdit[] {
  const [first] = unsent;
  const batch: PendingEdit[] = [];
  let parts = 0;
  for (const edit of unsent.slice(0, onlyOne ? 1 : mostEdits)) {
    parts += partsOf(edit.operation).length;
    const fits = edit.base === first?.base && batch.every(({ chain }) => knows(edit, chain));
    if (!fits || (batch.length > 0 && parts > mostParts)) break;
    batch.push(edit);
  }
  return batch;
}

/** An edit as it is sent. */
export function sentEdit(edit: PendingEdit): SentEdit {
  const { clientOpId, groupId, undoes, carry, operation } = edit;
  return {
    ...{ clientOpId, groupId, operation },
    ...(undoes !== undefined && { undoes }),
    ...(carry && { carry }),
  };
}
