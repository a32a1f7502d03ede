import "server-only";
import { getAccount } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { addNotice } from "@/lib/notices/service";
import type { Tx } from "@/lib/transaction";
import { type OrderRow, updateOrder } from "./orders-repo";
import { releaseUse } from "./promotions-repo";
import type { OrderState } from "./schema";

/** States whose page says that the person may go, and will be told. */
const toldLater: readonly OrderState[] = ["unknown", "awaiting_deposit", "held_for_review"];

/** Ends an order that brought no money, and gives its promotion back. The order is locked. */
export async function endOrder(
  tx: Tx,
  order: OrderRow,
  end: {
    state: "failed" | "expired" | "cancelled";
    /** The provider's or ours. */
    code: string | null;
    message?: string | null;
    provider?: object;
    /** The payment that was named isn't this order's. */
    forgetPayment?: boolean;
    nowMs: number;
  },
): Promise<void> {
  const { state, code, message = null, provider, forgetPayment = false, nowMs } = end;
  const { orderId, userId } = order;
  const at = new Date(nowMs);
  const change = {
    ...{ state, failureCode: code, failureMessage: message, nextCheckAt: null },
    ...(provider && { provider }),
    ...(forgetPayment && { paymentKey: null }),
  };
  await updateOrder(tx, orderId, change, at);
  await releaseUse(tx, orderId, at);
  appendAudit(tx, { name: "order_failed", subjectId: userId, detail: { orderId, state, code } });
  if (toldLater.includes(order.state)) await tellOwner(tx, order, nowMs);
}

async function tellOwner(tx: Tx, order: OrderRow, nowMs: number): Promise<void> {
  const { orderId, userId, amountKrw } = order;
  if (!(await getAccount(userId, tx))) return;
  const values = { orderId, amountKrw };
  const dedupeKey = `top-up-ended:${orderId}`;
  await addNotice(tx, { userId, kind: "top-up-ended", values, dedupeKey }, nowMs);
}
