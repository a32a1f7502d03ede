"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useErrorText } from "@/components/ui/request-error";
import { ApiError } from "@/lib/client/api";
import {
  keepOpenAttempt,
  nextAttempt,
  type OpenAttempt,
  type OrderChoice,
  readOpenAttempt,
} from "@/lib/client/open-order";
import { openPaymentWindow, PaymentWindowError } from "@/lib/client/payment-window";
import { routes } from "@/lib/client/routes";
import { abandonOrder, createOrder } from "@/lib/client/use-orders";
import type { NewOrderView } from "@/lib/topups/schema";

/** The page is left by then, or the way to the window was broken off. */
const leavingMs = 15_000;

export interface CheckoutNote {
  tone: "neutral" | "warning" | "danger";
  text: string;
}

interface CheckoutOptions {
  /** Where the pages after the window lead on. */
  back: string | null;
  /** The price on the screen isn't today's any more. */
  onPriceChanged: () => void;
}

/** From the press of the button to the payment window, once however often it is pressed. */
export function useCheckout({ back, onPriceChanged }: CheckoutOptions) {
  const t = useTranslations("topups.problem");
  const errorText = useErrorText();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [note, setNote] = useState<CheckoutNote | null>(null);
  // Not the state: two presses can come before the page is drawn again.
  const running = useRef(false);
  const open = useOpenAttempt();

  const release = () => {
    running.current = false;
    setPending(false);
  };
  useReturn(() => {
    release();
    if (open.read()?.orderId) setNote({ tone: "neutral", text: t("returned") });
  });

  const explain = (error: unknown) => {
    if (error instanceof PaymentWindowError) {
      const { problem, code } = error;
      setNote({
        tone: problem === "closed" ? "neutral" : "danger",
        text: problem === "refused" ? t("refused", { code }) : t(problem),
      });
      return;
    }
    const failure = error instanceof ApiError ? error : new ApiError("internal", { cause: error });
    const changed = failure.code === "price_changed";
    setNote(
      changed
        ? { tone: "warning", text: t("priceChanged") }
        : { tone: "danger", text: errorText(failure) },
    );
    // What was shown isn't what is on sale, or not to this person any more.
    if (changed || /^(promotion|package)_/.test(failure.code)) onPriceChanged();
  };

  const pay = async (choice: OrderChoice) => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setNote(null);
    try {
      const order = await orderFor(choice, open);
      if (order === null) return router.push(routes.orders());
      await openPaymentWindow(order, back);
      // The browser is on its way; pressing again meanwhile would only disturb it.
      window.setTimeout(release, leavingMs);
    } catch (error) {
      await forget(error, open);
      explain(error);
      release();
    }
  };
  return { pay: (choice: OrderChoice) => void pay(choice), pending, note };
}

type OpenOrder = ReturnType<typeof useOpenAttempt>;

/** What this tab has open; kept in the page too, where storage is forbidden. */
function useOpenAttempt() {
  const here = useRef<OpenAttempt | null>(null);
  return {
    read: () => here.current ?? readOpenAttempt(),
    keep: (attempt: OpenAttempt | null) => {
      here.current = attempt;
      keepOpenAttempt(attempt);
    },
  };
}

/** The order to pay: the open one, or a new one. Null when the open one has been paid meanwhile. */
async function orderFor(choice: OrderChoice, open: OpenOrder): Promise<NewOrderView | null> {
  const { attempt, abandoned } = nextAttempt(open.read(), choice);
  if (abandoned) await abandonOrder(abandoned, {}).catch(() => undefined);
  open.keep(attempt);
  const answer = await createOrder({ ...choice, idempotencyKey: attempt.key });
  const { state, orderId } = answer.order;
  if (state === "created") {
    open.keep({ ...attempt, orderId });
    return answer;
  }
  open.keep(null);
  // Ended without money: what was asked for now is a new order. Else it may be paid already.
  const over = state === "failed" || state === "expired" || state === "cancelled";
  return over ? orderFor(choice, open) : null;
}

/** Keeps the attempt only where the same one may still succeed. */
async function forget(error: unknown, open: OpenOrder): Promise<void> {
  if (error instanceof PaymentWindowError && error.problem !== "refused") return;
  if (error instanceof ApiError && (error.retryable || error.status >= 500)) return;
  const orderId = open.read()?.orderId;
  open.keep(null);
  if (orderId && error instanceof PaymentWindowError) {
    await abandonOrder(orderId, { code: error.code }).catch(() => undefined);
  }
}

/** Runs when the person comes back from the window: the browser shows the page as it was left. */
function useReturn(onReturn: () => void) {
  const latest = useRef(onReturn);
  useEffect(() => {
    latest.current = onReturn;
  });
  useEffect(() => {
    // Not from the browser's memory, but made anew: the attempt of before tells.
    latest.current();
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) latest.current();
    };
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, []);
}
