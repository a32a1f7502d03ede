import "server-only";
import type { Caller } from "@/lib/auth/caller";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { speakerNames } from "@/lib/speakers/service";
import type { Cue } from "@/lib/subtitles/model";
import { getTrack } from "@/lib/tracks/service";
import { getVideo } from "@/lib/videos/overview";
import { serveVideoFile } from "@/lib/videos/serving";
import { type OpenLink, openLink } from "./links";
import { sharedRate } from "./policy";
import type { SharedCue, SharedTrackView, SharedVideoView } from "./schema";

/**
 * The link behind a request from anybody.
 * @throws {AppError} `rate_limited` to a network that asks too often, `not_found`
 */
async function opened(token: string, { network }: Pick<Caller, "network">): Promise<OpenLink> {
  if (network) await countCall({ name: "shared", who: network, rate: sharedRate });
  return openLink(token);
}

type Asked = { token: string; caller: Pick<Caller, "network"> };

/** @throws {AppError} `not_found`, `rate_limited` */
export async function sharedVideo({ token, caller }: Asked): Promise<SharedVideoView> {
  const link = await opened(token, caller);
  const video = await getVideo({ ownerId: link.ownerId, videoId: link.videoId });
  const path = `/api/v1/shared/${token}`;
  return {
    title: video.title,
    role: link.role,
    expiresAt: link.expiresAt.toISOString(),
    durationMs: video.durationMs,
    width: video.width,
    height: video.height,
    fps: video.fps,
    playUrl: video.playUrl ? `${path}/media` : null,
    thumbnailUrl: video.thumbnailUrl ? `${path}/thumbnail` : null,
    mediaDeleted: video.mediaDeletedAt !== null,
    tracks: video.tracks.map(({ id, language, sourceTrackId }) => ({
      id,
      language,
      sourceTrackId,
    })),
  };
}

/** @throws {AppError} `not_found`, also for another video's track; `rate_limited` */
export async function sharedTrack(
  options: Asked & { trackId: string; locale: "ko" | "en" },
): Promise<SharedTrackView> {
  const link = await opened(options.token, options.caller);
  const track = await getTrack({ userId: link.ownerId, trackId: options.trackId });
  if (track.videoId !== link.videoId) throw new AppError("not_found");
  const spoken = track.cues.some((cue) => cue.speaker !== undefined);
  const nameOf = spoken ? await speakerNames(link.videoId, options.locale) : undefined;
  return {
    id: track.id,
    language: track.language,
    style: track.style,
    cues: track.cues.map((cue) => sharedCue(cue, nameOf)),
  };
}

/** What is on the picture. Where a cue comes from, and what else was heard, isn't for everybody. */
function sharedCue(cue: Cue, nameOf: ((key: string) => string) | undefined): SharedCue {
  const { id, startMs, endMs, text, speaker, styleOverrides } = cue;
  return {
    ...{ id, startMs, endMs, text },
    ...(speaker !== undefined && nameOf && { speaker: nameOf(speaker) }),
    ...(styleOverrides && { styleOverrides }),
  };
}

/** @throws {AppError} `not_found`, `gone` once it was deleted, `rate_limited` */
export async function sharedFile(
  options: Asked & { request: Request; file: "media" | "thumbnail" },
): Promise<Response> {
  const { ownerId, videoId } = await opened(options.token, options.caller);
  const { request, file } = options;
  return serveVideoFile({ request, ownerId, videoId, file });
}
