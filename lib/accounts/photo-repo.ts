import "server-only";
import { db, type Tx } from "@/lib/db";

export async function findPhotoKey(userId: string): Promise<string | undefined> {
  const where = { id: userId, disabledAt: null, erasedAt: null };
  const row = await db().user.findFirst({ where, select: { photoKey: true } });
  return row?.photoKey ?? undefined;
}

/**
 * Points the account to another picture, or to none, and answers what it pointed to before; one at
 * a time, so that every picture is handed to exactly one caller for deletion.
 * @returns undefined when there is no such account
 */
export async function replacePhotoKey(
  tx: Tx,
  userId: string,
  photoKey: string | null,
): Promise<{ before: string | null } | undefined> {
  const [row] = await tx.$queryRaw<{ before: string | null }[]>`
    SELECT photo_key AS before FROM users
    WHERE id = ${userId}::uuid AND disabled_at IS NULL AND erased_at IS NULL FOR UPDATE`;
  if (row) await tx.user.update({ where: { id: userId }, data: { photoKey } });
  return row;
}
