import type { Clock } from "@/lib/clock";
import { type SandboxControl, sandboxControl } from "@/lib/payments/sandbox/control-client";
import { startSandbox } from "@/lib/payments/sandbox/server";

const clientKey = "test_ck_sandbox_tests";
const secretKey = "test_sk_sandbox_tests";

export interface TestPayments {
  /** For `startTestApp`. */
  env: Record<string, string>;
  control: SandboxControl;
  close(): Promise<void>;
}

/**
 * A practice Toss of one test file, in this process: `startTestApp(payments.env)`. Somebody pays
 * with `control.pay({ orderId, amountKrw })`.
 */
export async function startTestPayments(
  options: { webhookUrl?: string; clock?: Clock; appUrl?: string } = {},
): Promise<TestPayments> {
  const { appUrl = "http://localhost:3000", ...rest } = options;
  const server = await startSandbox({ clientKey, secretKey, appUrl, ...rest });
  return {
    env: {
      TOSS_CLIENT_KEY: clientKey,
      TOSS_SECRET_KEY: secretKey,
      TOSS_API_URL: server.url,
      TOSS_SDK_URL: server.sdkUrl,
    },
    control: sandboxControl({ url: server.url, secretKey }),
    close: server.close,
  };
}
