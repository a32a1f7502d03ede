"use client";

import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api";
import { requestRefund } from "@/lib/client/use-orders";
import { newId } from "@/lib/ids";
import type { OrderView, RefundInput, RefundView } from "@/lib/topups/schema";

export interface RefundResult {
  result: "done" | "underWay" | "rejected";
  amountKrw: number;
}

const results = {
  requested: "underWay",
  unknown: "underWay",
  done: "done",
  rejected: "rejected",
} as const satisfies Record<RefundView["state"], RefundResult["result"]>;

/** Asks for one refund, once however often it is pressed or an answer is lost. */
export function useRefunding(order: OrderView, onChanged: () => void) {
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<RefundResult | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [key] = useState(newId);
  // Not the state: two presses can come before the dialog is drawn again.
  const running = useRef(false);

  const run = async (input: Omit<RefundInput, "idempotencyKey">, onQuoteChanged: () => void) => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setError(null);
    try {
      const refund = await requestRefund(order.orderId, { ...input, idempotencyKey: key });
      setOutcome({ result: results[refund.state], amountKrw: refund.amountKrw });
      onChanged();
    } catch (cause) {
      const failure = cause instanceof ApiError ? cause : new ApiError("internal", { cause });
      if (failure.code === "refund_rejected") {
        setOutcome({ result: "rejected", amountKrw: input.amountKrw });
        onChanged();
      } else {
        setError(failure);
        if (failure.code === "price_changed") onQuoteChanged();
      }
    } finally {
      running.current = false;
      setPending(false);
    }
  };
  return {
    run: (input: Omit<RefundInput, "idempotencyKey">, onQuoteChanged: () => void) =>
      void run(input, onQuoteChanged),
    pending,
    outcome,
    /** Another amount would be given back than was shown. */
    changed: error?.code === "price_changed",
    error,
  };
}
