import "server-only";
import { db, type Tx } from "@/lib/db";

export interface DeviceRow {
  hash: string;
  network: string | null;
}

export async function findDevices(userId: string, tx: Tx = db()): Promise<DeviceRow[]> {
  return tx.knownDevice.findMany({ where: { userId }, select: { hash: true, network: true } });
}

export async function upsertDevice(
  tx: Tx,
  device: { userId: string; hash: string; label: string; network: string | null; at: Date },
): Promise<void> {
  const { userId, hash, label, network, at } = device;
  await tx.knownDevice.upsert({
    where: { userId_hash: { userId, hash } },
    create: { userId, hash, label, network, firstSeenAt: at, lastSeenAt: at },
    update: { label, network, lastSeenAt: at },
  });
}

/** Makes strangers of an account's devices, all but `except`. */
export async function deleteDevices(tx: Tx, userId: string, except?: string): Promise<void> {
  await tx.knownDevice.deleteMany({
    where: { userId, ...(except && { hash: { not: except } }) },
  });
}

export async function deleteUnseenDevices(before: Date): Promise<number> {
  const { count } = await db().knownDevice.deleteMany({ where: { lastSeenAt: { lt: before } } });
  return count;
}
