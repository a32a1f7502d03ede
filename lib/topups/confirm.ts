import "server-only";
import type { Locale } from "@/lib/accounts/schema";
import { appendAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { type PaymentProvider, paymentProvider } from "@/lib/payments";
import { type Tx, transaction } from "@/lib/transaction";
import { applyProviderState } from "./apply-provider-state";
import { endOrder } from "./order-end";
import { type ConfirmStep, confirmStep, isOpen, isPaid } from "./order-machine";
import { orderView } from "./order-view";
import { owned } from "./orders";
import { claimPayment, findOrder, lockOrder, type OrderRow, updateOrder } from "./orders-repo";
import type { ConfirmOrderInput, OrderView } from "./schema";
import { askToConfirm, settleOrder } from "./settle";

export interface ConfirmOptions extends ConfirmOrderInput {
  userId: string;
  orderId: string;
  locale: Locale;
  nowMs?: number;
  /** Default: the configured one. */
  provider?: PaymentProvider;
}

/** The sweeper looks after a confirmation that nobody has heard of since, after this, in ms. */
const confirmingMs = 60_000;

/**
 * Takes the money that the payment window has asked for. What it brought is a claim: the owner, the
 * amount, the state and the age of the order are compared first. `confirming` is committed before
 * the provider is asked, so that whatever dies afterwards, the order is looked after. Again, with
 * the same payment, it answers what the first one has led to.
 * @throws {AppError} `not_found`, `order_mismatch`, `order_expired`, `order_closed`,
 * `payment_refused`, `payments_unavailable`
 */
export async function confirmOrder(options: ConfirmOptions): Promise<OrderView> {
  const { userId, orderId, paymentKey, locale, nowMs = Date.now() } = options;
  const provider = options.provider ?? paymentProvider();
  const { step, order } = await transaction((tx) => beginConfirm(tx, { ...options, nowMs }));
  switch (step) {
    case "confirm":
      await askToConfirm(order, provider, nowMs);
      break;
    case "ask":
      break;
    case "answer":
      return answer(order, locale);
    case "order_closed":
      await lookAtOther(order, { paymentKey, provider, nowMs });
      throw new AppError("order_closed");
    default:
      throw new AppError(step);
  }
  const known = owned(await findOrder(orderId), userId);
  if (isOpen(known.state)) await settleOrder(orderId, nowMs, provider);
  return answer(owned(await findOrder(orderId), userId), locale);
}

async function answer(order: OrderRow, locale: Locale): Promise<OrderView> {
  const { state, failureCode } = order;
  if (state === "expired") throw new AppError("order_expired");
  if (state === "failed") {
    throw new AppError("payment_refused", { data: { failureCode } });
  }
  return orderView(order, locale);
}

async function beginConfirm(
  tx: Tx,
  options: ConfirmOptions & { nowMs: number },
): Promise<{ step: ConfirmStep; order: OrderRow }> {
  const { userId, orderId, paymentKey, amountKrw, nowMs } = options;
  const order = owned(await lockOrder(tx, orderId), userId);
  const step = confirmStep(order, { paymentKey, amountKrw }, nowMs);
  if (step === "order_mismatch") {
    noteMismatch(tx, order, { expected: order.amountKrw, actual: amountKrw });
    // Nothing has been paid: what waits in the window expires unconfirmed.
    if (order.state === "created") {
      await endOrder(tx, order, { state: "failed", code: "ORDER_MISMATCH", nowMs });
    }
  } else if (step === "order_expired" && order.state === "created") {
    await endOrder(tx, order, { state: "expired", code: null, nowMs });
  } else if (step === "confirm") {
    if (!(await claimPayment(tx, { paymentKey, orderId }))) {
      noteMismatch(tx, order, { expected: "a payment of its own", actual: "another order's" });
      return { step: "order_mismatch", order };
    }
    const confirmingAt = new Date(nowMs);
    const nextCheckAt = new Date(nowMs + confirmingMs);
    const change = { state: "confirming" as const, paymentKey, confirmingAt, nextCheckAt };
    await updateOrder(tx, orderId, change, confirmingAt);
    return { step, order: { ...order, ...change } };
  }
  return { step, order };
}

function noteMismatch(
  tx: Tx,
  order: OrderRow,
  what: { expected: string | number; actual: string | number },
): void {
  const { orderId, userId } = order;
  const detail = { orderId, ...what };
  appendAudit(tx, { name: "order_mismatch", level: "warn", subjectId: userId, detail });
}

/**
 * Somebody brings a second payment for an order. What nobody confirms takes no money and expires;
 * should it have been confirmed all the same, that has to come out.
 */
async function lookAtOther(
  order: OrderRow,
  options: { paymentKey: string; provider: PaymentProvider; nowMs: number },
): Promise<void> {
  const { paymentKey, provider, nowMs } = options;
  if (!isPaid(order.state) && !isOpen(order.state)) return;
  const payment = await provider.paymentByKey(paymentKey).catch((error: unknown) => {
    if (AppError.is(error, "payments_unreachable")) return undefined;
    throw error;
  });
  if (payment?.orderId === order.orderId) await applyProviderState(payment, nowMs);
}
