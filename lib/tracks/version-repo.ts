import "server-only";
import { db, Prisma, type Tx } from "@/lib/db";
import type { QualityReport, TrackEvidence } from "@/lib/subtitles/quality/types";
import type { Client } from "./repo";
import type { VersionKind, VersionView } from "./schema";

const fromJson = <T>(value: Prisma.JsonValue): T => value as unknown as T;
const toJson = (value: unknown) => value as Prisma.InputJsonValue;

export interface VersionRow {
  number: number;
  revision: number;
  kind: VersionKind;
  report: QualityReport | null;
}

function versionOf(row: {
  number: number;
  revision: number;
  kind: string;
  report: Prisma.JsonValue;
}): VersionRow {
  const { number, revision } = row;
  const kind = row.kind as VersionKind;
  const report = row.report === null ? null : fromJson<QualityReport>(row.report);
  return { number, revision, kind, report };
}

const columns = { number: true, revision: true, kind: true, report: true } as const;

/** What a job has stored of this track already. */
export async function versionOfJob(
  tx: Tx,
  trackId: string,
  jobId: string,
): Promise<{ number: number } | undefined> {
  const where = { trackId, jobId, kind: "job" };
  return (await tx.trackVersion.findFirst({ where, select: { number: true } })) ?? undefined;
}

/** The newest version by number, or the one of a revision or number. */
export async function findVersion(
  client: Client,
  trackId: string,
  which: { number?: number; revision?: number } = {},
): Promise<VersionRow | undefined> {
  const row = await client.trackVersion.findFirst({
    where: { trackId, ...which },
    orderBy: { number: "desc" },
    select: columns,
  });
  return row ? versionOf(row) : undefined;
}

export async function insertVersion(
  tx: Tx,
  row: {
    trackId: string;
    number: number;
    revision: number;
    kind: VersionKind;
    jobId?: string;
    actorId?: string;
    restores?: number;
    evidence?: TrackEvidence;
    report?: QualityReport;
  },
): Promise<void> {
  const { evidence, report, ...plain } = row;
  await tx.trackVersion.create({
    data: {
      ...plain,
      ...(evidence && { evidence: toJson(evidence) }),
      ...(report && { report: toJson(report) }),
    },
  });
}

/**
 * The evidence that holds for a revision: that of the newest version at or before it that has one.
 */
export async function evidenceAt(
  client: Client,
  trackId: string,
  revision: number,
): Promise<TrackEvidence | undefined> {
  const [row] = await client.$queryRaw<{ evidence: Prisma.JsonValue }[]>`
    SELECT evidence FROM track_versions
    WHERE track_id = ${trackId}::uuid AND revision <= ${revision} AND evidence IS NOT NULL
    ORDER BY revision DESC LIMIT 1`;
  return row ? fromJson<TrackEvidence>(row.evidence) : undefined;
}

/** A page of versions, newest first, without what is only looked at one by one. */
export async function listVersionRows(
  trackId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<VersionView[]> {
  const rows = await db().$queryRaw<
    (Omit<VersionView, "actor" | "quality" | "at" | "name"> & {
      at: Date;
      actorId: string | null;
      name: string | null;
      called: string | null;
      cues: number | null;
      rulesKept: number | null;
      errors: number | null;
      warnings: number | null;
    })[]
  >`
    SELECT v.number, v.revision, v.kind, v.name AS called, v.job_id::text AS "jobId", v.restores,
           v.created_at AS at, v.actor_id::text AS "actorId", u.name,
           (v.report ->> 'cues')::int AS cues, (v.report ->> 'rulesKept')::float AS "rulesKept",
           (v.report #>> '{severities,error}')::int AS errors,
           (v.report #>> '{severities,warning}')::int AS warnings
    FROM track_versions v LEFT JOIN users u ON u.id = v.actor_id AND u.erased_at IS NULL
    WHERE v.track_id = ${trackId}::uuid AND (${before ?? null}::int IS NULL OR v.number < ${before ?? null}::int)
    ORDER BY v.number DESC LIMIT ${limit}`;
  return rows.map(({ at, actorId, name, called, cues, rulesKept, errors, warnings, ...row }) => ({
    ...row,
    name: called,
    actor: actorId !== null && name !== null ? { id: actorId, name } : null,
    at: at.toISOString(),
    quality:
      cues === null
        ? null
        : { cues, rulesKept: rulesKept ?? 1, errors: errors ?? 0, warnings: warnings ?? 0 },
  }));
}

/** Gives a version a name, or none. One that was kept for its name alone is one of the others. */
export async function setVersionName(
  tx: Tx,
  which: { trackId: string; number: number },
  name: string | null,
): Promise<boolean> {
  const rows = await tx.trackVersion.updateMany({ where: which, data: { name } });
  const [from, to] = name === null ? ["named", "kept"] : ["kept", "named"];
  await tx.trackVersion.updateMany({ where: { ...which, kind: from }, data: { kind: to } });
  return rows.count === 1;
}

/**
 * Forgets the oldest versions that were kept by themselves and that nobody has named, but for so
 * many, with their copies of the track: its log still holds what they were. One that was brought
 * back stays, as the version made of it names it.
 */
export async function thinOutKept(tx: Tx, trackId: string, most: number): Promise<void> {
  await tx.$executeRaw`
    WITH old AS (
      DELETE FROM track_versions WHERE track_id = ${trackId}::uuid AND number IN (
        SELECT v.number FROM track_versions v
        WHERE v.track_id = ${trackId}::uuid AND v.kind = 'kept' AND v.name IS NULL
          AND v.revision > 0 AND NOT EXISTS (SELECT 1 FROM track_versions r
            WHERE r.track_id = v.track_id AND r.restores = v.number)
        ORDER BY v.number DESC OFFSET ${most})
      RETURNING revision)
    DELETE FROM track_snapshots s USING old
    WHERE s.track_id = ${trackId}::uuid AND s.revision = old.revision`;
}

export function countNamed(tx: Tx, trackId: string): Promise<number> {
  return tx.trackVersion.count({ where: { trackId, name: { not: null } } });
}

/** Versions of people's making that nobody has judged yet, newest first. */
export async function unjudgedVersions(trackId: string, limit: number): Promise<number[]> {
  const rows = await db().trackVersion.findMany({
    where: {
      trackId,
      revision: { gte: 0 },
      kind: { not: "job" },
      report: { equals: Prisma.DbNull },
    },
    orderBy: { number: "desc" },
    take: limit,
    select: { number: true },
  });
  return rows.map(({ number }) => number);
}

/** Notes how good a version is: it never changes. */
export async function setVersionReport(
  which: { trackId: string; number: number },
  report: QualityReport,
): Promise<void> {
  await db().trackVersion.updateMany({ where: which, data: { report: toJson(report) } });
}
