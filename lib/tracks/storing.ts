import "server-only";
import type { EditOperation } from "@/lib/subtitles/operations";
import { afterCommit, type Tx } from "@/lib/transaction";
import { isHeavy } from "./limits";
import { insertOperations } from "./log-repo";
import { notifyEdits, notifyTrack } from "./notify";
import { keepRecent } from "./recent-tracks";
import { advanceTrack, insertSnapshot } from "./repo";
import type { LoggedEdit } from "./sync-schema";
import type { TrackDraft } from "./track-draft";

/** A snapshot is kept at each such number of edits, so that reading a track stays quick. */
const snapshotEvery = 200;

/** An edit that holds, with what takes it back. */
export interface StoredEdit {
  clientOpId: string;
  groupId: string | null;
  undoes: string | null;
  operation: EditOperation;
  inverse: EditOperation;
}

/**
 * Appends edits to a locked track's log, one revision each, and tells those who follow it.
 * `revision`: the track's before them; `draft`: the track with them.
 */
export async function storeEdits(
  tx: Tx,
  options: {
    trackId: string;
    actorId: string;
    revision: number;
    baseRevision: number;
    edits: readonly StoredEdit[];
    draft: TrackDraft;
  },
): Promise<{ revision: number; log: LoggedEdit[] }> {
  const { trackId, actorId, baseRevision, edits, draft } = options;
  if (edits.length === 0) return { revision: options.revision, log: [] };
  const revision = options.revision + edits.length;
  const rows = edits.map((edit, at) => ({ ...edit, actorId, revision: options.revision + 1 + at }));
  await insertOperations(
    tx,
    trackId,
    rows.map((row) => ({ ...row, baseRevision })),
  );
  const restyled = edits.some(({ operation }) => operation.kind === "setTrackStyle");
  const { approvalEnded } = await advanceTrack(tx, trackId, {
    ...{ revision, actorId },
    ...(restyled && { style: draft.style }),
  });
  const content = draft.content();
  const isDue = Math.floor(revision / snapshotEvery) > Math.floor(options.revision / snapshotEvery);
  if (isDue || edits.some(({ operation }) => isHeavy(operation))) {
    await insertSnapshot(tx, trackId, revision, content);
  }
  await notifyEdits(tx, trackId);
  if (approvalEnded) await notifyTrack(tx, trackId, "review");
  const clientOpId = edits.at(-1)?.clientOpId ?? "";
  afterCommit(tx, async () => {
    keepRecent(trackId, { revision, clientOpId, content, extent: draft.extent });
  });
  return { revision, log: rows.map(({ inverse, ...row }) => row) };
}
