import "server-only";
import { AppError } from "@/lib/errors";
import { type PaymentProvider, paymentProvider } from "@/lib/payments";
import type { Payment } from "@/lib/payments/schema";
import { transaction } from "@/lib/transaction";
import { applyProviderState } from "./apply-provider-state";
import { raiseFinding } from "./findings";
import { endOrder } from "./order-end";
import { confirmWindowMs, isOpen, nextCheckMs, orderLifeMs, stuckMs } from "./order-machine";
import { findOrder, lockOrder, type OrderRow, updateOrder } from "./orders-repo";

/** A confirmation's answer is waited for 20 s: later than this none is on its way any more. */
const callMs = 30_000;

/**
 * Finds out what became of an order by asking the provider, and takes it over. May be called at any
 * time, by several at once, and after a crash anywhere. An order nobody can tell about yet is
 * looked at again later.
 */
export async function settleOrder(
  orderId: string,
  nowMs = Date.now(),
  provider: PaymentProvider = paymentProvider(),
): Promise<void> {
  const order = await findOrder(orderId);
  if (!order) return;
  const look = await lookAt(order, provider);
  if (look.payment && isOf(order, look.payment)) await applyProviderState(look.payment, nowMs);
  const now = await findOrder(orderId);
  if (!now) return;
  if (now.state === "created") return endLeft(now, look, nowMs);
  if (now.state === "awaiting_deposit") return lookLater(orderId, nowMs);
  if (!isOpen(now.state)) return;
  if (await endUnknown(now, look, nowMs)) return;
  if (mayConfirmAgain(now, look.payment, nowMs)) return confirmAgain(now, provider, nowMs);
  await lookLater(orderId, nowMs);
}

interface Look {
  payment: Payment | undefined;
  /** False: the provider couldn't be asked. */
  answered: boolean;
}

async function lookAt(order: OrderRow, provider: PaymentProvider): Promise<Look> {
  try {
    const { paymentKey, orderId } = order;
    const payment = paymentKey
      ? await provider.paymentByKey(paymentKey)
      : await provider.paymentByOrder(orderId);
    return { payment, answered: true };
  } catch (error) {
    if (AppError.is(error, "payments_unreachable")) return { payment: undefined, answered: false };
    throw error;
  }
}

function isOf(order: OrderRow, payment: Payment): boolean {
  return payment.orderId === order.orderId;
}

/** Nobody paid it, and its window has closed. While the provider can't be asked it waits. */
async function endLeft(order: OrderRow, { answered }: Look, nowMs: number): Promise<void> {
  if (!answered || nowMs - order.createdAt.getTime() <= orderLifeMs) return;
  await transaction(async (tx) => {
    const now = await lockOrder(tx, order.orderId);
    if (now?.state !== "created") return;
    await endOrder(tx, now, { state: "expired", code: null, nowMs });
  });
}

/** The provider knows no such payment, or it is another order's: then no money can come any more. */
async function endUnknown(order: OrderRow, look: Look, nowMs: number): Promise<boolean> {
  const { payment, answered } = look;
  const isForeign = payment !== undefined && !isOf(order, payment);
  const since = order.confirmingAt ?? order.createdAt;
  const isOver = nowMs - since.getTime() > orderLifeMs;
  if (!answered || !(isForeign || (payment === undefined && isOver))) return false;
  return transaction(async (tx) => {
    const now = await lockOrder(tx, order.orderId);
    if (!now || !isOpen(now.state)) return true;
    const state = isForeign ? ("failed" as const) : ("expired" as const);
    const code = isForeign ? "ORDER_MISMATCH" : "NOT_FOUND_PAYMENT";
    await endOrder(tx, now, { state, code, forgetPayment: isForeign, nowMs });
    return true;
  });
}

/**
 * The person has paid in the window and the confirmation got lost: asked for once more, under the
 * same key, as long as the payment waits for it.
 */
function mayConfirmAgain(
  order: OrderRow,
  payment: Payment | undefined,
  nowMs: number,
): payment is Payment {
  if (payment?.status !== "IN_PROGRESS" || !isOf(order, payment) || !order.confirmingAt) {
    return false;
  }
  const sinceMs = nowMs - order.confirmingAt.getTime();
  return sinceMs > callMs && sinceMs < confirmWindowMs;
}

async function confirmAgain(
  order: OrderRow,
  provider: PaymentProvider,
  nowMs: number,
): Promise<void> {
  await lookLater(order.orderId, nowMs);
  await askToConfirm(order, provider, nowMs);
}

/**
 * Asks the provider to take the money of an order that is `confirming`, and notes what came of it.
 */
export async function askToConfirm(
  order: OrderRow,
  provider: PaymentProvider,
  nowMs: number,
): Promise<void> {
  const { orderId, paymentKey, amountKrw, confirmKey: idempotencyKey } = order;
  if (!paymentKey) return;
  const outcome = await provider.confirm({ paymentKey, orderId, amountKrw, idempotencyKey });
  if (outcome.outcome === "done" && isOf(order, outcome.payment)) {
    await applyProviderState(outcome.payment, nowMs);
    return;
  }
  if (outcome.outcome !== "refused") return noteUnknown(order, nowMs);
  // An earlier call of the same order may have gone through: the payment itself decides.
  const look = await lookAt(order, provider);
  if (!look.answered) return noteUnknown(order, nowMs);
  if (look.payment && isOf(order, look.payment)) await applyProviderState(look.payment, nowMs);
  const { code, message } = outcome;
  const isForeign = look.payment !== undefined && !isOf(order, look.payment);
  await refuse(order, { code, message, forgetPayment: isForeign, nowMs });
}

function refuse(
  order: OrderRow,
  why: { code: string; message: string; forgetPayment: boolean; nowMs: number },
): Promise<void> {
  return transaction(async (tx) => {
    const now = await lockOrder(tx, order.orderId);
    if (!now || !isOpen(now.state)) return;
    const isOver = why.code === "NOT_FOUND_PAYMENT_SESSION" && !why.forgetPayment;
    await endOrder(tx, now, { ...why, state: isOver ? "expired" : "failed" });
  });
}

function noteUnknown(order: OrderRow, nowMs: number): Promise<void> {
  return transaction(async (tx) => {
    const now = await lockOrder(tx, order.orderId);
    if (!now || !isOpen(now.state)) return;
    const nextCheckAt = new Date(nowMs + nextCheckMs(0, 0));
    await updateOrder(tx, now.orderId, { state: "unknown", nextCheckAt }, new Date(nowMs));
  });
}

/** Counts the look and sets the time of the next one; a person is told of what never settles. */
function lookLater(orderId: string, nowMs: number): Promise<void> {
  return transaction(async (tx) => {
    const now = await lockOrder(tx, orderId);
    if (!now || !(isOpen(now.state) || now.state === "awaiting_deposit")) return;
    const ageMs = nowMs - (now.confirmingAt ?? now.createdAt).getTime();
    const isDeposit = now.state === "awaiting_deposit";
    const waitMs = nextCheckMs(isDeposit ? Number.MAX_SAFE_INTEGER : now.attempts, ageMs);
    const change = { attempts: now.attempts + 1, nextCheckAt: new Date(nowMs + waitMs) };
    await updateOrder(tx, orderId, change, new Date(nowMs));
    if (isDeposit || ageMs < stuckMs) return;
    const found = { code: "order_stuck", severity: "critical", subject: orderId } as const;
    const expected = "paid, failed or expired within 14 days";
    await raiseFinding(tx, { ...found, expected, actual: `still ${now.state}` }, nowMs);
  });
}
