import "server-only";
import type { Prisma, Tx } from "@/lib/db";
import type { SubtitleOperation } from "@/lib/subtitles/operations";
import type { Client } from "./repo";
import type { LoggedEdit } from "./sync-schema";

const fromJson = <T>(value: Prisma.JsonValue): T => value as unknown as T;
const toJson = (value: unknown) => value as Prisma.InputJsonValue;

/** Operations after `revision`, up to `until` where it is given, oldest first. */
export async function operationsAfter(
  client: Client,
  trackId: string,
  revision: number,
  until?: number,
): Promise<LoggedEdit[]> {
  const rows = await client.trackOperation.findMany({
    where: { trackId, revision: { gt: revision, ...(until !== undefined && { lte: until }) } },
    orderBy: { revision: "asc" },
    select: {
      revision: true,
      clientOpId: true,
      groupId: true,
      undoes: true,
      actorId: true,
      operation: true,
    },
  });
  return rows.map((row) => ({ ...row, operation: fromJson<SubtitleOperation>(row.operation) }));
}

/** How long the operations after `revision` are in JSON, in bytes. */
export async function bytesAfter(
  client: Client,
  trackId: string,
  revision: number,
): Promise<number> {
  const [row] = await client.$queryRaw<{ bytes: number }[]>`
    SELECT COALESCE(SUM(octet_length(operation::text)), 0)::float AS bytes
    FROM track_operations WHERE track_id = ${trackId}::uuid AND revision > ${revision}`;
  return row?.bytes ?? 0;
}

/** Which of these edits are stored, and as what. */
export async function findByClientOpIds(
  tx: Tx,
  trackId: string,
  clientOpIds: string[],
): Promise<Map<string, { revision: number; actorId: string }>> {
  const rows = await tx.trackOperation.findMany({
    where: { trackId, clientOpId: { in: clientOpIds } },
    select: { clientOpId: true, revision: true, actorId: true },
  });
  return new Map(rows.map(({ clientOpId, ...row }) => [clientOpId, row]));
}

export interface NewOperation extends Omit<LoggedEdit, "groupId" | "undoes"> {
  baseRevision: number;
  groupId?: string | null;
  undoes?: string | null;
  inverse: SubtitleOperation;
}

/** Appends to a track's log; its row is the caller's to bring along, see `advanceTrack`. */
export async function insertOperations(
  tx: Tx,
  trackId: string,
  operations: readonly NewOperation[],
): Promise<void> {
  await tx.trackOperation.createMany({
    data: operations.map(({ operation, inverse, ...row }) => ({
      ...{ ...row, trackId, operation: toJson(operation), inverse: toJson(inverse) },
    })),
  });
}

export interface EditOfCue {
  revision: number;
  kind: SubtitleOperation["kind"];
  at: Date;
  actorId: string;
  /** Null: the account is gone. */
  name: string | null;
}

/** Most that is told of a cue's edits. */
export const mostEditsOfCue = 200;

/** The newest edits that name a cue anywhere, oldest first. */
export async function operationsOn(
  client: Client,
  trackId: string,
  cueId: string,
): Promise<EditOfCue[]> {
  return client.$queryRaw<EditOfCue[]>`
    SELECT * FROM (SELECT o.revision, o.operation ->> 'kind' AS kind, o.created_at AS at,
           o.actor_id::text AS "actorId", u.name
    FROM track_operations o LEFT JOIN users u ON u.id = o.actor_id AND u.erased_at IS NULL
    WHERE o.track_id = ${trackId}::uuid
      AND jsonb_path_exists(o.operation, '$.** ? (@ == $id)',
                            jsonb_build_object('id', ${cueId}::text))
    ORDER BY o.revision DESC LIMIT ${mostEditsOfCue}) newest
    ORDER BY revision`;
}

/** Names of accounts that are there, by id. */
export async function namesOf(client: Client, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await client.user.findMany({
    where: { id: { in: ids }, erasedAt: null },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
