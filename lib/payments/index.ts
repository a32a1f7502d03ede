import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { PaymentProvider } from "./provider";
import type { PaymentClientConfig } from "./schema";
import { TossPayments } from "./toss";

export type {
  CancelRequest,
  ConfirmRequest,
  PaymentOutcome,
  PaymentProvider,
} from "./provider";

const tossApiUrl = "https://api.tosspayments.com";

let provider: PaymentProvider | undefined;

/**
 * Who takes the money of this deployment.
 * @throws {AppError} `payments_unavailable` when no provider is configured
 */
export function paymentProvider(): PaymentProvider {
  const { TOSS_API_URL, TOSS_SECRET_KEY } = env();
  if (!TOSS_SECRET_KEY) throw new AppError("payments_unavailable");
  provider ??= new TossPayments({
    apiUrl: TOSS_API_URL ?? tossApiUrl,
    secretKey: TOSS_SECRET_KEY,
  });
  return provider;
}

/**
 * What the browser needs to open the payment window.
 * @throws {AppError} `payments_unavailable` when no provider is configured
 */
export function paymentClientConfig(): PaymentClientConfig {
  const { TOSS_CLIENT_KEY, TOSS_SDK_URL } = env();
  if (!TOSS_CLIENT_KEY) throw new AppError("payments_unavailable");
  return {
    clientKey: TOSS_CLIENT_KEY,
    sdkSrc: TOSS_SDK_URL ?? null,
    sandbox: TOSS_CLIENT_KEY.startsWith("test_"),
  };
}

/** Whether anything can be bought here. */
export function paymentsAreConfigured(): boolean {
  return Boolean(env().TOSS_SECRET_KEY);
}
