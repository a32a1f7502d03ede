import "server-only";
import { db, type Tx } from "@/lib/db";
import type { Locale } from "./schema";

export interface LeavingAccount {
  email: string | null;
  name: string;
  locale: Locale;
  deletionRequestedAt: Date | null;
  erasedAt: Date | null;
}

/**
 * The account's row, locked until `tx` ends: who deletes, takes back or erases holds this. Rows
 * that refer to the account can be made meanwhile, or a finishing upload and a deletion would wait
 * for each other.
 */
export async function lockAccount(tx: Tx, id: string): Promise<LeavingAccount | undefined> {
  const rows = await tx.$queryRaw<(Omit<LeavingAccount, "locale"> & { locale: string })[]>`
    SELECT email, name, locale, deletion_requested_at AS "deletionRequestedAt",
           erased_at AS "erasedAt"
    FROM users WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = rows[0];
  return row && { ...row, locale: row.locale === "en" ? "en" : "ko" };
}

export async function setDeletionRequested(tx: Tx, id: string, at: Date | null): Promise<void> {
  await tx.user.update({ where: { id }, data: { deletionRequestedAt: at } });
}

/** Accounts whose deletion was asked for before `before` and isn't through, longest wait first. */
export async function accountsToErase(before: Date): Promise<string[]> {
  const rows = await db().user.findMany({
    where: { deletionRequestedAt: { lte: before } },
    orderBy: { deletionRequestedAt: "asc" },
    select: { id: true },
    take: 1000,
  });
  return rows.map(({ id }) => id);
}

/**
 * Takes everything personal out of the account's row and everything that opens it; what is left is
 * the id that records refer to.
 */
export async function makeTombstone(
  tx: Tx,
  id: string,
  account: { email: string | null; erasedAt: Date },
): Promise<void> {
  const { email, erasedAt } = account;
  await tx.identity.deleteMany({ where: { userId: id } });
  // Somebody may have begun to sign up with the address: such a token belongs to no account yet.
  if (email) await tx.oneTimeToken.deleteMany({ where: { email } });
  // Nor does what somebody would share with it.
  if (email) await tx.videoInvitation.deleteMany({ where: { email } });
  await tx.user.update({
    where: { id },
    data: {
      email: null,
      name: "",
      passwordHash: null,
      passwordChangedAt: null,
      photoKey: null,
      locale: "ko",
      theme: "system",
      notifications: {},
      erasedAt,
    },
  });
}

/** Rows deleted at once: a video takes thousands of rows with it. */
const batchSize = 20;

/**
 * Deletes every row that belongs to an account: those of all tables whose reference to it says
 * ON DELETE CASCADE, so that a table added later can't be forgotten. Records that must outlive the
 * account refer to it otherwise.
 */
export async function deleteRowsOf(userId: string, tx: Tx = db()): Promise<void> {
  for (const { table, column } of await ownedTables()) {
    // Both names come from the catalogue, quoted by Postgres itself.
    const statement = `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${table} WHERE ${column} = $1::uuid LIMIT ${batchSize}))`;
    while ((await tx.$executeRawUnsafe(statement, userId)) > 0);
  }
}

async function ownedTables(): Promise<{ table: string; column: string }[]> {
  return db().$queryRaw`
    SELECT c.conrelid::regclass::text AS "table", quote_ident(a.attname) AS "column"
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
    WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass AND c.confdeltype = 'c'
    ORDER BY 1, 2`;
}
