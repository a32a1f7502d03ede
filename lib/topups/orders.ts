import "server-only";
import { randomBytes } from "node:crypto";
import type { AccountView, Locale } from "@/lib/accounts/schema";
import { getAccount } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { routes } from "@/lib/client/routes";
import { AppError, isErrorCode } from "@/lib/errors";
import { paymentClientConfig } from "@/lib/payments";
import { keyedHash } from "@/lib/seal";
import { type Tx, transaction } from "@/lib/transaction";
import { endOrder } from "./order-end";
import { orderView, orderViews } from "./order-view";
import {
  findCustomerKey,
  findOrder,
  findRequested,
  insertOrder,
  lockOrder,
  lockOrdersOf,
  type OrderRow,
  readOrders,
} from "./orders-repo";
import { promotionsFor } from "./packages";
import { findPackage } from "./packages-repo";
import { bestOffer, type Offer, type PricedPackage, type PromotionTerms } from "./pricing";
import { reservePromotion } from "./promotions";
import { orderHolding } from "./promotions-repo";
import type { CreateOrderInput, NewOrderView, OrderView, PaymentRequest } from "./schema";

/**
 * Makes an order at the price in the database, with the best promotion this person may use. The
 * same key again answers the first order.
 * @param options `origin`: where the person has the product open, e.g. https://caption.example
 * @throws {AppError} `payments_unavailable`, `package_unknown`, `price_changed` when another amount
 * was seen, `promotion_unknown`, `promotion_used`, `promotion_exhausted`, `idempotency_conflict`
 */
export async function createOrder(
  options: CreateOrderInput & { userId: string; origin: string; locale: Locale; nowMs?: number },
): Promise<NewOrderView> {
  const { userId, locale, origin, method, cashReceipt, nowMs = Date.now() } = options;
  const config = paymentClientConfig();
  const account = await getAccount(userId);
  if (!account) throw new AppError("unauthenticated");
  const row = await transaction((tx) => openOrder(tx, { ...options, nowMs }));
  const payment = {
    clientKey: config.clientKey,
    sdkUrl: config.sdkSrc,
    sandbox: config.sandbox,
    ...{ method, cashReceipt },
    ...windowText(row, account, locale),
    successUrl: new URL(routes.topUpDone(), origin).href,
    failUrl: new URL(routes.topUpFailed(), origin).href,
  } satisfies PaymentRequest;
  return { order: await orderView(row, locale), payment };
}

/** Toss takes up to 100 characters of each. */
const maxWindowText = 100;

function windowText(row: OrderRow, account: AccountView, locale: Locale) {
  const credits = row.credits.toLocaleString(locale);
  const bonus = row.bonusCredits > 0 ? ` + ${row.bonusCredits.toLocaleString(locale)}` : "";
  const { email, name } = account;
  return {
    customerKey: row.customerKey,
    orderName: `AX2 Caption ${credits}${bonus} ${locale === "ko" ? "크레딧" : "credits"}`,
    customerEmail: email && email.length <= maxWindowText ? email : null,
    customerName: name ? name.slice(0, maxWindowText).toWellFormed() : null,
  };
}

async function openOrder(
  tx: Tx,
  options: CreateOrderInput & { userId: string; nowMs: number },
): Promise<OrderRow> {
  const { userId, packageId, amountKrw, cashReceipt, idempotencyKey, nowMs } = options;
  await lockOrdersOf(tx, userId);
  const before = await findRequested(tx, userId, idempotencyKey);
  if (before) {
    const isSame = before.packageId === packageId && before.amountKrw === amountKrw;
    if (!isSame || before.cashReceiptKind !== cashReceipt)
      throw new AppError("idempotency_conflict");
    return before;
  }
  const priced = await price(tx, options);
  const orderId = `ax2-${randomBytes(20).toString("base64url")}`;
  if (priced.promotion) {
    await takePromotion(tx, { promotion: priced.promotion, userId, orderId, nowMs });
  }
  const at = new Date(nowMs);
  const { pack, offer } = priced;
  const promotionId = priced.promotion?.id ?? null;
  await insertOrder(tx, {
    ...{ orderId, userId, packageId, credits: pack.credits, promotionId, ...offer },
    customerKey: (await findCustomerKey(tx, userId)) ?? customerKeyOf(userId),
    requestKey: idempotencyKey,
    confirmKey: `confirm:${orderId}`,
    cashReceiptKind: cashReceipt,
    createdAt: at,
    updatedAt: at,
  });
  const detail = { orderId, packageId, amountKrw, discountKrw: offer.discountKrw, promotionId };
  appendAudit(tx, { name: "order_created", actorId: userId, subjectId: userId, detail });
  const row = await findOrder(orderId, tx);
  if (!row) throw new AppError("internal", { detail: "an order that isn't there" });
  return row;
}

/** Not the account's id, which is nobody else's business, and not to be guessed from it. */
function customerKeyOf(userId: string): string {
  return keyedHash("pseudonyms", `payment-customer:${userId}`);
}

async function price(
  tx: Tx,
  options: CreateOrderInput & { userId: string; nowMs: number },
): Promise<{ pack: PricedPackage; offer: Offer; promotion: PromotionTerms | undefined }> {
  const { userId, packageId, code, amountKrw, nowMs } = options;
  const pack = await findPackage(tx, packageId);
  if (!pack) throw new AppError("package_unknown");
  const { good, problem } = await promotionsFor({ userId, code, nowMs }, tx);
  if (problem !== null) throw new AppError(isErrorCode(problem) ? problem : "promotion_unknown");
  const { offer, promotion } = bestOffer(pack, good);
  if (offer.amountKrw !== amountKrw) {
    throw new AppError("price_changed", { data: { amountKrw: offer.amountKrw } });
  }
  return { pack, offer, promotion };
}

/** One that waits in an older unpaid order of the same person comes along, and that order ends. */
async function takePromotion(
  tx: Tx,
  options: { promotion: PromotionTerms; userId: string; orderId: string; nowMs: number },
): Promise<void> {
  const { promotion, ...use } = options;
  const { userId, nowMs } = use;
  const { id: promotionId, code } = promotion;
  const holding = await orderHolding(tx, promotionId, userId);
  const older = holding === undefined ? undefined : await lockOrder(tx, holding);
  if (older?.state === "created") {
    await endOrder(tx, older, { state: "cancelled", code: "SUPERSEDED", nowMs });
  }
  await reservePromotion(tx, { ...use, promotionId }).catch((error: unknown) => {
    // Somebody took the last one since the price was reckoned, and this person gave no code.
    throw code === null && error instanceof AppError ? new AppError("price_changed") : error;
  });
}

/**
 * @throws {AppError} `not_found`, also for somebody else's
 */
export async function getOrder(options: {
  userId: string;
  orderId: string;
  locale: Locale;
}): Promise<OrderView> {
  const { userId, orderId, locale } = options;
  return orderView(owned(await findOrder(orderId), userId), locale);
}

/** A person's orders, newest first. */
export async function listOrders(options: {
  userId: string;
  cursor?: string | undefined;
  limit: number;
  locale: Locale;
}): Promise<{ orders: OrderView[]; nextCursor: string | null }> {
  const { userId, cursor, limit, locale } = options;
  const rows = await readOrders({ userId, after: cursor, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const more = rows.length > limit;
  const orders = await orderViews(page, locale);
  return { orders, nextCursor: more ? (page.at(-1)?.orderId ?? null) : null };
}

/** As the payment window says that the person has closed it. */
const closedCodes = new Set(["PAY_PROCESS_CANCELED", "USER_CANCEL"]);

/**
 * Ends an order whose payment window came back without a payment. One that has gone further stays
 * as it is, whatever the window says.
 * @throws {AppError} `not_found`
 */
export async function abandonOrder(options: {
  userId: string;
  orderId: string;
  code?: string | undefined;
  message?: string | undefined;
  locale: Locale;
  nowMs?: number;
}): Promise<OrderView> {
  const { userId, orderId, code, message, locale, nowMs = Date.now() } = options;
  const row = await transaction(async (tx) => {
    const order = owned(await lockOrder(tx, orderId), userId);
    if (order.state !== "created") return order;
    const isClosed = code === undefined || closedCodes.has(code);
    const end = { code: code ?? null, message: message || null, nowMs };
    await endOrder(tx, order, { ...end, state: isClosed ? "cancelled" : "failed" });
    return owned(await findOrder(orderId, tx), userId);
  });
  return orderView(row, locale);
}

/** Somebody else's order is as good as none. */
export function owned(order: OrderRow | undefined, userId: string): OrderRow {
  if (!order || order.userId !== userId) throw new AppError("not_found");
  return order;
}
