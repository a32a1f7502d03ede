import "server-only";
import type { Tx } from "@/lib/db";

/**
 * Notes that the owner is told about running low; false when they were told already and have not
 * come above their level since.
 */
export async function setLow(tx: Tx, ownerId: string, at: Date): Promise<boolean> {
  const { count } = await tx.creditWallet.updateMany({
    where: { ownerId, lowSince: null },
    data: { lowSince: at },
  });
  return count === 1;
}

/**
 * Forgets that the owner was told, when they have their level or more again.
 * @param defaultLevel of an account that has chosen none
 */
export async function clearLow(tx: Tx, ownerId: string, defaultLevel: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE credit_wallets w SET low_since = NULL FROM users u
    WHERE w.owner_id = ${ownerId}::uuid AND u.id = w.owner_id AND w.low_since IS NOT NULL
      AND w.posted - w.held >= coalesce((u.notifications->>'lowBalance')::int, ${defaultLevel}::int)`;
}
