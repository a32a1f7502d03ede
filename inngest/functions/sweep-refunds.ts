import { cron } from "inngest";
import { sweepRefunds } from "@/lib/topups/refund-sweep";
import { inngest } from "../client";
import { stepWork } from "../step-errors";

/** Finds out what became of refunds whose outcome isn't known. */
export const sweepOpenRefunds = inngest.createFunction(
  { id: "sweep-refunds", name: "Look after refunds", triggers: [cron("* * * * *")] },
  ({ step }) =>
    step.run(
      "sweep",
      stepWork(() => sweepRefunds()),
    ),
);
