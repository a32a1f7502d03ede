import { cron } from "inngest";
import { sweepPayments } from "@/lib/topups/sweeper";
import { processEvent } from "@/lib/topups/webhooks";
import { inngest } from "../client";
import { paymentEventReceived } from "../events";
import { stepWork } from "../step-errors";

/** Asks the payment company about what it has sent a hint of. */
export const takePaymentEvent = inngest.createFunction(
  {
    id: "payment-event",
    name: "Look at a payment",
    triggers: [paymentEventReceived],
    retries: 4,
    concurrency: [{ limit: 4 }],
  },
  async ({ event, step }) => {
    await step.run(
      "ask",
      stepWork(() => processEvent(event.data.eventId)),
    );
  },
);

/** Finds out what became of payments whose outcome isn't known, and of what was left lying. */
export const sweepOpenPayments = inngest.createFunction(
  { id: "sweep-payments", name: "Look after payments", triggers: [cron("* * * * *")] },
  ({ step }) =>
    step.run(
      "sweep",
      stepWork(() => sweepPayments()),
    ),
);
