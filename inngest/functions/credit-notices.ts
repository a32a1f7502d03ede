import { cron } from "inngest";
import { tellExpiries } from "@/lib/credits/expiry-notices";
import { inngest } from "../client";
import { stepWork } from "../step-errors";

/** Tells people in the morning whose credits expire soon. */
export const creditExpiryNotices = inngest.createFunction(
  {
    id: "credit-expiry-notices",
    name: "Tell of credits that expire soon",
    triggers: [cron("TZ=Asia/Seoul 0 9 * * *")],
  },
  ({ step }) =>
    step.run(
      "tell",
      stepWork(() => tellExpiries()),
    ),
);
