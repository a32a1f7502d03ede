import { db } from "@/lib/db";
import type { SandboxControl, SandboxPurchase } from "@/lib/payments/sandbox/control-client";
import { createOrder } from "@/lib/topups/orders";
import type { CreateOrderInput, NewOrderView } from "@/lib/topups/schema";
import { makeUser } from "./factories";

/** What the success page would bring. */
export interface PaidInWindow {
  userId: string;
  orderId: string;
  paymentKey: string;
  amountKrw: number;
  locale: "ko";
}

type OrderChange = Partial<CreateOrderInput> & { nowMs?: number };

/** Asks for an order as the top-up page does: 1,000 and 50 credits for 11,000 KRW. */
export function orderCredits(userId: string, change: OrderChange = {}): Promise<NewOrderView> {
  return createOrder({
    ...{ packageId: "standard", amountKrw: 11_000, idempotencyKey: "request-1" },
    ...{ method: "CARD", cashReceipt: "none", origin: "http://localhost:3000", locale: "ko" },
    ...change,
    userId,
  });
}

/** An order whose payment window a person of their own has been through; not confirmed yet. */
export async function payInWindow(
  control: SandboxControl,
  purchase: Partial<SandboxPurchase> = {},
  change: OrderChange = {},
): Promise<PaidInWindow> {
  const { id: userId } = await makeUser({ credits: 0 });
  const { order } = await orderCredits(userId, change);
  const { orderId, amountKrw } = order;
  const { paymentKey } = await control.pay({ orderId, amountKrw, ...purchase });
  return { userId, orderId, paymentKey, amountKrw, locale: "ko" };
}

/** How an order stands, how many credits its owner has, and how often it gave some. */
export async function orderStanding({ orderId, userId }: Pick<PaidInWindow, "orderId" | "userId">) {
  const [order, wallet, gifts] = await Promise.all([
    db().topUpOrder.findUniqueOrThrow({ where: { orderId } }),
    db().creditWallet.findUnique({ where: { ownerId: userId } }),
    db().ledgerTransaction.count({ where: { orderId, kind: { in: ["topup", "bonus"] } } }),
  ]);
  const { state, balanceKrw } = order;
  return { state, balanceKrw, credits: wallet?.posted ?? 0, gifts };
}

/** `orderStanding` of an order that was paid once. */
export const paidOnce = { state: "paid", balanceKrw: 11_000, credits: 1_050, gifts: 2 } as const;
/** And of one that came to nothing. */
export const nothingPaid = { balanceKrw: 0, credits: 0, gifts: 0 } as const;
