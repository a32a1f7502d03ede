import { z } from "zod";
import { type Payment, paymentSchema } from "../schema";
import type { FaultInput } from "./faults";
import type { CashReceiptKind, SandboxMethod } from "./payment";
import type { BehaviourInput, Webhook } from "./webhooks";

export interface SandboxPurchase {
  orderId: string;
  amountKrw: number;
  orderName?: string;
  customerKey?: string;
  method?: SandboxMethod;
  cashReceipt?: CashReceiptKind;
  /** false: the window stays open, nobody has paid. */
  authenticate?: boolean;
  /** Code that the card company refuses the confirmation with, e.g. REJECT_CARD_PAYMENT. */
  refuseAtConfirm?: string;
  /** All of this happened so long ago, for what may not wait and not move everybody's clock. */
  agoMs?: number;
}

/** Steers a running sandbox, for tests; see `control.ts`. Every call throws unless it worked. */
export function sandboxControl({ url, secretKey }: { url: string; secretKey: string }) {
  const authorization = `Basic ${btoa(`${secretKey}:`)}`;

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/sandbox/${path}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }
  const about = (orderId: string | undefined) =>
    orderId === undefined ? "" : `?${new URLSearchParams({ orderId })}`;

  return {
    /** Puts the sandbox's time forward; answers it, in ms since 1970. */
    advance: async (advanceMs: number): Promise<number> =>
      z.object({ nowMs: z.number() }).parse(await call("POST", "clock", { advanceMs })).nowMs,
    /** Queues a fault; give `orderId` where other tests use the same sandbox. */
    fault: (fault: FaultInput) => call("POST", "faults", fault),
    /** @param orderId left out: also those of other tests */
    forgetFaults: (orderId?: string) => call("DELETE", `faults${about(orderId)}`),
    payments: async (orderId?: string): Promise<Payment[]> =>
      z
        .object({ payments: paymentSchema.array() })
        .parse(await call("GET", `payments${about(orderId)}`)).payments,
    /** A payment as if somebody had paid in the window; it waits to be confirmed. */
    pay: async (purchase: SandboxPurchase): Promise<Payment> =>
      paymentSchema.parse(await call("POST", "payments", purchase)),
    deposit: (paymentKey: string) => call("POST", `payments/${paymentKey}/deposit`),
    revertDeposit: (paymentKey: string) => call("POST", `payments/${paymentKey}/revert-deposit`),
    /** Cancels behind the product's back, as in Toss's developer centre. */
    cancel: (paymentKey: string, cancel: { reason?: string; amountKrw?: number } = {}) =>
      call("POST", `payments/${paymentKey}/cancel`, cancel),
    webhooks: async (orderId?: string): Promise<Webhook[]> => {
      const answer = await call("GET", `webhooks${about(orderId)}`);
      return (answer as { webhooks: Webhook[] }).webhooks;
    },
    /** How webhooks go from now on, for one order or for all others. */
    behave: (behaviour: BehaviourInput) => call("POST", "webhooks/behaviour", behaviour),
    /** Sends the held ones one by one; resolves when the product has answered the last. */
    release: (options: { orderId?: string; reverse?: boolean } = {}) =>
      call("POST", "webhooks/release", options),
  };
}

export type SandboxControl = ReturnType<typeof sandboxControl>;
