import "server-only";
import { appendAudit } from "@/lib/audit/service";
import type { Tx } from "@/lib/transaction";
import { type OrderRow, updateOrder } from "./orders-repo";
import { releaseUse } from "./promotions-repo";

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
}
