import "server-only";
import { speakerNames } from "@/lib/speakers/service";
import { formatInfo, writeSubtitles } from "@/lib/subtitles/formats";
import type { Cue } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { getOwnVideo } from "@/lib/videos/service";
import { namesOf } from "./log-repo";
import { findPlace } from "./presence-repo";
import { contentOf, cuesOf, openTrack, ownTrack } from "./reading";
import { reader } from "./repo";
import type { ExportQuery, TrackView } from "./schema";

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
  const [content, place, names] = await Promise.all([
    contentOf(reader(), id, options.revision),
    findPlace(id, userId),
    namesOf(reader(), track.reviewedById === null ? [] : [track.reviewedById]),
  ]);
  const [reviewer] = names;
  return {
    ...{ id, videoId, language, sourceTrackId, profile, reviewState, role, place, ...content },
    reviewedBy: reviewer ? { id: reviewer[0], name: reviewer[1] } : null,
    reviewedAt: reviewedAt?.toISOString() ?? null,
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
