import "server-only";
import { db, type Tx } from "@/lib/db";
import type { FindingRequest, FindingState, FindingView } from "./findings-schema";

type FindingRow = Omit<FindingView, "firstSeen" | "lastSeen"> & { firstSeen: Date; lastSeen: Date };

/** The finding of this kind about this subject, locked; made when there was none. */
export async function lockFinding(
  tx: Tx,
  request: FindingRequest & { id: string; at: Date },
): Promise<{ row: FindingRow; isNew: boolean }> {
  const { at, code, subject, ...rest } = request;
  const data = { ...rest, code, subject, firstSeen: at, lastSeen: at };
  const { count } = await tx.moneyFinding.createMany({ data: [data], skipDuplicates: true });
  await tx.$queryRaw`
    SELECT id::text FROM money_findings WHERE code = ${code} AND subject = ${subject} FOR UPDATE`;
  const row = await tx.moneyFinding.findUniqueOrThrow({
    where: { code_subject: { code, subject } },
  });
  return { row: row as FindingRow, isNew: count === 1 };
}

export async function updateFinding(
  tx: Tx,
  id: string,
  change: Partial<Omit<FindingRow, "id" | "code" | "subject" | "firstSeen">>,
): Promise<void> {
  await tx.moneyFinding.update({ where: { id }, data: change });
}

/** A finding by its id, locked. */
export async function lockFindingById(tx: Tx, id: string): Promise<FindingRow | undefined> {
  await tx.$queryRaw`SELECT id::text FROM money_findings WHERE id = ${id}::uuid FOR UPDATE`;
  return ((await tx.moneyFinding.findUnique({ where: { id } })) as FindingRow | null) ?? undefined;
}

/** What was seen last comes first. */
export async function readFindings(options: {
  state?: FindingState | undefined;
  after?: string | undefined;
  limit: number;
}): Promise<FindingView[]> {
  const { state, after, limit } = options;
  const rows = await db().moneyFinding.findMany({
    where: state ? { state } : {},
    orderBy: [{ lastSeen: "desc" }, { id: "desc" }],
    ...(after && { cursor: { id: after }, skip: 1 }),
    take: limit,
  });
  return rows.map((row) => findingView(row as FindingRow));
}

export async function countFindings(): Promise<Record<FindingState, number>> {
  const rows = await db().moneyFinding.groupBy({ by: ["state"], _count: { _all: true } });
  const counts = { open: 0, acknowledged: 0, fixed: 0 };
  for (const { state, _count } of rows) counts[state] = _count._all;
  return counts;
}

export async function findFinding(id: string): Promise<FindingView | undefined> {
  const row = await db().moneyFinding.findUnique({ where: { id } });
  return row ? findingView(row as FindingRow) : undefined;
}

export function findingView(row: FindingRow): FindingView {
  const { firstSeen, lastSeen, ...rest } = row;
  return { ...rest, firstSeen: firstSeen.toISOString(), lastSeen: lastSeen.toISOString() };
}
