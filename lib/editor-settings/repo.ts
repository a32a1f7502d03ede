import "server-only";
import { db, type Prisma } from "@/lib/db";
import type { Tx } from "@/lib/transaction";

/** What is stored of a person's settings, or undefined. */
export async function readSettings(userId: string): Promise<unknown> {
  const row = await db().editorSettings.findUnique({
    where: { userId },
    select: { settings: true },
  });
  return row?.settings;
}

/** What is stored, for whoever changes it: a second change waits for the first. */
export async function lockSettings(tx: Tx, userId: string): Promise<unknown> {
  await tx.editorSettings.createMany({ data: [{ userId }], skipDuplicates: true });
  const rows = await tx.$queryRaw<{ settings: unknown }[]>`
    SELECT settings FROM editor_settings WHERE user_id = ${userId}::uuid FOR UPDATE`;
  return rows[0]?.settings;
}

export async function writeSettings(tx: Tx, userId: string, settings: object): Promise<void> {
  await tx.editorSettings.update({
    where: { userId },
    data: { settings: settings as Prisma.InputJsonValue, updatedAt: new Date() },
  });
}
