import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { formatInfo, writeSubtitles } from "@/lib/subtitles/formats";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation, conflictsWith } from "@/lib/subtitles/operations";
import { type Tx, transaction } from "@/lib/transaction";
import { getOwnVideo } from "@/lib/videos/service";
import {
  findByClientOpId,
  findTrack,
  insertOperation,
  insertSnapshot,
  insertTrack,
  lockTrack,
  newestSnapshot,
  operationsAfter,
  reader,
  type StoredOperation,
  type TrackRow,
} from "./repo";
import type { EditConflict, EditResult, EditTrackInput, ExportQuery, TrackView } from "./schema";

/** A snapshot is kept at each such number of edits, so that reading a track stays quick. */
const snapshotEvery = 200;

/** Stores what a job made, within the transaction that ends the job. */
export function createTrack(
  tx: Tx,
  options: { ownerId: string; videoId: string; jobId: string; language: string; cues: Cue[] },
): Promise<string> {
  const { cues, ...track } = options;
  return insertTrack(tx, { id: newId(), ...track }, cues);
}

/** @throws {AppError} `not_found` */
export async function getTrack(options: { ownerId: string; trackId: string }): Promise<TrackView> {
  const track = await ownTrack(options);
  const { cues, revision } = await currentCues(reader(), track.id);
  return {
    id: track.id,
    videoId: track.videoId,
    language: track.language,
    revision,
    cues,
    updatedAt: track.updatedAt.toISOString(),
  };
}

/**
 * Adds one edit. An edit made without having seen others is accepted when it touches something
 * else; the same edit sent again is stored once.
 * @throws {AppError} `edit_conflict` with both texts when the same cue was changed since,
 * `gone` when the cue is no longer there.
 */
export async function editTrack(options: {
  ownerId: string;
  trackId: string;
  edit: EditTrackInput;
}): Promise<EditResult> {
  const { ownerId, edit } = options;
  const track = await ownTrack(options);
  return transaction(async (tx) => {
    const locked = await lockTrack(tx, track.id);
    if (!locked) throw new AppError("not_found");
    const missed = await operationsAfter(tx, track.id, edit.baseRevision);
    const stored = await findByClientOpId(tx, track.id, edit.clientOpId);
    if (stored) return { revision: locked.revision, missed };
    const { cues } = await currentCues(tx, track.id);
    refuseConflict(edit, missed, cues, locked.revision);
    const applied = applyOperation(cues, edit.operation);
    if (!applied.ok) throw new AppError("gone", { detail: "the cue is no longer there" });
    const revision = locked.revision + 1;
    await insertOperation(tx, {
      trackId: track.id,
      revision,
      baseRevision: edit.baseRevision,
      clientOpId: edit.clientOpId,
      actorId: ownerId,
      operation: edit.operation,
      inverse: applied.inverse,
    });
    if (revision % snapshotEvery === 0) await insertSnapshot(tx, track.id, revision, applied.cues);
    return { revision, missed };
  });
}

function refuseConflict(
  edit: EditTrackInput,
  missed: StoredOperation[],
  cues: readonly Cue[],
  revision: number,
): void {
  const clash = missed.find((other) => conflictsWith(other.operation, edit.operation));
  if (!clash) return;
  const { cueId, text: yours } = edit.operation;
  const theirs = cues.find((cue) => cue.id === cueId)?.text ?? "";
  if (theirs === yours) return;
  const data: EditConflict = { revision, cueId, yours, theirs };
  throw new AppError("edit_conflict", { data: { ...data } });
}

/**
 * The track as a subtitle file. The same revision and options give the same bytes.
 * @throws {AppError} `not_found`
 */
export async function exportTrack(options: {
  ownerId: string;
  trackId: string;
  query: ExportQuery;
}): Promise<{ text: string; fileName: string; mimeType: string; revision: number }> {
  const { ownerId, query } = options;
  const track = await ownTrack(options);
  const video = await getOwnVideo({ ownerId, videoId: track.videoId });
  const { cues, revision } = await currentCues(reader(), track.id);
  const { text } = writeSubtitles({
    document: { language: track.language, cues: [...cues] },
    format: query.format,
    options: {
      bom: query.bom === "1",
      lineEnd: query.lineEnd,
      title: video.title,
      ...(video.width && video.height && { playResX: video.width, playResY: video.height }),
    },
  });
  const { extension, mimeType } = formatInfo[query.format];
  return { text, fileName: `${video.title}.${track.language}.${extension}`, mimeType, revision };
}

async function ownTrack(options: { ownerId: string; trackId: string }): Promise<TrackRow> {
  const track = await findTrack(options.ownerId, options.trackId);
  if (!track) throw new AppError("not_found");
  return track;
}

/** The newest snapshot with the edits after it. */
async function currentCues(
  client: Tx | ReturnType<typeof reader>,
  trackId: string,
): Promise<{ cues: readonly Cue[]; revision: number }> {
  const snapshot = await newestSnapshot(client, trackId);
  if (!snapshot) throw new AppError("internal", { detail: `track ${trackId} has no snapshot` });
  let cues: readonly Cue[] = snapshot.cues;
  let { revision } = snapshot;
  for (const stored of await operationsAfter(client, trackId, snapshot.revision)) {
    const applied = applyOperation(cues, stored.operation);
    if (!applied.ok)
      throw new AppError("internal", { detail: `edit ${stored.revision} of ${trackId}` });
    cues = applied.cues;
    revision = stored.revision;
  }
  return { cues, revision };
}
