import "server-only";
import { db, type Tx } from "@/lib/db";
import type { FindingCode } from "@/lib/subtitles/quality/types";
import type { IgnoredView, IgnoreInput } from "./ignored-schema";

interface IgnoredRow {
  key: string;
  cueId: string;
  code: string;
  reason: string;
  at: Date;
  byId: string | null;
  byName: string | null;
}

/** In the order of being ignored. */
export async function readIgnored(trackId: string, client: Tx = db()): Promise<IgnoredView[]> {
  const rows = await client.$queryRaw<IgnoredRow[]>`
    SELECT f.key, f.cue_id AS "cueId", f.code, f.reason, f.created_at AS at,
           u.id::text AS "byId", u.name AS "byName"
    FROM ignored_findings f LEFT JOIN users u ON u.id = f.actor_id AND u.erased_at IS NULL
    WHERE f.track_id = ${trackId}::uuid ORDER BY f.created_at, f.key`;
  return rows.map(({ key, cueId, code, reason, at, byId, byName }) => ({
    ...{ key, cueId, reason },
    code: code as FindingCode,
    by: byId !== null && byName !== null ? { id: byId, name: byName } : null,
    at: at.toISOString(),
  }));
}

export function countIgnored(tx: Tx, trackId: string): Promise<number> {
  return tx.ignoredFinding.count({ where: { trackId } });
}

/** What is ignored already keeps the reason it has. Answers how many are new. */
export async function insertIgnored(
  tx: Tx,
  trackId: string,
  options: IgnoreInput & { actorId: string; at: Date },
): Promise<number> {
  const { findings, reason, actorId, at: createdAt } = options;
  const data = findings.map((finding) => ({ ...finding, trackId, reason, actorId, createdAt }));
  return (await tx.ignoredFinding.createMany({ data, skipDuplicates: true })).count;
}

/** Answers how many there were. */
export async function deleteIgnored(
  tx: Tx,
  trackId: string,
  keys: readonly string[],
): Promise<number> {
  const where = { trackId, key: { in: [...keys] } };
  return (await tx.ignoredFinding.deleteMany({ where })).count;
}
