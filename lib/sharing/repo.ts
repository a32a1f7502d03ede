import "server-only";
import { db, type Tx } from "@/lib/db";
import type { SharedRole } from "./roles";
import type { InvitationView, LinkView, MemberView } from "./schema";

/** A video that is there, locked, so that its people are counted one after the other. */
export async function lockShared(
  tx: Tx,
  videoId: string,
): Promise<{ title: string; ownerId: string } | undefined> {
  const [row] = await tx.$queryRaw<{ title: string; ownerId: string }[]>`
    SELECT title, owner_id::text AS "ownerId" FROM videos
    WHERE id = ${videoId}::uuid AND status NOT IN ('deleting', 'deleted') FOR NO KEY UPDATE`;
  return row;
}

/**
 * In the order in which they came; those whose link has ended are none any more, unless they were
 * invited beside it: they keep looking, as `accessToVideo` says.
 */
export async function readMembers(videoId: string): Promise<MemberView[]> {
  const rows = await db().$queryRaw<
    (Omit<MemberView, "link" | "at"> & { linkId: string | null; label: string | null; at: Date })[]
  >`
    SELECT m.user_id::text AS "userId", u.name, m.email, m.created_at AS at,
           CASE WHEN m.link_id IS NULL OR l.id IS NOT NULL THEN m.role ELSE 'viewer' END AS role,
           l.id::text AS "linkId", l.label
    FROM video_members m JOIN users u ON u.id = m.user_id AND u.erased_at IS NULL
    LEFT JOIN share_links l
      ON l.id = m.link_id AND l.revoked_at IS NULL AND l.expires_at > now()
    WHERE m.video_id = ${videoId}::uuid
      AND (m.link_id IS NULL OR l.id IS NOT NULL OR m.email IS NOT NULL)
    ORDER BY m.created_at, m.user_id`;
  return rows.map(({ linkId, label, at, ...member }) => ({
    ...member,
    link: linkId === null ? null : { id: linkId, label: label ?? "" },
    at: at.toISOString(),
  }));
}

/** Those that can still be followed, in the order in which they were made. */
export async function readInvitations(videoId: string): Promise<InvitationView[]> {
  const rows = await db().videoInvitation.findMany({
    where: { videoId, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ id, email, role, createdAt, expiresAt }) => ({
    id,
    email,
    role: role as SharedRole,
    at: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** Those who are listed: who came by a link that has ended takes nobody's place. */
export async function countPeople(tx: Tx, videoId: string): Promise<number> {
  const now = new Date();
  const open = { revokedAt: null, expiresAt: { gt: now } };
  const where = { videoId, OR: [{ linkId: null }, { email: { not: null } }, { link: open }] };
  const invited = { videoId, expiresAt: { gt: now } };
  return (
    (await tx.videoMember.count({ where })) + (await tx.videoInvitation.count({ where: invited }))
  );
}

/** The member who was invited at this address. */
export async function findMemberByEmail(
  tx: Tx,
  videoId: string,
  email: string,
): Promise<{ userId: string } | undefined> {
  const where = { videoId, email };
  return (await tx.videoMember.findFirst({ where, select: { userId: true } })) ?? undefined;
}

export async function hasInvitation(tx: Tx, videoId: string, email: string): Promise<boolean> {
  return (await tx.videoInvitation.count({ where: { videoId, email } })) > 0;
}

/** Another invitation to the same address takes the place of the one before. */
export async function putInvitation(
  tx: Tx,
  row: { id: string; videoId: string; email: string; role: string; expiresAt: Date },
): Promise<void> {
  const { id: _id, videoId, email, ...change } = row;
  await tx.videoInvitation.upsert({
    where: { videoId_email: { videoId, email } },
    create: row,
    update: { ...change, createdAt: new Date() },
  });
}

/** Takes an open invitation away and makes a membership of it; null: there was none. */
export async function takeInvitation(
  tx: Tx,
  which: { videoId: string; userId: string },
): Promise<SharedRole | undefined> {
  const { videoId, userId } = which;
  const [row] = await tx.$queryRaw<{ role: SharedRole }[]>`
    WITH taken AS (
      DELETE FROM video_invitations i USING users u
      WHERE i.video_id = ${videoId}::uuid AND u.id = ${userId}::uuid AND i.email = u.email
        AND i.expires_at > now() AND u.erased_at IS NULL AND u.disabled_at IS NULL
      RETURNING i.role, i.email)
    INSERT INTO video_members (video_id, user_id, role, email)
    SELECT ${videoId}::uuid, ${userId}::uuid, role, email FROM taken
    ON CONFLICT (video_id, user_id)
      DO UPDATE SET role = EXCLUDED.role, email = EXCLUDED.email, link_id = NULL
    RETURNING role`;
  return row?.role;
}

export async function updateMember(
  tx: Tx,
  which: { videoId: string; userId: string },
  role: SharedRole,
): Promise<boolean> {
  const { count } = await tx.videoMember.updateMany({ where: which, data: { role } });
  // What somebody who was invited is given by hand holds whatever becomes of a link.
  const invited = { ...which, email: { not: null } };
  await tx.videoMember.updateMany({ where: invited, data: { linkId: null } });
  return count === 1;
}

export async function deleteMember(
  tx: Tx,
  which: { videoId: string; userId: string },
): Promise<boolean> {
  return (await tx.videoMember.deleteMany({ where: which })).count === 1;
}

export async function updateInvitation(
  tx: Tx,
  which: { videoId: string; id: string },
  role: SharedRole,
): Promise<boolean> {
  return (await tx.videoInvitation.updateMany({ where: which, data: { role } })).count === 1;
}

export async function deleteInvitation(
  tx: Tx,
  which: { videoId: string; id: string },
): Promise<boolean> {
  return (await tx.videoInvitation.deleteMany({ where: which })).count === 1;
}

export async function deleteOldInvitations(before: Date): Promise<number> {
  return (await db().videoInvitation.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}

/** Links that are open, the newest first. */
export async function readLinks(videoId: string): Promise<LinkView[]> {
  const rows = await db().shareLink.findMany({
    where: { videoId, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: "desc" },
    include: { _count: { select: { members: true } } },
  });
  return rows.map((row) => ({
    id: row.id,
    role: row.role as SharedRole,
    label: row.label,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    usedAt: row.usedAt?.toISOString() ?? null,
    members: row._count.members,
  }));
}

export function countLinks(tx: Tx, videoId: string): Promise<number> {
  const where = { videoId, revokedAt: null, expiresAt: { gt: new Date() } };
  return tx.shareLink.count({ where });
}

export async function insertLink(
  tx: Tx,
  row: {
    id: string;
    videoId: string;
    tokenHash: string;
    role: SharedRole;
    label: string;
    createdById: string;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await tx.shareLink.create({ data: row });
}

export async function findLink(
  id: string,
): Promise<{ videoId: string; revokedAt: Date | null } | undefined> {
  const select = { videoId: true, revokedAt: true };
  return (await db().shareLink.findUnique({ where: { id }, select })) ?? undefined;
}

/**
 * Closes a link for all who came by it; whoever was invited beside it keeps looking. False: it was
 * closed already.
 */
export async function closeLink(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.shareLink.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: at },
  });
  await tx.videoMember.deleteMany({ where: { linkId: id, email: null } });
  await tx.videoMember.updateMany({
    where: { linkId: id },
    data: { linkId: null, role: "viewer" },
  });
  return count === 1;
}

/** A link that is open, by the hash of its secret. */
export async function findOpenLink(tokenHash: string): Promise<
  | {
      id: string;
      videoId: string;
      role: SharedRole;
      ownerId: string;
      expiresAt: Date;
      usedAt: Date | null;
    }
  | undefined
> {
  const row = await db().shareLink.findFirst({
    where: {
      tokenHash,
      revokedAt: null,
      expiresAt: { gt: new Date() },
      video: {
        status: { notIn: ["deleting", "deleted"] },
        // What somebody shares goes no further than they do.
        owner: { disabledAt: null, erasedAt: null, deletionRequestedAt: null },
      },
    },
    include: { video: { select: { ownerId: true } } },
  });
  if (!row) return undefined;
  const { id, videoId, role, expiresAt, usedAt, video } = row;
  return { id, videoId, role: role as SharedRole, ownerId: video.ownerId, expiresAt, usedAt };
}

export async function noteUse(id: string, at: Date): Promise<void> {
  await db().shareLink.updateMany({ where: { id }, data: { usedAt: at } });
}

/** Lets somebody in by a link, unless they are in by something better. */
export async function joinByLink(
  tx: Tx,
  member: { videoId: string; userId: string; role: SharedRole; linkId: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO video_members AS m (video_id, user_id, role, link_id)
    VALUES (${member.videoId}::uuid, ${member.userId}::uuid, ${member.role}, ${member.linkId}::uuid)
    ON CONFLICT (video_id, user_id) DO UPDATE
      SET role = EXCLUDED.role, link_id = EXCLUDED.link_id
      WHERE m.link_id IS NOT NULL OR (m.role = 'viewer' AND EXCLUDED.role = 'editor')`;
}
