import { z } from "zod";
import type { PaymentRequest, SandboxMethod } from "./payment";

/** What the browser script sends on from `requestPayment`. */
const requestSchema = z.object({
  clientKey: z.string(),
  customerKey: z.string(),
  method: z.string(),
  amount: z.object({ value: z.number(), currency: z.string() }),
  orderId: z.string(),
  orderName: z.string(),
  successUrl: z.string(),
  failUrl: z.string(),
  cashReceipt: z.enum(["소득공제", "지출증빙", "미발행"]).catch("미발행"),
});

export type RequestInput = z.input<typeof requestSchema>;

export type CheckedRequest =
  | { ok: true; request: PaymentRequest }
  /** `code` as the SDK names its errors. */
  | { ok: false; code: string; message: string };

/** Least amounts in KRW. Toss publishes the card's and the transfer's. */
const minimumKrw: Record<SandboxMethod, number> = {
  CARD: 100,
  TRANSFER: 200,
  VIRTUAL_ACCOUNT: 200,
};

/**
 * Toss's checks of what the payment window is asked for.
 * @param rules `appOrigins`: where the window may send people back to
 */
export function checkRequest(
  input: unknown,
  rules: { clientKey: string; appOrigins: readonly string[] },
): CheckedRequest {
  const parsed = requestSchema.safeParse(input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    return refused("INVALID_PARAMETERS", `Missing or not of the right type: ${field}`);
  }
  const { customerKey, method, amount, orderId, orderName, cashReceipt } = parsed.data;
  const { clientKey, successUrl, failUrl } = parsed.data;
  if (clientKey !== rules.clientKey) return refused("INVALID_CLIENT_KEY", "Unknown client key");
  if (/^(test|live)_g?sk_/.test(customerKey)) {
    return refused("INSECURE_KEY_USAGE", "customerKey must not be a secret key");
  }
  if (customerKey !== "@@ANONYMOUS" && !/^[A-Za-z0-9\-_=.@]{2,50}$/.test(customerKey)) {
    return refused("INVALID_CUSTOMER_KEY", "customerKey: 2 to 50 of letters, digits and - _ = . @");
  }
  if (!isMethod(method)) return refused("NOT_SUPPORTED_METHOD", `The sandbox has no ${method}`);
  if (amount.currency !== "KRW") return refused("INVALID_AMOUNT_CURRENCY", "Only KRW");
  if (!Number.isInteger(amount.value) || amount.value < 0) {
    return refused("INVALID_AMOUNT_VALUE", "amount.value must be a whole number of KRW");
  }
  if (amount.value < minimumKrw[method]) {
    return refused("BELOW_MINIMUM_AMOUNT", `${method} takes ${minimumKrw[method]} KRW or more`);
  }
  if (!/^[A-Za-z0-9\-_=]{6,64}$/.test(orderId)) {
    return refused("INVALID_ORDER_ID", "orderId: 6 to 64 of letters, digits and - _ =");
  }
  if (orderName.length === 0 || orderName.length > 100) {
    return refused("INVALID_ORDER_NAME", "orderName: 1 to 100 characters");
  }
  if (!leadsTo(successUrl, rules.appOrigins)) {
    return refused("INCORRECT_SUCCESS_URL_FORMAT", "successUrl must be an address of the product");
  }
  if (!leadsTo(failUrl, rules.appOrigins)) {
    return refused("INCORRECT_FAIL_URL_FORMAT", "failUrl must be an address of the product");
  }
  const amountKrw = amount.value;
  const who = { orderId, orderName, customerKey };
  return {
    ok: true,
    request: { ...who, method, cashReceipt, amountKrw, successUrl, failUrl },
  };
}

function isMethod(method: string): method is SandboxMethod {
  return Object.hasOwn(minimumKrw, method);
}

function leadsTo(address: string, origins: readonly string[]): boolean {
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) && origins.includes(url.origin);
}

function refused(code: string, message: string): CheckedRequest {
  return { ok: false, code, message };
}
