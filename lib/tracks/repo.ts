import "server-only";
import { db, Prisma, type Tx } from "@/lib/db";
import type { Cue, TrackContent } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import type { ReviewState } from "./review-states";

const fromJson = <T>(value: Prisma.JsonValue): T => value as unknown as T;
const toJson = (value: unknown) => value as Prisma.InputJsonValue;

const styleJson = (style: SubtitleStyle | null) => (style === null ? Prisma.DbNull : toJson(style));

export type Client = Tx | ReturnType<typeof db>;

export interface TrackRow {
  id: string;
  ownerId: string;
  videoId: string;
  language: string;
  sourceTrackId: string | null;
  /** Null: made before tracks had rules of their own. */
  profile: RuleProfile | null;
  style: SubtitleStyle | null;
  reviewState: ReviewState;
  reviewedAt: Date | null;
  reviewedById: string | null;
  revision: number;
  updatedAt: Date;
}

const columns = {
  id: true,
  ownerId: true,
  videoId: true,
  language: true,
  sourceTrackId: true,
  profile: true,
  style: true,
  reviewState: true,
  reviewedAt: true,
  reviewedById: true,
  revision: true,
  updatedAt: true,
} as const;

/** Outside a transaction: reads a track as it stands. */
export function reader(): Client {
  return db();
}

/**
 * The track of a video in a language, made at revision 0 where there is none, and locked either
 * way: of two jobs that end at once one is second.
 */
export async function lockTrackOf(
  tx: Tx,
  track: { id: string; ownerId: string; videoId: string; language: string },
): Promise<{ id: string; revision: number; made: boolean }> {
  const { count } = await tx.track.createMany({ data: [track], skipDuplicates: true });
  const rows = await tx.$queryRaw<{ id: string; revision: number }[]>`
    SELECT id::text, revision FROM tracks
    WHERE video_id = ${track.videoId}::uuid AND language = ${track.language} FOR UPDATE`;
  const [row] = rows;
  if (!row) throw new Error("the track was removed meanwhile");
  return { ...row, made: count === 1 };
}

/** What a job says about the track as a whole. */
export async function updateTrack(
  tx: Tx,
  id: string,
  change: { sourceTrackId?: string | null; profile?: RuleProfile },
): Promise<void> {
  const { profile, ...plain } = change;
  await tx.track.update({
    where: { id },
    data: { ...plain, ...(profile && { profile: toJson(profile) }), updatedAt: new Date() },
  });
}

/** The newest revision of a track; 0 for one that is gone. */
export async function revisionOf(id: string): Promise<number> {
  const row = await db().track.findUnique({ where: { id }, select: { revision: true } });
  return row?.revision ?? 0;
}

/** How a track looks now. */
export async function styleOf(tx: Tx, id: string): Promise<SubtitleStyle | null> {
  const row = await tx.track.findUniqueOrThrow({ where: { id }, select: { style: true } });
  return row.style === null ? null : fromJson<SubtitleStyle>(row.style);
}

/** Keeps the whole track at a revision; there may be one already. */
export async function insertSnapshot(
  tx: Tx,
  trackId: string,
  revision: number,
  content: TrackContent,
): Promise<void> {
  const { cues, style } = content;
  await tx.trackSnapshot.createMany({
    data: [{ trackId, revision, cues: toJson(cues), style: styleJson(style) }],
    skipDuplicates: true,
  });
}

/**
 * Brings a locked track's row to the revision of what has just been appended to its log. A track
 * that was approved is a draft again: answers whether it was.
 */
export async function advanceTrack(
  tx: Tx,
  id: string,
  change: { revision: number; actorId: string; style?: SubtitleStyle | null },
): Promise<{ approvalEnded: boolean }> {
  const { revision, actorId, style } = change;
  const now = new Date();
  await tx.track.update({
    where: { id },
    data: { revision, updatedAt: now, ...(style !== undefined && { style: styleJson(style) }) },
  });
  const { count } = await tx.track.updateMany({
    where: { id, reviewState: "approved" satisfies ReviewState },
    data: {
      reviewState: "draft" satisfies ReviewState,
      reviewedAt: now,
      reviewedById: actorId,
    },
  });
  return { approvalEnded: count === 1 };
}

/** The owner's track of a video that is there, or undefined. */
export async function findTrack(
  ownerId: string,
  id: string,
  client: Client = db(),
): Promise<TrackRow | undefined> {
  const where = { id, ownerId, video: { status: { notIn: ["deleting", "deleted"] } } };
  const row = await client.track.findFirst({
    where: where as Prisma.TrackWhereInput,
    select: columns,
  });
  if (!row) return undefined;
  return {
    ...row,
    profile: row.profile === null ? null : fromJson<RuleProfile>(row.profile),
    style: row.style === null ? null : fromJson<SubtitleStyle>(row.style),
    reviewState: row.reviewState as ReviewState,
  };
}

/** The track's row, locked: edits of one track happen one after the other. */
export async function lockTrack(tx: Tx, id: string): Promise<{ revision: number } | undefined> {
  const rows = await tx.$queryRaw<{ revision: number }[]>`
    SELECT revision FROM tracks WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0];
}

/**
 * The row of a track and those of its translations, locked, always in the same order: two who
 * carry times over can't wait for each other.
 */
export async function lockWithTranslations(
  tx: Tx,
  id: string,
): Promise<{ id: string; revision: number }[]> {
  return tx.$queryRaw<{ id: string; revision: number }[]>`
    SELECT id::text, revision FROM tracks
    WHERE id = ${id}::uuid OR source_track_id = ${id}::uuid ORDER BY tracks.id FOR UPDATE`;
}

/** Newest snapshot at or before `revision`; left out: of all. */
export async function newestSnapshot(
  client: Client,
  trackId: string,
  revision?: number,
): Promise<
  { revision: number; content: { cues: Cue[]; style: SubtitleStyle | null } } | undefined
> {
  const row = await client.trackSnapshot.findFirst({
    where: { trackId, ...(revision !== undefined && { revision: { lte: revision } }) },
    orderBy: { revision: "desc" },
    select: { revision: true, cues: true, style: true },
  });
  if (!row) return undefined;
  const style = row.style === null ? null : fromJson<SubtitleStyle>(row.style);
  return { revision: row.revision, content: { cues: fromJson<Cue[]>(row.cues), style } };
}
