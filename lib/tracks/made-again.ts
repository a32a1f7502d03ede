import "server-only";
import { AppError } from "@/lib/errors";
import type { CueProvenance } from "@/lib/subtitles/model";
import type { EditOperation, SimpleOperation } from "@/lib/subtitles/operations";
import type { Tx } from "@/lib/transaction";
import { findByClientOpIds } from "./log-repo";
import { cuesOf } from "./reading";
import { presentDraft } from "./recent-tracks";
import { lockTrack } from "./repo";
import { storeEdits } from "./storing";
import { keepBeforeBulk } from "./versions";

/** Another text of a cue, and where it comes from. */
export interface TextAgain {
  cueId: string;
  text: string;
  provenance: CueProvenance;
}

/**
 * Stores texts that a job has made again, as one edit of whoever ordered them, within the
 * transaction that takes their price. A cue whose text is another than at the revision `seen` is
 * left as it is, as is one that is gone. Answers how many have got theirs; called again for the
 * same job it changes nothing.
 * @throws {AppError} `gone` where there is no such track any more
 */
export async function storeAgain(
  tx: Tx,
  made: {
    trackId: string;
    actorId: string;
    jobId: string;
    seen: number;
    texts: readonly TextAgain[];
  },
): Promise<number> {
  const { trackId, actorId, jobId, seen, texts } = made;
  const locked = await lockTrack(tx, trackId);
  if (!locked) throw new AppError("gone", { detail: "the translation is gone" });
  // No editor's id has a slash: none can take a job's beforehand.
  const clientOpId = `job/${jobId}`;
  if ((await findByClientOpIds(tx, trackId, [clientOpId])).size > 0) return texts.length;
  const { revision } = locked;
  const before = await cuesOf(tx, trackId, seen);
  const ordered = new Map(before.cues.map(({ id, text }) => [id, text]));
  const draft = await presentDraft(tx, trackId, revision);
  const operations = texts.flatMap(({ cueId, text, provenance }): SimpleOperation[] => {
    const cue = draft.cue(cueId);
    if (!cue || cue.text !== ordered.get(cueId)) return [];
    // The words behind a cue are evidence of what was heard, not of what was translated.
    return [{ kind: "replaceCues", remove: [cueId], insert: [{ ...cue, text, provenance }] }];
  });
  if (operations.length === 0) return 0;
  const operation: EditOperation = { kind: "batch", operations };
  await keepBeforeBulk(tx, { trackId, revision, actorId, operation });
  const applied = draft.apply(operation);
  if (!applied.ok) throw new AppError("internal", { detail: `made again: ${applied.code}` });
  await storeEdits(tx, {
    ...{ trackId, actorId, revision, baseRevision: revision, draft },
    // Undone as a step of its own.
    edits: [{ clientOpId, groupId: jobId, undoes: null, operation, inverse: applied.inverse }],
  });
  return operations.length;
}
