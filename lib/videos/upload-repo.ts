import "server-only";
import { db, Prisma, type Tx } from "@/lib/db";
import { type JobMaterial, readMaterial } from "@/lib/jobs/material";

const include = {
  video: true,
  parts: { orderBy: { partNumber: "asc" } },
} satisfies Prisma.UploadInclude;

export type UploadRow = Prisma.UploadGetPayload<{ include: typeof include }>;

export async function findUpload(ownerId: string, id: string): Promise<UploadRow | undefined> {
  const row = await db().upload.findFirst({ where: { id, ownerId }, include });
  return row ?? undefined;
}

/** The owner's unfinished upload of the file with this fingerprint. */
export async function findActiveUpload(
  ownerId: string,
  fingerprint: string,
): Promise<UploadRow | undefined> {
  const row = await db().upload.findFirst({
    where: { ownerId, fingerprint, state: "active" },
    orderBy: { createdAt: "desc" },
    include,
  });
  return row ?? undefined;
}

/** Lets one of several tabs that start the same file at once go first. */
export async function lockFingerprint(tx: Tx, ownerId: string, fingerprint: string): Promise<void> {
  const key = `${ownerId}:${fingerprint}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

export async function activeUploadInside(
  tx: Tx,
  ownerId: string,
  fingerprint: string,
): Promise<{ id: string } | undefined> {
  const where = { ownerId, fingerprint, state: "active" } as const;
  return (await tx.upload.findFirst({ where, select: { id: true } })) ?? undefined;
}

export async function insertUpload(
  tx: Tx,
  upload: {
    id: string;
    ownerId: string;
    videoId: string;
    fingerprint: string;
    partSizeBytes: number;
    /** Subtitles to start once the file is there. */
    order: UploadOrder | null;
  },
): Promise<void> {
  const { order, ...row } = upload;
  await tx.upload.create({ data: { ...row, ...orderColumns(order) } });
}

/** What is ordered with an upload. */
export type UploadOrder = Pick<CaptionOrder, "language" | "material" | "maxCredits">;

function orderColumns(order: UploadOrder | null) {
  return {
    captionLanguage: order?.language ?? null,
    captionOptions: order?.material ?? Prisma.DbNull,
    captionMaxCredits: order?.maxCredits ?? null,
  };
}

/** Notes what the storage calls this upload, unless another tab was first. */
export async function attachStorageUpload(
  id: string,
  names: { storageUploadId: string; storageKey: string },
): Promise<void> {
  await db().upload.updateMany({ where: { id, storageUploadId: null }, data: names });
}

/** Subtitles that were ordered with an upload. */
export interface CaptionOrder {
  uploadId: string;
  ownerId: string;
  videoId: string;
  title: string;
  /** Null while it isn't known. */
  durationMs: number | null;
  /** "auto" or a code. */
  language: string;
  /** What else was ordered; null: the defaults as they are when the file is there. */
  material: JobMaterial | null;
  /** Null: at any price. */
  maxCredits: number | null;
}

/** Puts an order in place of the one before, or takes it away; false when the upload has ended. */
export async function setCaptionOrder(
  tx: Tx,
  id: string,
  order: UploadOrder | null,
): Promise<boolean> {
  const { count } = await tx.upload.updateMany({
    where: { id, state: "active" },
    data: orderColumns(order),
  });
  return count === 1;
}

/** The order of a complete upload that is still to be carried out. */
export async function waitingOrder(tx: Tx, videoId: string): Promise<CaptionOrder | undefined> {
  const row = await tx.upload.findFirst({
    where: { videoId, state: "completed", captionSettledAt: null },
    include: { video: { select: { title: true, durationMs: true } } },
  });
  if (!row || row.captionLanguage === null) return undefined;
  const { id: uploadId, ownerId, captionLanguage: language, captionMaxCredits: maxCredits } = row;
  const material = row.captionOptions === null ? null : readMaterial(row.captionOptions);
  return { uploadId, ownerId, videoId, ...row.video, language, material, maxCredits };
}

/** Notes that an order is dealt with; false when somebody else was first. */
export async function settleCaptionOrder(tx: Tx, id: string, at: Date): Promise<boolean> {
  const where = { id, captionSettledAt: null };
  const { count } = await tx.upload.updateMany({ where, data: { captionSettledAt: at } });
  return count === 1;
}

/** A part sent again replaces itself. */
export async function upsertPart(
  uploadId: string,
  part: { partNumber: number; etag: string; sizeBytes: number },
): Promise<void> {
  const { partNumber, etag, sizeBytes } = part;
  await db().$transaction([
    db().uploadPart.upsert({
      where: { uploadId_partNumber: { uploadId, partNumber } },
      create: { uploadId, ...part },
      update: { etag, sizeBytes },
    }),
    db().upload.update({ where: { id: uploadId }, data: { touchedAt: new Date() } }),
  ]);
}

/** Ends an active upload; false when it had ended. */
export async function endUpload(
  tx: Tx,
  id: string,
  state: "completed" | "cancelled" | "expired",
): Promise<boolean> {
  const { count } = await tx.upload.updateMany({ where: { id, state: "active" }, data: { state } });
  if (count === 1) await tx.uploadPart.deleteMany({ where: { uploadId: id } });
  return count === 1;
}

/** Ends every active upload of an account. */
export async function cancelUploadsOf(tx: Tx, ownerId: string): Promise<void> {
  const rows = await tx.upload.updateManyAndReturn({
    where: { ownerId, state: "active" },
    data: { state: "cancelled" },
    select: { id: true },
  });
  await tx.uploadPart.deleteMany({ where: { uploadId: { in: rows.map(({ id }) => id) } } });
}

export async function staleUploads(before: Date): Promise<{ id: string; ownerId: string }[]> {
  return db().upload.findMany({
    where: { state: "active", touchedAt: { lt: before } },
    select: { id: true, ownerId: true },
    take: 100,
  });
}
