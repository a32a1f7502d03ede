import type { CashReceiptKind, NewOrderView } from "@/lib/topups/schema";
import { safeNextPath } from "./routes";

/**
 * Why the payment window didn't take over: `blocked`: its script couldn't be loaded, `closed`: the
 * person closed it, `refused`: it doesn't take this request. No money has moved in any of them.
 */
export type WindowProblem = "blocked" | "closed" | "refused";

export class PaymentWindowError extends Error {
  readonly problem: WindowProblem;
  /** As the payment company's script names it. */
  readonly code: string;

  constructor(problem: WindowProblem, code: string, cause: unknown) {
    super(`${problem}: ${code}`, { cause });
    this.name = "PaymentWindowError";
    this.problem = problem;
    this.code = code;
  }
}

const cashReceiptTypes = {
  none: "미발행",
  deduction: "소득공제",
  proof: "지출증빙",
} as const satisfies Record<CashReceiptKind, string>;

/**
 * Leaves this page for the payment window; the window leads on to one of the two addresses.
 * @param back where the page after it leads on, a path of this site
 * @throws {PaymentWindowError} the window didn't take over, and this page is still there
 */
export async function openPaymentWindow(
  { order, payment }: NewOrderView,
  back: string | null,
): Promise<void> {
  try {
    const { loadTossPayments } = await import("@tosspayments/tosspayments-sdk");
    const sdk = await loadTossPayments(
      payment.clientKey,
      payment.sdkUrl === null ? {} : { src: payment.sdkUrl },
    );
    const request = {
      amount: { currency: "KRW", value: order.amountKrw },
      orderId: order.orderId,
      orderName: payment.orderName,
      customerEmail: payment.customerEmail,
      customerName: payment.customerName,
      successUrl: returnUrl(payment.successUrl, { back }),
      failUrl: returnUrl(payment.failUrl, { back, packageId: order.packageId }),
      // The same on a phone, where a frame isn't allowed, and on a desk.
      windowTarget: "self" as const,
    };
    const toss = sdk.payment({ customerKey: payment.customerKey });
    if (payment.method === "TRANSFER") {
      const cashReceipt = { type: cashReceiptTypes[payment.cashReceipt] };
      await toss.requestPayment({
        ...request,
        method: "TRANSFER",
        transfer: { cashReceipt, useEscrow: false },
      });
    } else {
      await toss.requestPayment({
        ...request,
        method: "CARD",
        card: { useEscrow: false, flowMode: "DEFAULT" },
      });
    }
  } catch (error) {
    throw windowError(error);
  }
}

/** An address of return that remembers where the person was going, and what they had chosen. */
export function returnUrl(
  address: string,
  { back, packageId }: { back: string | null; packageId?: string },
): string {
  const url = new URL(address);
  if (back !== null) url.searchParams.set("back", safeNextPath(back));
  if (packageId !== undefined) url.searchParams.set("package", packageId);
  return url.href;
}

/** Which problem an error of the payment company's script is. */
export function windowError(error: unknown): PaymentWindowError {
  const code = codeOf(error);
  const problem = blockedCodes.has(code) ? "blocked" : closedCodes.has(code) ? "closed" : "refused";
  return new PaymentWindowError(problem, code, error);
}

/** As the loader names them, and the browser's own words for a chunk that can't be fetched. */
const blockedCodes = new Set([
  "ScriptLoadFailedError",
  "NamespaceNotAvailableError",
  "ChunkLoadError",
  "TypeError",
]);
const closedCodes = new Set(["USER_CANCEL", "PAY_PROCESS_CANCELED"]);

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
