import "server-only";
import { db, type Tx } from "@/lib/db";
import type { VideoRole } from "./roles";

export interface Access {
  ownerId: string;
  videoId: string;
  role: VideoRole;
}

export interface KnownAccess {
  ownerId: string;
  videoId: string;
  /** Null: nothing yet. */
  role: VideoRole | null;
  /** An invitation waits for them. */
  invited: boolean;
}

/** What a person may do with a video that is there; undefined: nothing. */
export async function accessToVideo(
  userId: string,
  videoId: string,
  client: Tx | ReturnType<typeof db> = db(),
): Promise<KnownAccess | undefined> {
  // Who was invited and came by a link as well keeps what the invitation gave.
  const [row] = await client.$queryRaw<KnownAccess[]>`
    SELECT * FROM (
      SELECT v.owner_id::text AS "ownerId", v.id::text AS "videoId",
             CASE WHEN v.owner_id = ${userId}::uuid THEN 'owner'
                  WHEN m.user_id IS NULL THEN NULL
                  WHEN l.id IS NULL OR (l.revoked_at IS NULL AND l.expires_at > now()) THEN m.role
                  WHEN m.email IS NOT NULL THEN 'viewer' END AS role,
             v.owner_id <> ${userId}::uuid AND EXISTS (
               SELECT 1 FROM video_invitations i JOIN users u ON u.email = i.email
               WHERE i.video_id = v.id AND u.id = ${userId}::uuid
                 AND i.expires_at > now()) AS invited
      FROM videos v
      JOIN users o ON o.id = v.owner_id
      LEFT JOIN video_members m ON m.video_id = v.id AND m.user_id = ${userId}::uuid
      LEFT JOIN share_links l ON l.id = m.link_id
      WHERE v.id = ${videoId}::uuid AND v.status NOT IN ('deleting', 'deleted')
        -- What somebody shares ends with their own access, and while they wait for its end.
        AND (o.id = ${userId}::uuid OR (o.disabled_at IS NULL AND o.erased_at IS NULL
                                        AND o.deletion_requested_at IS NULL))
    ) found WHERE role IS NOT NULL OR invited`;
  return row;
}

/** The video that a track belongs to. */
export async function videoOfTrack(trackId: string): Promise<string | undefined> {
  const track = await db().track.findUnique({ where: { id: trackId }, select: { videoId: true } });
  return track?.videoId;
}
