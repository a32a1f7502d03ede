import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";

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
    captionLanguage: string | null;
  },
): Promise<void> {
  await tx.upload.create({ data: upload });
}

/** Notes what the storage calls this upload, unless another tab was first. */
export async function attachStorageUpload(
  id: string,
  names: { storageUploadId: string; storageKey: string },
): Promise<void> {
  await db().upload.updateMany({ where: { id, storageUploadId: null }, data: names });
}

/** The newest word on what is to happen with the file counts. */
export async function updateCaptionLanguage(id: string, language: string | null): Promise<void> {
  await db().upload.updateMany({
    where: { id, state: "active" },
    data: { captionLanguage: language },
  });
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
