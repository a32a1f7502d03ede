import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";

export interface EventRow {
  id: string;
  kind: string;
  orderId: string | null;
  paymentKey: string | null;
  body: Prisma.JsonValue;
  processedAt: Date | null;
}

/**
 * Keeps an event once; what is delivered again only counts its deliveries. Answers the row, and
 * whether it is new.
 */
export async function insertEvent(
  tx: Tx,
  event: {
    id: string;
    transmissionId: string;
    kind: string;
    orderId: string | null;
    paymentKey: string | null;
    body: object;
    retriedCount: number;
    receivedAt: Date;
    processedAt: Date | null;
    outcome: string | null;
  },
): Promise<{ id: string; isNew: boolean }> {
  const { transmissionId, retriedCount } = event;
  const { count } = await tx.providerEvent.createMany({
    data: [event as Prisma.ProviderEventCreateManyInput],
    skipDuplicates: true,
  });
  if (count === 1) return { id: event.id, isNew: true };
  await tx.providerEvent.updateMany({
    where: { transmissionId, retriedCount: { lt: retriedCount } },
    data: { retriedCount },
  });
  const row = await tx.providerEvent.findUniqueOrThrow({
    where: { transmissionId },
    select: { id: true },
  });
  return { id: row.id, isNew: false };
}

export async function findEvent(id: string): Promise<EventRow | undefined> {
  const row = await db().providerEvent.findUnique({
    where: { id },
    select: {
      id: true,
      kind: true,
      orderId: true,
      paymentKey: true,
      body: true,
      processedAt: true,
    },
  });
  return row ?? undefined;
}

export async function endEvent(tx: Tx, id: string, outcome: string, at: Date): Promise<void> {
  await tx.providerEvent.updateMany({
    where: { id, processedAt: null },
    data: { processedAt: at, outcome },
  });
}

/** Events received within a time that nobody has dealt with, the newest first. */
export async function waitingEvents(
  received: { from: Date; to: Date },
  limit: number,
): Promise<string[]> {
  const rows = await db().providerEvent.findMany({
    where: { processedAt: null, receivedAt: { gte: received.from, lt: received.to } },
    orderBy: { receivedAt: "desc" },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Gives events up that nobody could deal with: received before `before`. */
export async function giveUpEvents(before: Date, at: Date): Promise<void> {
  await db().providerEvent.updateMany({
    where: { processedAt: null, receivedAt: { lt: before } },
    data: { processedAt: at, outcome: "unanswered" },
  });
}

/** Removes events received before `at`. */
export async function deleteEvents(at: Date): Promise<number> {
  const { count } = await db().providerEvent.deleteMany({ where: { receivedAt: { lt: at } } });
  return count;
}
