import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { newId } from "@/lib/ids";
import { publishEvent } from "@/lib/outbox/service";
import { paymentProvider } from "@/lib/payments";
import { type Payment, readWebhook, type WebhookHint } from "@/lib/payments/schema";
import { transaction } from "@/lib/transaction";
import { type Applied, applyProviderState } from "./apply-provider-state";
import { raiseFinding } from "./findings";
import { hasTakenMoney } from "./order-machine";
import { deleteEvents, type EventRow, endEvent, findEvent, insertEvent } from "./webhooks-repo";

/** How long events are kept once they have been dealt with, in ms. */
const keptMs = 90 * 24 * 3_600_000;

/** Far more than a busy merchant gets: each one is a question to the provider. */
const networkRate = { limit: 600, windowMs: 60_000 };

/**
 * Counts one webhook from a network.
 * @throws {AppError} `rate_limited`; the provider sends it again later
 */
export async function countWebhook(network: string | undefined): Promise<void> {
  await countCall({ name: "paymentWebhook", who: network ?? "local", rate: networkRate });
}

/**
 * Keeps what the provider sent by itself and has it looked at. Nothing in it is believed: payment
 * webhooks are unsigned, so it is no more than a reason to ask. The same delivery again changes
 * nothing.
 * @throws {AppError} `invalid_request` for what is none of the provider's events
 */
export async function receiveWebhook(
  webhook: { headers: Headers; body: unknown },
  nowMs = Date.now(),
): Promise<void> {
  const { headers, body } = webhook;
  const hint = readWebhook(body);
  if (!hint || typeof body !== "object" || body === null) throw new AppError("invalid_request");
  const isOurs = hint.kind !== "other";
  const receivedAt = new Date(nowMs);
  await transaction(async (tx) => {
    const { id } = await insertEvent(tx, {
      ...{ id: newId(nowMs), body: kept(hint), receivedAt, ...about(hint) },
      transmissionId: transmissionIdOf(headers, body),
      retriedCount: retriedCountOf(headers),
      processedAt: isOurs ? null : receivedAt,
      outcome: isOurs ? null : "ignored",
    });
    if (!isOurs) return;
    const data = { eventId: id };
    await publishEvent(tx, { id: `payment-event-${id}`, name: "payment/event.received", data });
  });
}

function about(hint: WebhookHint) {
  switch (hint.kind) {
    case "payment_status": {
      const { orderId, paymentKey } = hint;
      return { kind: hint.kind, orderId: short(orderId), paymentKey: short(paymentKey) };
    }
    case "deposit":
      return { kind: hint.kind, orderId: short(hint.orderId), paymentKey: null };
    case "other":
      return { kind: short(hint.eventType.slice(0, 100)), orderId: null, paymentKey: null };
  }
}

/**
 * What stays of an event's body: what it is about. Anybody may send one, and a real one names who
 * paid; both are nothing to keep.
 */
function kept(hint: WebhookHint): object {
  switch (hint.kind) {
    case "payment_status": {
      const { orderId, paymentKey, status } = hint;
      const data = { orderId: short(orderId), paymentKey: short(paymentKey), status };
      return { eventType: "PAYMENT_STATUS_CHANGED", data };
    }
    case "deposit": {
      const { orderId, secret, status } = hint;
      return { orderId: short(orderId), secret: short(secret), status };
    }
    case "other":
      return { eventType: about(hint).kind };
  }
}

/** Nothing of the provider's is longer; anything else is asked about in vain. */
function short(text: string): string {
  return text.slice(0, 200).replaceAll("\0", "").toWellFormed();
}

const prefix = "tosspayments-webhook-transmission-";

/** The delivery's own number, the same each time it is tried again; without one, what it says. */
function transmissionIdOf(headers: Headers, body: object): string {
  const id = headers.get(`${prefix}id`);
  if (id && /^[\x21-\x7e]{8,200}$/.test(id)) return id;
  return `sha256:${createHash("sha256").update(JSON.stringify(body)).digest("base64url")}`;
}

function retriedCountOf(headers: Headers): number {
  const count = headers.get(`${prefix}retried-count`) ?? "";
  return /^\d{1,4}$/.test(count) ? Number(count) : 0;
}

/** What became of an event, for a person who looks. */
type EventOutcome =
  | Applied
  /** The provider knows no such payment. */
  | "no_payment"
  /** A deposit's notice without the payment's secret. */
  | "secret_mismatch";

/**
 * Asks the provider about the payment that an event speaks of, and takes over what it says. Again,
 * or beside another one, it changes nothing.
 * @throws {AppError} `payments_unreachable`: later, then
 */
export async function processEvent(eventId: string, nowMs = Date.now()): Promise<void> {
  const event = await findEvent(eventId);
  if (!event || event.processedAt) return;
  const outcome = await takeOver(event, nowMs);
  await transaction((tx) => endEvent(tx, event.id, outcome, new Date(nowMs)));
}

async function takeOver(event: EventRow, nowMs: number): Promise<EventOutcome> {
  const payment = await fetchPayment(event);
  if (!payment) return "no_payment";
  const hint = readWebhook(event.body);
  if (hint?.kind === "deposit" && !isSecretOf(payment, hint.secret)) return "secret_mismatch";
  const applied = await applyProviderState(payment, nowMs);
  if (applied === "no_order" && hasTakenMoney(payment)) await reportUnknown(payment, nowMs);
  return applied;
}

async function fetchPayment({ paymentKey, orderId }: EventRow): Promise<Payment | undefined> {
  if (paymentKey) return paymentProvider().paymentByKey(paymentKey);
  return orderId ? paymentProvider().paymentByOrder(orderId) : undefined;
}

/** Compared by digests, so that the time it takes tells nothing. */
function isSecretOf({ secret }: Payment, sent: string): boolean {
  if (secret === null) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(secret), digest(sent));
}

/** Paid with our keys, and we know nothing of it. */
function reportUnknown(payment: Payment, nowMs: number): Promise<void> {
  const { orderId, paymentKey, status, totalAmount, currency } = payment;
  const found = {
    code: "payment_without_order",
    severity: "critical" as const,
    subject: orderId,
    expected: "no order",
    actual: `${totalAmount} ${currency} ${status} (${paymentKey})`,
  };
  return transaction((tx) => raiseFinding(tx, found, nowMs));
}

/** Forgets events that were dealt with long ago; answers how many. */
export function pruneEvents(nowMs = Date.now()): Promise<number> {
  return deleteEvents(new Date(nowMs - keptMs));
}
