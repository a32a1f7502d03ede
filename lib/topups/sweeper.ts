import "server-only";
import { log } from "@/lib/log";
import { paymentProvider, paymentsAreConfigured } from "@/lib/payments";
import { orderLifeMs } from "./order-machine";
import { dueOrders, leftOrders } from "./orders-repo";
import { settleOrder } from "./settle";
import { processEvent, pruneEvents } from "./webhooks";
import { giveUpEvents, waitingEvents } from "./webhooks-repo";

/** So many of each kind are looked at in one run; the rest a minute later. */
const batch = 50;
/** An event that its own function hasn't dealt with by then is dealt with here, in ms. */
const lateMs = 2 * 60_000;
/** Toss sends one for as long as this; its order is asked about by itself anyway. */
const givenUpMs = 4 * 24 * 3_600_000;

/**
 * Looks after everything about payments that may have been left lying: confirmations whose outcome
 * isn't known, orders nobody paid, events nobody has dealt with. Any number may run at once. Answers
 * how much was looked at.
 */
export async function sweepPayments(
  nowMs = Date.now(),
  provider = paymentsAreConfigured() ? paymentProvider() : undefined,
): Promise<number> {
  if (!provider) return 0;
  const [due, left, events] = await Promise.all([
    dueOrders(new Date(nowMs), batch),
    leftOrders(new Date(nowMs - orderLifeMs), batch),
    waitingEvents({ from: new Date(nowMs - givenUpMs), to: new Date(nowMs - lateMs) }, batch),
  ]);
  for (const orderId of [...due, ...left]) {
    await each({ orderId }, () => settleOrder(orderId, nowMs, provider));
  }
  for (const eventId of events) await each({ eventId }, () => processEvent(eventId, nowMs));
  await giveUpEvents(new Date(nowMs - givenUpMs), new Date(nowMs));
  await pruneEvents(nowMs);
  return due.length + left.length + events.length;
}

/** One that can't be looked at now must not keep the others waiting. */
async function each(what: object, work: () => Promise<void>): Promise<void> {
  await work().catch((err: unknown) => {
    log("payments").error({ err, ...what }, "a payment could not be looked at");
  });
}
