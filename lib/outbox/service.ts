import "server-only";
import { subscribe } from "@/lib/live";
import { log } from "@/lib/log";
import type { Tx } from "@/lib/transaction";
import { deleteSent, insertEvents, outboxChannel, sendWaiting } from "./repo";
import type { OutboxEvent } from "./schema";

export type SendEvents = (events: OutboxEvent[]) => Promise<void>;

/** Tells the job engine about something, if and only if `tx` commits. */
export function publishEvent(tx: Tx, event: OutboxEvent): Promise<void> {
  return insertEvents(tx, [event]);
}

/** The same for any number of things at once. */
export function publishEvents(tx: Tx, events: OutboxEvent[]): Promise<void> {
  return insertEvents(tx, events);
}

/** Sends everything that waits. */
export async function relayOutbox(send: SendEvents): Promise<void> {
  while ((await sendWaiting(send)) > 0);
}

/** How long a sent event is kept for looking at, in ms. */
const keptMs = 7 * 24 * 3_600_000;

export function pruneOutbox(nowMs = Date.now()): Promise<number> {
  return deleteSent(new Date(nowMs - keptMs));
}

/**
 * Sends events as they are published, until stopped. A lost notification costs at most
 * `everyMs`; a failed send is tried again then.
 */
export async function startRelay(send: SendEvents, everyMs = 5_000): Promise<() => Promise<void>> {
  let running: Promise<void> | undefined;
  let again = false;
  const pump = async (): Promise<void> => {
    do {
      again = false;
      await relayOutbox(send).catch((error: unknown) =>
        log("outbox").error({ err: error }, "events could not be sent"),
      );
    } while (again);
    running = undefined;
  };
  const wake = () => {
    if (running) again = true;
    else running = pump();
  };
  const unsubscribe = await subscribe(outboxChannel, wake);
  const timer = setInterval(wake, everyMs);
  wake();
  return async () => {
    unsubscribe();
    clearInterval(timer);
    await running;
  };
}
