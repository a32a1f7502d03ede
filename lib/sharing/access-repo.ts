import "server-only";
import { db } from "@/lib/db";
import type { VideoRole } from "./roles";

export interface Access {
  ownerId: string;
  videoId: string;
  role: VideoRole;
}

/** What a person may do with a video that is there; undefined: nothing. */
export async function accessToVideo(userId: string, videoId: string): Promise<Access | undefined> {
  const [row] = await db().$queryRaw<Access[]>`
    SELECT v.owner_id::text AS "ownerId", v.id::text AS "videoId",
           CASE WHEN v.owner_id = ${userId}::uuid THEN 'owner' ELSE m.role END AS role
    FROM videos v
    LEFT JOIN video_members m ON m.video_id = v.id AND m.user_id = ${userId}::uuid
    LEFT JOIN share_links l ON l.id = m.link_id
    WHERE v.id = ${videoId}::uuid AND v.status NOT IN ('deleting', 'deleted')
      AND (v.owner_id = ${userId}::uuid OR (m.user_id IS NOT NULL
           AND (l.id IS NULL OR (l.revoked_at IS NULL AND l.expires_at > now()))))`;
  return row;
}

/** The same for the video of a track. */
export async function accessToTrack(userId: string, trackId: string): Promise<Access | undefined> {
  const track = await db().track.findUnique({ where: { id: trackId }, select: { videoId: true } });
  return track ? accessToVideo(userId, track.videoId) : undefined;
}
