import "server-only";
import { AppError } from "@/lib/errors";
import { trackAccess } from "@/lib/sharing/access";
import type { VideoRole } from "@/lib/sharing/roles";
import type { Cue, TrackContent } from "@/lib/subtitles/model";
import { applyAllToTrack, inTrackOrder } from "@/lib/subtitles/operations";
import { operationsAfter } from "./log-repo";
import { type Client, findTrack, newestSnapshot, type TrackRow } from "./repo";

/**
 * A track of the account that owns its video. What others may do as well begins with `openTrack`.
 * @throws {AppError} `not_found`
 */
export async function ownTrack(
  options: { ownerId: string; trackId: string },
  client?: Client,
): Promise<TrackRow> {
  const track = await findTrack(options.ownerId, options.trackId, client);
  if (!track) throw new AppError("not_found");
  return track;
}

/**
 * A track, for somebody who may do what takes `need` with its video; with what they may do.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function openTrack(options: {
  userId: string;
  trackId: string;
  need: VideoRole;
}): Promise<TrackRow & { role: VideoRole }> {
  const { ownerId, role } = await trackAccess(options);
  return { ...(await ownTrack({ ownerId, trackId: options.trackId })), role };
}

/**
 * A track at a revision, or as it is now: the newest snapshot with the edits after it.
 * @throws {AppError} `not_found` where the track hasn't come to that revision, or never had it
 */
export async function contentOf(
  client: Client,
  trackId: string,
  revision?: number,
): Promise<TrackContent & { revision: number }> {
  const snapshot = await newestSnapshot(client, trackId, revision);
  if (!snapshot) {
    if (revision !== undefined) throw new AppError("not_found");
    throw new AppError("internal", { detail: `track ${trackId} has no snapshot` });
  }
  const edits = await operationsAfter(client, trackId, snapshot.revision, revision);
  const at = edits.at(-1)?.revision ?? snapshot.revision;
  if (revision !== undefined && at !== revision) throw new AppError("not_found");
  const { cues, style } = snapshot.content;
  const applied = applyAllToTrack(
    { cues: inTrackOrder(cues), style },
    edits.map(({ operation }) => operation),
  );
  if (!applied.ok) {
    const detail = `edits of ${trackId} after ${snapshot.revision}: ${applied.code}`;
    throw new AppError("internal", { detail });
  }
  return { ...applied.content, revision: at };
}

/**
 * The cues alone, see `contentOf`.
 * @throws {AppError} `not_found`
 */
export async function cuesOf(
  client: Client,
  trackId: string,
  revision?: number,
): Promise<{ cues: readonly Cue[]; revision: number }> {
  return contentOf(client, trackId, revision);
}
