import { cron } from "inngest";
import { checkLedger } from "@/lib/credits/ledger-check";
import { inngest } from "../client";
import { stepWork } from "../step-errors";

/** Lets go of expired credits and forgotten reservations, and checks that the ledger adds up. */
export const ledgerCheck = inngest.createFunction(
  { id: "ledger-check", name: "Check the ledger", triggers: [cron("*/5 * * * *")] },
  ({ step }) =>
    step.run(
      "check",
      stepWork(async () => {
        const { failures, ...looked } = await checkLedger();
        return { ...looked, failures: failures.length };
      }),
    ),
);
