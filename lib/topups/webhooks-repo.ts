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

/** Events received before `at` that nobody has dealt with. */
export async function waitingEvents(at: Date, limit: number): Promise<string[]> {
  const rows = await db().providerEvent.findMany({
    where: { processedAt: null, receivedAt: { lt: at } },
    orderBy: { receivedAt: "asc" },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Removes events dealt with before `at`: they name payers. */
export async function deleteEvents(at: Date): Promise<number> {
  const { count } = await db().providerEvent.deleteMany({ where: { processedAt: { lt: at } } });
  return count;
}
