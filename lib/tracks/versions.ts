import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { assertStillAllowed, trackAccess } from "@/lib/sharing/access";
import { type EditOperation, touches } from "@/lib/subtitles/operations";
import { type Tx, transaction } from "@/lib/transaction";
import { operationsOn } from "./log-repo";
import { notifyTrack } from "./notify";
import { contentOf, cuesOf, openTrack } from "./reading";
import { lockTrack, reader } from "./repo";
import { trackReport } from "./reports";
import { keepVersion, replaceCues } from "./saving";
import { type CueHistoryView, type VersionPage, type VersionsQuery, versionsQuery } from "./schema";
import {
  countNamed,
  evidenceAt,
  findVersion,
  insertVersion,
  listVersionRows,
  setVersionName,
  setVersionReport,
  thinOutKept,
  unjudgedVersions,
} from "./version-repo";

/** So many versions are judged at one look at the list: each is a pass over all its cues. */
const judgedAtOnce = 2;

/**
 * What a track has been, newest first, a page at a time. Versions of people's making get their
 * figures the first time that somebody looks.
 * @throws {AppError} `not_found`
 */
export async function listVersions(options: {
  userId: string;
  trackId: string;
  query?: Partial<VersionsQuery>;
}): Promise<VersionPage> {
  const { id: trackId, ownerId } = await openTrack({ ...options, need: "viewer" });
  for (const number of await unjudgedVersions(trackId, judgedAtOnce)) {
    const { report } = await trackReport({ ownerId, trackId, version: number });
    await setVersionReport({ trackId, number }, report);
  }
  const { cursor: before, limit } = versionsQuery.parse(options.query ?? {});
  const rows = await listVersionRows(trackId, { before, limit: limit + 1 });
  const versions = rows.slice(0, limit);
  const last = versions.at(-1);
  return { versions, nextCursor: rows.length > limit && last ? last.number : null };
}

/**
 * Makes a track what it was as a version, its look included. What it is now stays as a version, too,
 * so that going back can be taken back.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function restoreVersion(options: {
  userId: string;
  trackId: string;
  number: number;
}): Promise<{ version: number; revision: number }> {
  const { userId, trackId, number: restores } = options;
  const { videoId } = await trackAccess({ userId, trackId, need: "editor" });
  return transaction(async (tx) => {
    const locked = await lockTrack(tx, trackId);
    await assertStillAllowed(tx, { userId, videoId, need: "editor" });
    const wanted = locked && (await findVersion(tx, trackId, { number: restores }));
    if (!wanted) throw new AppError("not_found");
    const { revision: now } = locked;
    if (wanted.revision === now) return { version: restores, revision: now };
    const { cues, style } = await contentOf(tx, trackId, wanted.revision);
    const evidence = await evidenceAt(tx, trackId, wanted.revision);
    const { revision, number } = await replaceCues(tx, {
      ...{ trackId, revision: now, cues, style },
      actorId: userId,
      clientOpId: newId(),
    });
    await insertVersion(tx, {
      ...{ trackId, number, revision, kind: "restored", actorId: userId, restores },
      // It was made from what the restored version was made from, not from what came between.
      ...(evidence && { evidence }),
      ...(wanted.report && { report: wanted.report }),
    });
    return { version: number, revision };
  });
}

/** Most versions of a track that have a name: each is the whole track. */
const maxNamed = 500;

/**
 * Keeps a track as it is now under a name; answers the number. Where it is a version already, that
 * one gets the name.
 * @throws {AppError} `not_found`, `forbidden`, `limit_reached`
 */
export async function nameVersion(options: {
  userId: string;
  trackId: string;
  name: string;
}): Promise<{ number: number }> {
  const { userId, trackId, name } = options;
  const { videoId } = await trackAccess({ userId, trackId, need: "editor" });
  return transaction(async (tx) => {
    const locked = await lockTrack(tx, trackId);
    if (!locked) throw new AppError("not_found");
    await assertStillAllowed(tx, { userId, videoId, need: "editor" });
    if ((await countNamed(tx, trackId)) >= maxNamed) throw new AppError("limit_reached");
    const { number } = await keepVersion(tx, trackId, locked.revision, userId);
    await setVersionName(tx, { trackId, number }, name);
    await notifyTrack(tx, trackId, "versions");
    return { number };
  });
}

/**
 * Gives a version another name, or takes its name away; the version stays.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function renameVersion(options: {
  userId: string;
  trackId: string;
  number: number;
  name: string | null;
}): Promise<void> {
  const { userId, trackId, number, name } = options;
  await trackAccess({ userId, trackId, need: "editor" });
  await transaction(async (tx) => {
    if (!(await setVersionName(tx, { trackId, number }, name))) throw new AppError("not_found");
    await notifyTrack(tx, trackId, "versions");
  });
}

/** An edit that touches more cues than this is one that people want to go back behind. */
const bulkCues = 50;

/** So many versions that were kept by themselves stay: each is the whole track. */
export const mostKept = 50;

/** Whether an edit changes so much at once that the track is kept as it was before. */
export function isBulk(operation: EditOperation): boolean {
  if (operation.kind !== "batch" && operation.kind !== "replaceCues") return false;
  return new Set(touches(operation).map(({ cueId }) => cueId)).size > bulkCues;
}

/**
 * Keeps a locked track as a version before a bulk edit of `revision`, where that is none yet. For
 * other edits it does nothing. The oldest of many that were kept so go.
 */
export async function keepBeforeBulk(
  tx: Tx,
  edit: { trackId: string; revision: number; actorId: string; operation: EditOperation },
): Promise<void> {
  if (!isBulk(edit.operation)) return;
  await keepVersion(tx, edit.trackId, edit.revision, edit.actorId);
  await thinOutKept(tx, edit.trackId, mostKept);
}

/**
 * Where a cue comes from and who has changed it since, also when it is gone. A cue that the track
 * never had has no history.
 * @throws {AppError} `not_found`
 */
export async function cueHistory(options: {
  userId: string;
  trackId: string;
  cueId: string;
}): Promise<CueHistoryView> {
  const { userId, trackId, cueId } = options;
  const track = await openTrack({ userId, trackId, need: "viewer" });
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
