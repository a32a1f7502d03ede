import { cashReceiptPage, notFoundPage, overPage, receiptPage, windowPage } from "./pages";
import type { SandboxPayment } from "./payment";
import { refusalMessage } from "./refusals";
import { checkRequest } from "./request";
import { isProcessed, type Sandbox } from "./sandbox";
import type { Locale } from "./texts";
import { failureMessage, hasCashReceipt } from "./view";

export type WindowAnswer =
  | { status: number; json: unknown }
  | { status: number; html: string }
  | { redirect: string };

/** `requestPayment` in the browser: registers a payment and answers its window's address. */
export function openWindow(sandbox: Sandbox, body: unknown): WindowAnswer {
  const { clientKey, appOrigins } = sandbox.options;
  const checked = checkRequest(body, { clientKey, appOrigins });
  if (!checked.ok) {
    return { status: 400, json: { code: checked.code, message: checked.message } };
  }
  const earlier = sandbox.byOrder(checked.request.orderId);
  if (earlier && isProcessed(earlier)) {
    const code = "DUPLICATED_ORDER_ID";
    return { status: 400, json: { code, message: refusalMessage(code) } };
  }
  const payment = sandbox.open(checked.request);
  return { status: 201, json: { url: `${sandbox.origin}/window/${payment.windowId}` } };
}

export function showWindow(sandbox: Sandbox, windowId: string, locale: Locale): WindowAnswer {
  const payment = sandbox.byWindow(windowId);
  if (!payment) return { status: 404, html: notFoundPage(locale) };
  if (payment.status !== "READY") return over(payment, locale);
  return { status: 200, html: windowPage(payment, locale) };
}

/** A button of the window was pressed. */
export function decide(
  sandbox: Sandbox,
  windowId: string,
  { form, locale }: { form: URLSearchParams; locale: Locale },
): WindowAnswer {
  const payment = sandbox.byWindow(windowId);
  if (!payment) return { status: 404, html: notFoundPage(locale) };
  const decision = form.get("do");
  // Toss's own window closes without a trace: the payment stays open until its time is over.
  if (decision === "cancel" && payment.status === "READY") {
    return failed(payment, "PAY_PROCESS_CANCELED");
  }
  if (decision === "abort" || decision === "refuse_company") {
    const code = decision === "abort" ? "PAY_PROCESS_ABORTED" : "REJECT_CARD_COMPANY";
    const moved = sandbox.act(payment, { type: "abort", code });
    return moved.ok ? failed(moved.payment, code) : over(payment, locale);
  }
  if (decision !== "pay" && decision !== "refuse_later") return over(payment, locale);
  const refusals = { CARD: "REJECT_CARD_PAYMENT", TRANSFER: "REJECT_ACCOUNT_PAYMENT" } as const;
  const later = payment.method === "VIRTUAL_ACCOUNT" ? null : refusals[payment.method];
  const moved = sandbox.act(payment, {
    type: "authenticate",
    easyPay: payment.method === "CARD" && form.get("instrument") === "easy_pay",
    refuseAtConfirm: decision === "refuse_later" ? later : null,
  });
  return moved.ok ? succeeded(moved.payment) : over(payment, locale);
}

export function showReceipt(
  sandbox: Sandbox,
  { key, kind, locale }: { key: string; kind: "receipts" | "cash-receipts"; locale: Locale },
): WindowAnswer {
  const payment = sandbox.byReceipt(key);
  if (!payment || payment.approvedAtMs === null) {
    return { status: 404, html: notFoundPage(locale) };
  }
  if (kind === "receipts") return { status: 200, html: receiptPage(payment, locale) };
  if (!hasCashReceipt(payment)) return { status: 404, html: notFoundPage(locale) };
  return { status: 200, html: cashReceiptPage(payment, locale) };
}

/** Where a window leads that was left without paying. */
function over(payment: SandboxPayment, locale: Locale): WindowAnswer {
  const { origin } = new URL(payment.failUrl);
  return { status: 200, html: overPage(`${origin}/`, locale) };
}

function succeeded(payment: SandboxPayment): WindowAnswer {
  return {
    redirect: withQuery(payment.successUrl, {
      paymentType: "NORMAL",
      paymentKey: payment.paymentKey,
      orderId: payment.orderId,
      amount: String(payment.amountKrw),
    }),
  };
}

function failed(payment: SandboxPayment, code: string): WindowAnswer {
  const { orderId } = payment;
  return {
    redirect: withQuery(payment.failUrl, { code, message: failureMessage(code), orderId }),
  };
}

function withQuery(address: string, values: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}
