import "server-only";
import { AppError } from "@/lib/errors";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperations, inTrackOrder } from "@/lib/subtitles/operations";
import { type Client, findTrack, newestSnapshot, operationsAfter, type TrackRow } from "./repo";

/** @throws {AppError} `not_found` */
export async function ownTrack(
  options: { ownerId: string; trackId: string },
  client?: Client,
): Promise<TrackRow> {
  const track = await findTrack(options.ownerId, options.trackId, client);
  if (!track) throw new AppError("not_found");
  return track;
}

/**
 * A track's cues at a revision, or as they are now: the newest snapshot with the edits after it.
 * @throws {AppError} `not_found` where the track hasn't come to that revision, or never had it
 */
export async function cuesOf(
  client: Client,
  trackId: string,
  revision?: number,
): Promise<{ cues: readonly Cue[]; revision: number }> {
  const snapshot = await newestSnapshot(client, trackId, revision);
  if (!snapshot) {
    if (revision !== undefined) throw new AppError("not_found");
    throw new AppError("internal", { detail: `track ${trackId} has no snapshot` });
  }
  const edits = await operationsAfter(client, trackId, snapshot.revision, revision);
  const at = edits.at(-1)?.revision ?? snapshot.revision;
  if (revision !== undefined && at !== revision) throw new AppError("not_found");
  const applied = applyOperations(
    inTrackOrder(snapshot.cues),
    edits.map(({ operation }) => operation),
  );
  if (!applied.ok) {
    const detail = `edits of ${trackId} after ${snapshot.revision}: ${applied.code}`;
    throw new AppError("internal", { detail });
  }
  return { cues: applied.cues, revision: at };
}
