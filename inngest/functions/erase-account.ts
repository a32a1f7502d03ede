import { cron } from "inngest";
import { eraseAccount, eraseDueAccounts } from "@/lib/accounts/erasure";
import { inngest } from "../client";
import { accountEraseRequested } from "../events";
import { stepWork } from "../step-errors";

/** Has every account erased whose time to think is over, and those that a crash left half done. */
export const eraseAccounts = inngest.createFunction(
  { id: "erase-accounts", name: "Erase accounts that are due", triggers: [cron("41 * * * *")] },
  ({ step }) =>
    step.run(
      "find",
      stepWork(() => eraseDueAccounts()),
    ),
);

/** Erases one account, so that one that fails holds up no other. */
export const eraseOneAccount = inngest.createFunction(
  {
    id: "erase-account",
    name: "Erase an account",
    triggers: [accountEraseRequested],
    retries: 5,
    concurrency: [{ limit: 1, key: "event.data.userId" }, { limit: 2 }],
  },
  async ({ event, step }) => {
    await step.run(
      "erase",
      stepWork(() => eraseAccount(event.data.userId)),
    );
  },
);
