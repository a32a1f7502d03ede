import "server-only";
import { db, type Tx } from "@/lib/db";

export interface SecondFactorRow {
  sealedSecret: string;
  confirmedAt: Date | null;
  createdAt: Date;
}

export async function findSecondFactor(userId: string): Promise<SecondFactorRow | undefined> {
  const select = { sealedSecret: true, confirmedAt: true, createdAt: true } as const;
  return (await db().secondFactor.findUnique({ where: { userId }, select })) ?? undefined;
}

/** Replaces an unconfirmed secret; false when the second factor is on. */
export async function putUnconfirmed(
  tx: Tx,
  factor: { userId: string; sealedSecret: string; now: Date },
): Promise<boolean> {
  const { userId, sealedSecret, now } = factor;
  // One statement: of two tabs that begin at once, the later one's secret stays.
  const count = await tx.$executeRaw`
    INSERT INTO second_factors (user_id, sealed_secret, created_at)
    VALUES (${userId}::uuid, ${sealedSecret}, ${now})
    ON CONFLICT (user_id) DO UPDATE
      SET sealed_secret = excluded.sealed_secret, last_step = 0, created_at = excluded.created_at
      WHERE second_factors.confirmed_at IS NULL`;
  return count === 1;
}

/** Turns it on with the secret that was shown; false when another tab was faster. */
export async function confirmSecret(
  tx: Tx,
  factor: { userId: string; sealedSecret: string; step: number; now: Date },
): Promise<boolean> {
  const { userId, sealedSecret, step, now } = factor;
  const { count } = await tx.secondFactor.updateMany({
    where: { userId, sealedSecret, confirmedAt: null },
    data: { confirmedAt: now, lastStep: step },
  });
  return count === 1;
}

/** Uses up all steps until `step`; false when this one was used up before. */
export async function takeStep(userId: string, step: number): Promise<boolean> {
  const { count } = await db().secondFactor.updateMany({
    where: { userId, confirmedAt: { not: null }, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/** Uses up a code that is stored as one of `hashes`; false when there is no unused one. */
export async function takeRecoveryCode(
  tx: Tx,
  code: { userId: string; hashes: string[]; now: Date },
): Promise<boolean> {
  const { userId, hashes, now } = code;
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, hash: { in: hashes }, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}

export function countRecoveryCodes(userId: string, tx: Tx = db()): Promise<number> {
  return tx.recoveryCode.count({ where: { userId, usedAt: null } });
}

export async function replaceRecoveryCodes(
  tx: Tx,
  userId: string,
  hashes: string[],
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: hashes.map((hash) => ({ userId, hash })) });
}

/** Makes others wait who change this second factor; false when it is off. */
export async function lockSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM second_factors
    WHERE user_id = ${userId}::uuid AND confirmed_at IS NOT NULL FOR UPDATE`;
  return rows.length === 1;
}

export async function deleteSecondFactor(tx: Tx, userId: string): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.secondFactor.deleteMany({ where: { userId } });
}
