import "server-only";
import { db, Prisma, type Tx } from "@/lib/db";
import { type ChainRow, chainStart } from "./chain";
import type { AuditName } from "./schema";

/** The end of the log: what the next row is sealed to. */
export interface ChainHead {
  /** 0 when the log is empty. */
  seq: bigint;
  hash: string;
  name: string;
}

/**
 * Makes every other append wait until this transaction ends, then reads the head. Two statements:
 * one alone would look at the log as it was before its wait.
 */
export async function lockHead(tx: Tx): Promise<ChainHead> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('audit_events', 0))`;
  return head(tx);
}

/** The last row there is. */
export function findHead(): Promise<ChainHead> {
  return head(db());
}

async function head(on: Pick<Tx, "auditEvent">): Promise<ChainHead> {
  const row = await on.auditEvent.findFirst({
    orderBy: { seq: "desc" },
    select: { seq: true, hash: true, name: true },
  });
  return row ?? { seq: 0n, hash: chainStart, name: "" };
}

export async function insertRow(tx: Tx, row: ChainRow): Promise<void> {
  await tx.auditEvent.create({ data: { ...row, detail: row.detail as Prisma.InputJsonValue } });
}

/** Up to `limit` rows after `afterSeq`, up to `toSeq`, in order. */
export function readRows(options: {
  afterSeq: bigint;
  toSeq: bigint;
  limit: number;
}): Promise<ChainRow[]> {
  const { afterSeq, toSeq, limit } = options;
  return db().auditEvent.findMany({
    where: { seq: { gt: afterSeq, lte: toSeq } },
    orderBy: { seq: "asc" },
    take: limit,
  });
}

/** How many different accounts log-ins from one network have failed for since `since`. */
export async function countFailingAccounts(networkHash: string, since: Date): Promise<number> {
  const failed: AuditName = "authn_login_fail";
  const [row] = await db().$queryRaw<{ accounts: bigint }[]>`
    SELECT count(DISTINCT detail->>'account') AS accounts FROM audit_events
    WHERE network_hash = ${networkHash} AND name = ${failed} AND at > ${since}`;
  return Number(row?.accounts ?? 0n);
}

/** How often log-in to an account has failed since it last worked, `since` at the earliest. */
export async function countFailuresInARow(subjectId: string, since: Date): Promise<number> {
  const failed: AuditName = "authn_login_fail";
  const worked: AuditName[] = ["authn_login_success", "authn_login_successafterfail"];
  const [row] = await db().$queryRaw<{ failures: bigint }[]>`
    WITH recent AS (
      SELECT seq, name FROM audit_events
      WHERE subject_id = ${subjectId}::uuid AND at > ${since}
    )
    SELECT count(*) AS failures FROM recent
    WHERE name = ${failed} AND seq > coalesce(
      (SELECT max(seq) FROM recent WHERE name IN (${Prisma.join(worked)})), 0)`;
  return Number(row?.failures ?? 0n);
}

/** How often a person was recorded under one of `names`. */
export function countNamed(options: {
  actorId: string;
  names: readonly AuditName[];
  since: Date;
}): Promise<number> {
  const { actorId, names, since } = options;
  return db().auditEvent.count({ where: { actorId, name: { in: [...names] }, at: { gt: since } } });
}
