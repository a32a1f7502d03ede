import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type EditOperation, touches } from "@/lib/subtitles/operations";
import { type Tx, transaction } from "@/lib/transaction";
import { operationsOn } from "./log-repo";
import { cuesOf, ownTrack } from "./reading";
import { lockTrack, reader } from "./repo";
import { keepVersion, replaceCues } from "./saving";
import type { CueHistoryView, VersionView } from "./schema";
import { evidenceAt, findVersion, insertVersion, listVersionRows } from "./version-repo";

/**
 * What a track has been, newest first.
 * @throws {AppError} `not_found`
 */
export async function listVersions(options: {
  ownerId: string;
  trackId: string;
}): Promise<VersionView[]> {
  const track = await ownTrack(options);
  return listVersionRows(track.id);
}

/**
 * Makes a track what it was as a version. What it is now stays as a version, too, so that going
 * back can be taken back.
 * @throws {AppError} `not_found`
 */
export async function restoreVersion(options: {
  ownerId: string;
  trackId: string;
  number: number;
}): Promise<{ version: number; revision: number }> {
  const { ownerId, number: restores } = options;
  const track = await ownTrack(options);
  return transaction(async (tx) => {
    const locked = await lockTrack(tx, track.id);
    const wanted = locked && (await findVersion(tx, track.id, { number: restores }));
    if (!wanted) throw new AppError("not_found");
    const { revision: now } = locked;
    if (wanted.revision === now) return { version: restores, revision: now };
    const { cues } = await cuesOf(tx, track.id, wanted.revision);
    const evidence = await evidenceAt(tx, track.id, wanted.revision);
    const { revision, number } = await replaceCues(tx, {
      trackId: track.id,
      revision: now,
      cues,
      actorId: ownerId,
      clientOpId: newId(),
    });
    await insertVersion(tx, {
      ...{ trackId: track.id, number, revision, kind: "restored", actorId: ownerId, restores },
      // It was made from what the restored version was made from, not from what came between.
      ...(evidence && { evidence }),
      ...(wanted.report && { report: wanted.report }),
    });
    return { version: number, revision };
  });
}

/** An edit that touches more cues than this is one that people want to go back behind. */
const bulkCues = 50;

/** Whether an edit changes so much at once that the track is kept as it was before. */
export function isBulk(operation: EditOperation): boolean {
  if (operation.kind !== "batch" && operation.kind !== "replaceCues") return false;
  return new Set(touches(operation).map(({ cueId }) => cueId)).size > bulkCues;
}

/**
 * Keeps a locked track as a version before a bulk edit of `revision`, where that is none yet. For
 * other edits it does nothing.
 */
export async function keepBeforeBulk(
  tx: Tx,
  edit: { trackId: string; revision: number; actorId: string; operation: EditOperation },
): Promise<void> {
  if (!isBulk(edit.operation)) return;
  await keepVersion(tx, edit.trackId, edit.revision, edit.actorId);
}

/**
 * Where a cue comes from and who has changed it since, also when it is gone. A cue that the track
 * never had has no history.
 * @throws {AppError} `not_found`
 */
export async function cueHistory(options: {
  ownerId: string;
  trackId: string;
  cueId: string;
}): Promise<CueHistoryView> {
  const { cueId } = options;
  const track = await ownTrack(options);
  const [{ cues }, found] = await Promise.all([
    cuesOf(reader(), track.id),
    operationsOn(reader(), track.id, cueId),
  ]);
  return {
    provenance: cues.find(({ id }) => id === cueId)?.provenance ?? null,
    edits: found.map(({ at, actorId, name, kind, revision }) => ({
      at: at.toISOString(),
      actor: name === null ? null : { id: actorId, name },
      kind,
      revision,
    })),
  };
}
