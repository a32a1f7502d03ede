"use client";

import { useEffect, useState } from "react";
import { ApiError } from "@/lib/client/api";
import { keepOpenAttempt } from "@/lib/client/open-order";
import { confirmOrder } from "@/lib/client/use-orders";
import type { OrderView } from "@/lib/topups/schema";
import type { Arrival } from "./arrival";
import { askAgainMs, isUnsettled, outcomeOf, retryDelayMs } from "./outcome";

export type Confirmation =
  | { step: "sending" }
  /** No answer came; it is sent again. */
  | { step: "offline" }
  | { step: "answered"; order: OrderView }
  | { step: "refused"; error: ApiError };

/** Requests on their way: a page that is mounted twice asks once. */
const underWay = new Map<string, Promise<OrderView>>();

function confirmOnce({ orderId, paymentKey, amountKrw }: Arrival): Promise<OrderView> {
  const key = `${orderId} ${paymentKey} ${amountKrw}`;
  const before = underWay.get(key);
  if (before) return before;
  const asked = confirmOrder(orderId, { paymentKey, amountKrw }).finally(() =>
    underWay.delete(key),
  );
  underWay.set(key, asked);
  return asked;
}

/**
 * Has what the window brought confirmed, again and again until somebody says how it went. Each
 * time, the server asks the payment company anew.
 */
export function useConfirmation(arrival: Arrival): Confirmation {
  const { orderId, paymentKey, amountKrw } = arrival;
  const [confirmation, setConfirmation] = useState<Confirmation>({ step: "sending" });
  useEffect(() => {
    let gone = false;
    let timer: number | undefined;
    const askLater = (attempt: number, delayMs: number) => {
      timer = window.setTimeout(() => void ask(attempt), delayMs);
    };
    const ask = async (attempt: number) => {
      try {
        const order = await confirmOnce({ orderId, paymentKey, amountKrw });
        keepOpenAttempt(null);
        if (gone) return;
        setConfirmation({ step: "answered", order });
        if (outcomeOf(order.state) === "waiting") askLater(attempt + 1, askAgainMs(attempt));
      } catch (cause) {
        if (gone) return;
        const error = cause instanceof ApiError ? cause : new ApiError("internal", { cause });
        if (!isUnsettled(error)) return setConfirmation({ step: "refused", error });
        // Once the server has the payment, a lost answer is no reason to keep anybody here.
        setConfirmation((before) => (before.step === "answered" ? before : { step: "offline" }));
        askLater(attempt + 1, retryDelayMs(attempt));
      }
    };
    void ask(0);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [orderId, paymentKey, amountKrw]);
  return confirmation;
}
