import { newId } from "@/lib/ids";
import type { CreateOrderInput } from "@/lib/topups/schema";

/** What an order is for: the same choice again is the same attempt. */
export type OrderChoice = Omit<CreateOrderInput, "idempotencyKey">;

/** An order that this tab has asked for and that hasn't ended, as far as it knows. */
export interface OpenAttempt {
  key: string;
  choice: string;
  /** Null until the server has answered. */
  orderId: string | null;
}

const storageKey = "ax2-caption.open-order";

const choiceText = ({ packageId, code, method, cashReceipt, amountKrw }: OrderChoice) =>
  JSON.stringify([packageId, code ?? null, method, cashReceipt, amountKrw]);

/**
 * The attempt that `choice` belongs to. An answer that was lost, or a step back from the payment
 * window, must not make a second order, so the open attempt goes on; `abandoned` is an earlier
 * order for something else, which would hold on to its promotion until its time is over.
 */
export function nextAttempt(
  open: OpenAttempt | null,
  choice: OrderChoice,
  makeKey: () => string = newId,
): { attempt: OpenAttempt; abandoned: string | null } {
  const wanted = choiceText(choice);
  if (open?.choice === wanted) return { attempt: open, abandoned: null };
  return {
    attempt: { key: makeKey(), choice: wanted, orderId: null },
    abandoned: open?.orderId ?? null,
  };
}

/** The open attempt of this tab: it outlives the way to the payment window and back. */
export function readOpenAttempt(): OpenAttempt | null {
  try {
    return parseAttempt(sessionStorage.getItem(storageKey));
  } catch {
    // Storage is forbidden in this browser: then every attempt is a new one.
    return null;
  }
}

export function keepOpenAttempt(attempt: OpenAttempt | null): void {
  try {
    if (attempt === null) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, JSON.stringify(attempt));
  } catch {
    // As above.
  }
}

/** What was stored, unless another version or another hand has written it. */
export function parseAttempt(text: string | null): OpenAttempt | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isAttempt(value) ? value : null;
  } catch {
    return null;
  }
}

function isAttempt(value: unknown): value is OpenAttempt {
  if (typeof value !== "object" || value === null) return false;
  if (!("key" in value && "choice" in value && "orderId" in value)) return false;
  const { key, choice, orderId } = value;
  return (
    typeof key === "string" &&
    typeof choice === "string" &&
    (orderId === null || typeof orderId === "string")
  );
}
