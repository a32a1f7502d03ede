import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { ListVideosQuery, VideoStatus } from "./schema";

const trackShape = { id: true, language: true, sourceTrackId: true, updatedAt: true } as const;

export type VideoRow = Prisma.VideoGetPayload<{
  include: {
    upload: { include: { parts: true } };
    tracks: { select: typeof trackShape };
  };
}>;

const include = {
  upload: { include: { parts: { orderBy: { partNumber: "asc" } } } },
  tracks: { select: trackShape, orderBy: { createdAt: "desc" } },
} satisfies Prisma.VideoInclude;

/** What is neither deleted nor on its way there. */
const present = { status: { notIn: ["deleting", "deleted"] } } satisfies Prisma.VideoWhereInput;

/** Files whose time is over count as gone at once, not when the sweep comes by. */
function asOfNow(row: VideoRow): VideoRow {
  const over = row.expiresAt !== null && row.expiresAt.getTime() <= Date.now();
  return over ? { ...row, mediaDeletedAt: row.mediaDeletedAt ?? row.expiresAt } : row;
}

/** The owner's video, or undefined: another's video and a deleted one look like none. */
export async function findVideo(ownerId: string, id: string): Promise<VideoRow | undefined> {
  const row = await db().video.findFirst({ where: { id, ownerId, ...present }, include });
  return row ? asOfNow(row) : undefined;
}

export async function findTitle(tx: Tx, id: string): Promise<string> {
  return (await tx.video.findUnique({ where: { id }, select: { title: true } }))?.title ?? "";
}

/** For the pipeline, which works for every owner as long as there are files to work on. */
export async function findVideoForWork(id: string): Promise<VideoRow | undefined> {
  const where = { id, mediaDeletedAt: null, ...present };
  const row = await db().video.findFirst({ where, include });
  return row && asOfNow(row).mediaDeletedAt === null ? row : undefined;
}

export async function listVideos(
  ownerId: string,
  query: Omit<ListVideosQuery, "of">,
): Promise<VideoRow[]> {
  const rows = await db().video.findMany({
    where: {
      ownerId,
      status: query.status ?? present.status,
      ...(query.q && { title: { contains: query.q, mode: "insensitive" } }),
      ...(query.cursor && { id: { lt: query.cursor } }),
    },
    orderBy: { id: "desc" },
    take: query.limit,
    include,
  });
  return rows.map(asOfNow);
}

/** A video of somebody else's, with what the reader may do with it. */
export interface SharedRow {
  row: VideoRow;
  role: "viewer" | "editor";
  ownerName: string;
}

/** Videos that somebody is a member of, or is invited to at their address. */
export async function listShared(
  reader: { userId: string; email: string | null },
  query: Omit<ListVideosQuery, "of">,
): Promise<SharedRow[]> {
  const now = new Date();
  const open = { revokedAt: null, expiresAt: { gt: now } };
  // As `accessToVideo` says: who was invited keeps that when a link has ended.
  const member = {
    userId: reader.userId,
    OR: [{ linkId: null }, { email: { not: null } }, { link: open }],
  } satisfies Prisma.VideoMemberWhereInput;
  const invited = { email: reader.email ?? "", expiresAt: { gt: now } };
  const rows = await db().video.findMany({
    where: {
      ownerId: { not: reader.userId },
      owner: { disabledAt: null, erasedAt: null, deletionRequestedAt: null },
      status: query.status ?? present.status,
      OR: [{ members: { some: member } }, { invitations: { some: invited } }],
      ...(query.q && { title: { contains: query.q, mode: "insensitive" } }),
      ...(query.cursor && { id: { lt: query.cursor } }),
    },
    orderBy: { id: "desc" },
    take: query.limit,
    include: {
      ...include,
      owner: { select: { name: true } },
      members: { where: member, include: { link: true } },
      invitations: { where: invited },
    },
  });
  return rows.map(({ owner, members, invitations, ...row }) => {
    const [mine] = members;
    const ended = mine?.link && (mine.link.revokedAt || mine.link.expiresAt <= now);
    const role = invitations[0]?.role ?? (ended ? "viewer" : mine?.role);
    return {
      row: asOfNow(row),
      role: role === "editor" ? "editor" : "viewer",
      ownerName: owner.name,
    };
  });
}

export async function insertVideo(
  tx: Tx,
  video: {
    id: string;
    ownerId: string;
    title: string;
    fileName: string;
    contentType: string;
    sizeBytes: number;
    sourceKey: string;
    durationMs: number | null;
  },
): Promise<void> {
  await tx.video.create({ data: video });
}

export async function updateVideo(
  id: string,
  data: Prisma.VideoUpdateInput & { status?: VideoStatus },
  tx: Tx | ReturnType<typeof db> = db(),
): Promise<void> {
  await tx.video.updateMany({
    where: { id, ...present },
    data: data as Prisma.VideoUpdateManyMutationInput,
  });
}

/** Notes what the pipeline found or made, unless the files went meanwhile. */
export async function updatePrepared(
  id: string,
  data: Prisma.VideoUpdateInput & { status?: VideoStatus },
): Promise<void> {
  await db().video.updateMany({
    where: { id, mediaDeletedAt: null, ...present },
    data: data as Prisma.VideoUpdateManyMutationInput,
  });
}

/** Moves a video out of sight; false when it already was. */
export async function markDeleting(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { count } = await tx.video.updateMany({
    where: { id, ownerId, ...present },
    data: { status: "deleting" },
  });
  return count === 1;
}

/** Moves the owner's videos whose file isn't wholly there out of sight; answers their ids. */
export async function markUploadingDeleted(tx: Tx, ownerId: string): Promise<string[]> {
  const rows = await tx.video.updateManyAndReturn({
    where: { ownerId, status: "uploading" },
    data: { status: "deleting" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Notes that every file of the owner's videos goes; answers the ids of those it is new for. */
export async function markMediaDeleted(tx: Tx, ownerId: string, at: Date): Promise<string[]> {
  const rows = await tx.video.updateManyAndReturn({
    where: { ownerId, mediaDeletedAt: null, ...present },
    data: { mediaDeletedAt: at, thumbnailKey: null, peaksKey: null, previewKey: null },
    select: { id: true },
  });
  // Nothing will prepare it any more.
  await tx.video.updateMany({
    where: { ownerId, status: "preparing", mediaDeletedAt: { not: null } },
    data: { status: "ready" },
  });
  return rows.map(({ id }) => id);
}

/** Forgets all that was made of the owner's videos to take home; answers of which videos. */
export async function deleteRendersOf(tx: Tx, ownerId: string): Promise<string[]> {
  const where = { video: { ownerId } };
  const rows = await tx.videoRender.findMany({
    where,
    distinct: ["videoId"],
    select: { videoId: true },
  });
  await tx.videoRender.deleteMany({ where });
  return rows.map(({ videoId }) => videoId);
}

/** A video that is being deleted or has been: where its objects are. */
export async function findDeleting(id: string) {
  const row = await db().video.findFirst({
    where: { id, status: { in: ["deleting", "deleted"] } },
    select: { sourceKey: true, upload: { select: { storageUploadId: true } } },
  });
  return row ?? undefined;
}

/** A video whose files are to be gone. */
export async function findMediaDeleted(id: string): Promise<{ sourceKey: string } | undefined> {
  const row = await db().video.findFirst({
    where: { id, mediaDeletedAt: { not: null } },
    select: { sourceKey: true },
  });
  return row ?? undefined;
}

/** The originals of everything that was ever the owner's. */
export async function sourceKeysOf(ownerId: string): Promise<string[]> {
  const rows = await db().video.findMany({ where: { ownerId }, select: { sourceKey: true } });
  return rows.map((row) => row.sourceKey);
}

/**
 * Leaves the tombstone: what was there and when it went, without its name, and without anything
 * that was made of it or brought for it.
 */
export async function markDeleted(id: string): Promise<void> {
  await db().$transaction([
    db().job.deleteMany({ where: { videoId: id } }),
    db().track.deleteMany({ where: { videoId: id } }),
    db().transcript.deleteMany({ where: { videoId: id } }),
    db().videoSpeaker.deleteMany({ where: { videoId: id } }),
    db().videoMember.deleteMany({ where: { videoId: id } }),
    db().shareLink.deleteMany({ where: { videoId: id } }),
    db().videoInvitation.deleteMany({ where: { videoId: id } }),
    db().upload.deleteMany({ where: { videoId: id } }),
    db().video.updateMany({
      where: { id, status: "deleting" },
      data: {
        status: "deleted",
        deletedAt: new Date(),
        title: "",
        fileName: "",
        thumbnailKey: null,
        peaksKey: null,
        previewKey: null,
      },
    }),
  ]);
}
