import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { ListVideosQuery, VideoStatus } from "./schema";

export type VideoRow = Prisma.VideoGetPayload<{
  include: {
    upload: { include: { parts: true } };
    tracks: { select: { id: true; language: true } };
  };
}>;

const include = {
  upload: { include: { parts: { orderBy: { partNumber: "asc" } } } },
  tracks: { select: { id: true, language: true }, orderBy: { createdAt: "desc" } },
} satisfies Prisma.VideoInclude;

/** What is neither deleted nor on its way there. */
const present = { status: { notIn: ["deleting", "deleted"] } } satisfies Prisma.VideoWhereInput;

/** The owner's video, or undefined: another's video and a deleted one look like none. */
export async function findVideo(ownerId: string, id: string): Promise<VideoRow | undefined> {
  const row = await db().video.findFirst({ where: { id, ownerId, ...present }, include });
  return row ?? undefined;
}

/** For the pipeline, which works for every owner. */
export async function findVideoForWork(id: string): Promise<VideoRow | undefined> {
  const row = await db().video.findFirst({ where: { id, ...present }, include });
  return row ?? undefined;
}

export async function listVideos(ownerId: string, query: ListVideosQuery): Promise<VideoRow[]> {
  return db().video.findMany({
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

/** Moves a video out of sight; false when it already was. */
export async function markDeleting(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { count } = await tx.video.updateMany({
    where: { id, ownerId, ...present },
    data: { status: "deleting" },
  });
  return count === 1;
}

/** Storage keys of a video that is being deleted. */
export async function keysOfDeleting(id: string): Promise<{ ownerId: string } | undefined> {
  const row = await db().video.findFirst({
    where: { id, status: "deleting" },
    select: { ownerId: true },
  });
  return row ?? undefined;
}

/** Leaves the tombstone: what was there and when it went, without its name. */
export async function markDeleted(id: string): Promise<void> {
  await db().$transaction([
    db().job.deleteMany({ where: { videoId: id } }),
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
