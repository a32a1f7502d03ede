import "server-only";
import { AppError } from "@/lib/errors";
import { speakerNames } from "@/lib/speakers/service";
import { formatInfo, writeSubtitles } from "@/lib/subtitles/formats";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation } from "@/lib/subtitles/operations";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { type Tx, transaction } from "@/lib/transaction";
import { getOwnVideo } from "@/lib/videos/service";
import { conflictOf } from "./conflicts";
import { assertRoom, isHeavy, maxMissedBytes, readAnew } from "./limits";
import { cuesOf, ownTrack } from "./reading";
import {
  bytesAfter,
  findByClientOpId,
  insertOperation,
  insertSnapshot,
  lockTrack,
  operationsAfter,
  reader,
} from "./repo";
import type { EditResult, EditTrackInput, ExportQuery, TrackView } from "./schema";

export { saveTrack } from "./saving";

/** A snapshot is kept at each such number of edits, so that reading a track stays quick. */
const snapshotEvery = 200;

/**
 * A track as it is now, or as it was at a revision.
 * @throws {AppError} `not_found`
 */
export async function getTrack(options: {
  ownerId: string;
  trackId: string;
  revision?: number | undefined;
}): Promise<TrackView> {
  const track = await ownTrack(options);
  const { cues, revision } = await cuesOf(reader(), track.id, options.revision);
  return {
    id: track.id,
    videoId: track.videoId,
    language: track.language,
    sourceTrackId: track.sourceTrackId,
    revision,
    cues,
    updatedAt: track.updatedAt.toISOString(),
  };
}

/**
 * What a translation is made from.
 * @throws {AppError} `not_found`
 */
export async function trackSource(options: {
  ownerId: string;
  trackId: string;
  /** Left out: as it is now. */
  revision?: number | undefined;
}): Promise<{
  videoId: string;
  language: string;
  revision: number;
  cues: readonly Cue[];
  profile: RuleProfile | null;
}> {
  const { videoId, language, profile, id } = await ownTrack(options);
  const { cues, revision } = await cuesOf(reader(), id, options.revision);
  return { videoId, language, revision, cues, profile };
}

/**
 * Adds one edit. An edit made without having seen others is accepted when it touches something
 * else; the same edit sent again is stored once.
 * @throws {AppError} `edit_conflict` with both values when the same was changed since, `gone` when
 * the cue is no longer there, `limit_reached` when the track would become too long.
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
    const missed = await missedSince(tx, track.id, edit.baseRevision, locked.revision);
    const stored = await findByClientOpId(tx, track.id, edit.clientOpId);
    if (stored) return { revision: locked.revision, missed };
    const { cues } = await cuesOf(tx, track.id);
    const conflict = conflictOf(edit.operation, missed, cues);
    if (conflict) {
      throw new AppError("edit_conflict", { data: { ...conflict, revision: locked.revision } });
    }
    const applied = applyOperation(cues, edit.operation);
    if (!applied.ok) throw new AppError("gone", { detail: `the edit meets ${applied.code}` });
    assertRoom(cues, applied.cues);
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
    if (revision % snapshotEvery === 0 || isHeavy(edit.operation)) {
      await insertSnapshot(tx, track.id, revision, applied.cues);
    }
    return { revision, missed };
  });
}

/** Edits that an editor hasn't seen; of more than can be told that there are some. */
async function missedSince(tx: Tx, trackId: string, seen: number, now: number) {
  if (seen >= now) return [];
  const isTooMuch = (await bytesAfter(tx, trackId, seen)) > maxMissedBytes;
  return isTooMuch ? [readAnew(now)] : operationsAfter(tx, trackId, seen);
}

/**
 * The track as a subtitle file. The same revision, names of speakers and options give the same
 * bytes.
 * @throws {AppError} `not_found`
 */
export async function exportTrack(options: {
  ownerId: string;
  trackId: string;
  query: ExportQuery;
  /** The reader's: names speakers whom nobody has named. Default: "ko". */
  locale?: "ko" | "en";
}): Promise<{ text: string; fileName: string; mimeType: string; revision: number }> {
  const { ownerId, query } = options;
  const track = await ownTrack(options);
  const video = await getOwnVideo({ ownerId, videoId: track.videoId });
  const { cues, revision } = await cuesOf(reader(), track.id);
  const spoken = cues.some((cue) => cue.speaker !== undefined);
  const nameOf = spoken ? await speakerNames(video.id, options.locale ?? "ko") : undefined;
  const named = (cue: Cue) =>
    cue.speaker === undefined || !nameOf ? cue : { ...cue, speaker: nameOf(cue.speaker) };
  const { text } = writeSubtitles({
    document: { language: track.language, cues: cues.map(named) },
    format: query.format,
    options: {
      bom: query.bom === "1",
      lineEnd: query.lineEnd,
      title: video.title,
      ...(query.speakers && { speakers: query.speakers === "1" }),
      ...(video.width && video.height && { playResX: video.width, playResY: video.height }),
    },
  });
  const { extension, mimeType } = formatInfo[query.format];
  return { text, fileName: `${video.title}.${track.language}.${extension}`, mimeType, revision };
}
