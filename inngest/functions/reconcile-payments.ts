import { cron } from "inngest";
import { paymentsAreConfigured } from "@/lib/payments";
import { reconcilePayments } from "@/lib/topups/reconciliation";
import { inngest } from "../client";
import { stepWork } from "../step-errors";

/** Compares each night what Toss lists with what we have. */
export const comparePayments = inngest.createFunction(
  {
    id: "reconcile-payments",
    name: "Compare payments with Toss",
    triggers: [cron("TZ=Asia/Seoul 10 4 * * *")],
  },
  async ({ step }) => {
    if (!paymentsAreConfigured()) return null;
    return step.run(
      "compare",
      stepWork(async () => {
        const { ours, theirs, findings } = await reconcilePayments();
        return { ours, theirs, findings };
      }),
    );
  },
);
