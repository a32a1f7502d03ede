import "server-only";
import { db, type Prisma } from "@/lib/db";
import type { SubtitleOperation } from "@/lib/subtitles/operations";
import { carriedId, type OwnEdit } from "./history";

const fromJson = <T>(value: Prisma.JsonValue): T => value as unknown as T;

/**
 * Somebody's own edits since the whole track was last replaced, by revision, without what they
 * did. Only small rows are looked into for the replacement: it has nothing but a number.
 */
export async function ownEdits(trackId: string, actorId: string): Promise<OwnEdit[]> {
  return db().$queryRaw<OwnEdit[]>`
    SELECT revision, client_op_id AS "clientOpId", group_id AS "groupId", undoes
    FROM track_operations
    WHERE track_id = ${trackId}::uuid AND actor_id = ${actorId}::uuid
      AND revision > COALESCE((
        SELECT max(revision) FROM track_operations
        WHERE track_id = ${trackId}::uuid
          AND CASE WHEN pg_column_size(operation) < 200
                   THEN operation ->> 'kind' = 'replace' ELSE false END), -1)
    ORDER BY revision`;
}

/** How long edits are in JSON with what takes them back, in bytes, by revision. */
export async function sizesOf(trackId: string, revisions: number[]): Promise<Map<number, number>> {
  const rows = await db().$queryRaw<{ revision: number; bytes: number }[]>`
    SELECT revision, octet_length(operation::text) + octet_length(inverse::text) AS bytes
    FROM track_operations
    WHERE track_id = ${trackId}::uuid AND revision = ANY(${revisions}::int[])`;
  return new Map(rows.map(({ revision, bytes }) => [revision, bytes]));
}

export interface OwnEditRow {
  revision: number;
  clientOpId: string;
  operation: SubtitleOperation;
  inverse: SubtitleOperation;
  at: Date;
}

/** Edits with what they did, by revision. */
export async function loadEdits(
  trackId: string,
  revisions: number[],
): Promise<Map<number, OwnEditRow>> {
  const rows = await db().trackOperation.findMany({
    where: { trackId, revision: { in: revisions } },
    select: { revision: true, clientOpId: true, operation: true, inverse: true, createdAt: true },
  });
  return new Map(
    rows.map(({ revision, clientOpId, operation, inverse, createdAt }) => [
      revision,
      {
        ...{ revision, clientOpId, at: createdAt },
        operation: fromJson<SubtitleOperation>(operation),
        inverse: fromJson<SubtitleOperation>(inverse),
      },
    ]),
  );
}

/** Which of these edits of a track its translations have followed. */
export async function carriedOf(trackId: string, clientOpIds: string[]): Promise<Set<string>> {
  const translations = await db().track.findMany({
    where: { sourceTrackId: trackId },
    select: { id: true },
  });
  if (translations.length === 0) return new Set();
  const trackIds = translations.map(({ id }) => id);
  const rows = await db().trackOperation.findMany({
    where: { trackId: { in: trackIds }, clientOpId: { in: clientOpIds.map(carriedId) } },
    select: { clientOpId: true },
  });
  const carried = new Set(rows.map(({ clientOpId }) => clientOpId));
  return new Set(clientOpIds.filter((id) => carried.has(carriedId(id))));
}
