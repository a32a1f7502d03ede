import "server-only";
import { db, type Prisma } from "@/lib/db";

/** What is stored of an account's last choice, or undefined. */
export async function readPreference(ownerId: string): Promise<unknown> {
  const row = await db().jobPreference.findUnique({
    where: { ownerId },
    select: { options: true },
  });
  return row?.options;
}

export async function writePreference(ownerId: string, options: object): Promise<void> {
  const data = { options: options as Prisma.InputJsonValue, updatedAt: new Date() };
  await db().jobPreference.upsert({
    where: { ownerId },
    create: { ownerId, ...data },
    update: data,
  });
}
