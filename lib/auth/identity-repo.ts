import "server-only";
import { db, type Tx, uniqueOr } from "@/lib/db";
import { newId } from "@/lib/ids";

export interface IdentityRow {
  id: string;
  userId: string;
  provider: string;
  email: string | null;
  createdAt: Date;
  lastUsedAt: Date;
}

/** Whose account this identity opens, and whether that may be opened. */
export async function findIdentity(
  provider: string,
  providerAccountId: string,
): Promise<(IdentityRow & { usable: boolean }) | undefined> {
  const row = await db().identity.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    include: { user: { select: { disabledAt: true, erasedAt: true } } },
  });
  if (!row) return undefined;
  const { user, ...identity } = row;
  return { ...identity, usable: user.disabledAt === null && user.erasedAt === null };
}

export async function findIdentities(userId: string, tx: Tx = db()): Promise<IdentityRow[]> {
  return tx.identity.findMany({ where: { userId }, orderBy: { createdAt: "asc" } });
}

/** @throws {AppError} `identity_taken` when it, or another of its provider, is linked already */
export async function insertIdentity(
  tx: Tx,
  identity: { userId: string; provider: string; providerAccountId: string; email: string | null },
): Promise<void> {
  const data = { id: newId(), ...identity };
  await uniqueOr("identity_taken", () => tx.identity.create({ data }));
}

export async function touchIdentity(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.identity.updateMany({ where: { id }, data: { lastUsedAt: at } });
}

/** Waits for whoever else changes how this account is opened. */
export async function lockAccount(tx: Tx, userId: string): Promise<{ hasPassword: boolean }> {
  const [row] = await tx.$queryRaw<{ hasPassword: boolean }[]>`
    SELECT password_hash IS NOT NULL AS "hasPassword" FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
  return { hasPassword: row?.hasPassword ?? false };
}

export async function deleteIdentity(tx: Tx, userId: string, provider: string): Promise<void> {
  await tx.identity.deleteMany({ where: { userId, provider } });
}
