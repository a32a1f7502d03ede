import { deliverMail, noteFailure } from "@/lib/mail/service";
import { inngest } from "../client";
import { mailRequested } from "../events";
import { failureCode, stepWork } from "../step-errors";

/** Hands a mail to the mail server, again and again while that is away. */
export const sendMail = inngest.createFunction(
  {
    id: "send-mail",
    name: "Send a mail",
    triggers: [mailRequested],
    retries: 8,
    concurrency: [{ limit: 4 }],
    onFailure: ({ event, error }) =>
      noteFailure(event.data.event.data.mailId, `given up: ${failureCode(error)}`),
  },
  async ({ event, step }) => {
    await step.run(
      "send",
      stepWork(() => deliverMail(event.data.mailId)),
    );
  },
);
