import "server-only";
import { db, type Tx } from "@/lib/db";
import type { InvariantFailure } from "./invariants";

export interface CheckRow {
  id: string;
  startedAt: Date;
  endedAt: Date;
  ok: boolean;
  failures: InvariantFailure[];
}

export async function insertCheck(tx: Tx, check: CheckRow): Promise<void> {
  const failures = check.failures.map((failure) => ({ ...failure }));
  await tx.ledgerCheck.create({ data: { ...check, failures } });
}

/** The newest check that has ended. */
export async function latestCheck(tx: Tx = db()): Promise<CheckRow | undefined> {
  const row = await tx.ledgerCheck.findFirst({ orderBy: { startedAt: "desc" } });
  // The column holds what `insertCheck` wrote.
  return row ? { ...row, failures: row.failures as unknown as InvariantFailure[] } : undefined;
}

export async function deleteChecksBefore(tx: Tx, at: Date): Promise<void> {
  await tx.ledgerCheck.deleteMany({ where: { startedAt: { lt: at } } });
}
