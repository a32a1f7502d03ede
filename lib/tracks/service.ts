import "server-only";
import type { Cue } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { takenOverBy } from "@/lib/trial/claim";
import { namesOf } from "./log-repo";
import { findPlace } from "./presence-repo";
import { contentOf, cuesOf, openTrack, ownTrack } from "./reading";
import { reader } from "./repo";
import type { TrackView } from "./schema";

export { saveTrack } from "./saving";

/**
 * A track as it is now, or as it was at a revision, for somebody who may see it.
 * @throws {AppError} `not_found`
 */
export async function getTrack(options: {
  userId: string;
  trackId: string;
  revision?: number | undefined;
}): Promise<TrackView> {
  const { userId, trackId } = options;
  const track = await openTrack({ userId, trackId, need: "viewer" });
  const { id, videoId, language, sourceTrackId, profile, reviewState, reviewedAt, role } = track;
  const [content, place, names, readerWas] = await Promise.all([
    contentOf(reader(), id, options.revision),
    findPlace(id, userId),
    namesOf(reader(), track.reviewedById === null ? [] : [track.reviewedById]),
    takenOverBy(userId),
  ]);
  const [reviewer] = names;
  return {
    ...{ id, videoId, language, sourceTrackId, profile, reviewState, role, place, ...content },
    ...{ readerId: userId, readerWas },
    reviewedBy: reviewer ? { id: reviewer[0], name: reviewer[1] } : null,
    reviewedAt: reviewedAt?.toISOString() ?? null,
    updatedAt: track.updatedAt.toISOString(),
  };
}

/**
 * The track that a translation renders; null: it is none, or its source is gone.
 * @throws {AppError} `not_found`
 */
export async function translatedFrom(options: {
  ownerId: string;
  trackId: string;
}): Promise<string | null> {
  return (await ownTrack(options)).sourceTrackId;
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
