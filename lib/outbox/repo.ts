import "server-only";
import { db, type Tx } from "@/lib/db";
import type { OutboxEvent } from "./schema";

/** Channel that says new events are waiting. */
export const outboxChannel = "outbox";

/** Stores the events with whatever else `tx` makes true; the same id twice is one event. */
export async function insertEvents(tx: Tx, events: OutboxEvent[]): Promise<void> {
  await tx.outbox.createMany({ data: events, skipDuplicates: true });
  await tx.$executeRaw`SELECT pg_notify(${outboxChannel}, '')`;
}

/**
 * Takes the oldest waiting events, hands them to `send`, and marks them sent: one transaction, so
 * that a crash in between sends them again (their ids make that harmless). Other processes skip
 * the rows taken here. Answers how many were sent.
 */
export async function sendWaiting(
  send: (events: OutboxEvent[]) => Promise<void>,
  limit = 50,
): Promise<number> {
  return db().$transaction(
    async (tx) => {
      const rows = await tx.$queryRaw<OutboxEvent[]>`
        SELECT id, name, data FROM outbox WHERE sent_at IS NULL
        ORDER BY created_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
      if (rows.length === 0) return 0;
      await send(rows);
      const ids = rows.map((row) => row.id);
      await tx.outbox.updateMany({ where: { id: { in: ids } }, data: { sentAt: new Date() } });
      return rows.length;
    },
    { timeout: 30_000 },
  );
}

/** Removes events sent before `before`. */
export async function deleteSent(before: Date): Promise<number> {
  const { count } = await db().outbox.deleteMany({ where: { sentAt: { lt: before } } });
  return count;
}
