import "server-only";
import type { JWK } from "jose";
import { db, type Prisma, type Tx } from "@/lib/db";

export interface SigningKeyRow {
  kid: string;
  publicJwk: JWK;
  sealedPrivate: string;
  createdAt: Date;
  retiredAt: Date | null;
}

/** All keys, newest first. */
export async function findSigningKeys(tx: Tx = db()): Promise<SigningKeyRow[]> {
  const rows = await tx.signingKey.findMany({ orderBy: { createdAt: "desc" } });
  return rows.map((row) => ({ ...row, publicJwk: row.publicJwk as JWK }));
}

/** One process at a time makes keys. */
export async function lockSigningKeys(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signing_keys'))`;
}

export async function insertSigningKey(
  tx: Tx,
  key: { kid: string; publicJwk: JWK; sealedPrivate: string; createdAt: Date },
): Promise<void> {
  await tx.signingKey.create({
    data: { ...key, publicJwk: key.publicJwk as Prisma.InputJsonObject },
  });
}

export async function retireSigningKeys(tx: Tx, createdBefore: Date, at: Date): Promise<void> {
  await tx.signingKey.updateMany({
    where: { createdAt: { lt: createdBefore }, retiredAt: null },
    data: { retiredAt: at },
  });
}

export async function deleteSigningKeys(tx: Tx, retiredBefore: Date): Promise<void> {
  await tx.signingKey.deleteMany({ where: { retiredAt: { lt: retiredBefore } } });
}
