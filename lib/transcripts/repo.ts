import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { TranscriptFormat, TranscriptLine } from "./schema";

export interface TranscriptRow {
  id: string;
  ownerId: string;
  videoId: string;
  fileName: string;
  format: TranscriptFormat;
  lines: TranscriptLine[];
}

type Stored = Prisma.TranscriptGetPayload<true>;

function rowOf({ id, ownerId, videoId, fileName, format, lines }: Stored): TranscriptRow {
  return {
    ...{ id, ownerId, videoId, fileName },
    format: format as TranscriptFormat,
    lines: lines as unknown as TranscriptLine[],
  };
}

export async function insertTranscript(tx: Tx, row: TranscriptRow): Promise<void> {
  const lines = row.lines as unknown as Prisma.InputJsonValue;
  await tx.transcript.create({ data: { ...row, lines } });
}

/** The owner's text, or undefined: another's looks like none. */
export async function findTranscript(
  ownerId: string,
  id: string,
): Promise<TranscriptRow | undefined> {
  const row = await db().transcript.findFirst({ where: { id, ownerId } });
  return row ? rowOf(row) : undefined;
}

export async function readTranscriptRow(id: string): Promise<TranscriptRow | undefined> {
  const row = await db().transcript.findUnique({ where: { id } });
  return row ? rowOf(row) : undefined;
}

/** Removes a video's texts that no job was made from, but for the newest `keep`. */
export async function dropUnused(
  tx: Tx,
  { videoId, keep }: { videoId: string; keep: number },
): Promise<void> {
  const unused = await tx.transcript.findMany({
    where: { videoId, jobs: { none: {} } },
    orderBy: { id: "desc" },
    skip: keep,
    select: { id: true },
  });
  await tx.transcript.deleteMany({ where: { id: { in: unused.map(({ id }) => id) } } });
}
